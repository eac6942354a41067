"""Stand-in for ujson, which trees before September 2020 use: JSON as text, compact and in ASCII."""

import json
import re
from typing import Any

# A text, which stays, or a comma that nothing follows.
_TEXT_OR_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])', re.DOTALL)


def loads(text: str | bytes, *args: Any, **options: Any) -> Any:
    """Parses one JSON document, as leniently as ujson: line breaks in texts, and commas before a closing bracket."""
    if not isinstance(text, str):
        text = bytes(text).decode()
    try:
        return json.loads(text, strict=False)
    except json.JSONDecodeError:
        return json.loads(_TEXT_OR_COMMA.sub(lambda found: found[1] or "", text), strict=False)
    except RecursionError:
        raise ValueError("Reached object decoding depth limit") from None


def dumps(
    value: Any,
    *,
    ensure_ascii: bool = True,
    escape_forward_slashes: bool = True,
    sort_keys: bool = False,
    indent: int = 0,
    **options: Any,
) -> str:
    """Writes a value; slashes are escaped unless that is switched off."""
    separators = None if indent else (",", ":")
    text = json.dumps(
        value,
        ensure_ascii=ensure_ascii,
        sort_keys=sort_keys,
        indent=indent or None,
        separators=separators,
    )
    return text.replace("/", "\\/") if escape_forward_slashes else text


def load(file: Any, **options: Any) -> Any:
    """Parses a file."""
    return loads(file.read(), **options)


def dump(value: Any, file: Any, **options: Any) -> None:
    """Writes a value into a file."""
    file.write(dumps(value, **options))


encode, decode = dumps, loads
