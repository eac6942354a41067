"""What the JSON parsers of packages refuse and Python's own reads."""

import json
import re
from typing import Any

# Half of a surrogate pair, which only an escape can hold.
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_BRACKET_OR_STRING = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[\]{}]', re.DOTALL)


def check_surrogates(text: str, value: Any) -> None:
    """Raises UnicodeEncodeError for half of a surrogate pair in a parsed text."""
    if _SURROGATE.search(text):
        json.dumps(value, ensure_ascii=False).encode("utf-8")


def is_deeper_than(text: str, limit: int) -> bool:
    """Whether lists and objects are nested deeper than a parser goes."""
    if text.count("[") + text.count("{") <= limit:
        return False
    depth = 0
    for found in _BRACKET_OR_STRING.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found[0], 0)
        if depth > limit:
            return True
    return False
