"""Stand-in for the regex package: `re`, with Unicode categories (`\\p{L}`) spelled out as ranges.

What else only the regex package understands is `Unavailable`.
"""

import re as _re
import unicodedata
from functools import lru_cache
from re import *  # noqa: F403
from re import Match, Pattern, RegexFlag, error, escape, purge  # noqa: F401
from typing import Any

from harness.placeholder import Placeholder, Unavailable, is_loading

V0 = V1 = RegexFlag.NOFLAG

# Letters, symbols and emoji are all in the first two planes.
_LAST_CODE_POINT = 0x1FFFF
# Classes such as [[:alpha:]] and fuzzy matching, which `re` reads as something else.
_MISREAD = _re.compile(r"\[\[:|\{(?:\d+<=?)?[eids](?:<=?|[,:}])")
_PROPERTY = _re.compile(r"\\([pP])\{(\^?)(\w+)\}|\\([pP])(\w)")


@lru_cache(maxsize=1)
def _ranges() -> dict[str, str]:
    """The code points of each general category, as the inside of a character class."""
    ranges: dict[str, list[tuple[int, int]]] = {}
    start, current = 0, unicodedata.category("\0")
    for point in range(1, _LAST_CODE_POINT + 2):
        category = unicodedata.category(chr(point)) if point <= _LAST_CODE_POINT else ""
        if category != current:
            ranges.setdefault(current, []).append((start, point - 1))
            start, current = point, category
    return {name: "".join(_span(*pair) for pair in pairs) for name, pairs in ranges.items()}


def _span(first: int, last: int) -> str:
    return f"\\U{first:08x}" if first == last else f"\\U{first:08x}-\\U{last:08x}"


@lru_cache(maxsize=256)
def _translate(pattern: str) -> str:
    if _MISREAD.search(pattern):
        raise error("only the regex package understands it")
    parts: list[str] = []
    inside = False
    position = 0
    while position < len(pattern):
        match = _PROPERTY.match(pattern, position)
        if match:
            parts.append(_category(match, inside))
            position = match.end()
            continue
        character = pattern[position]
        if character == "\\":
            parts.append(pattern[position : position + 2])
            position += 2
            continue
        inside = character == "[" or (inside and character != "]")
        parts.append(character)
        position += 1
    return "".join(parts)


def _category(match: Any, inside: bool) -> str:
    name = match[3] or match[5]
    content = "".join(span for category, span in _ranges().items() if category.startswith(name))
    negated = ((match[1] or match[4]) == "P") != (match[2] == "^")
    if not content or (negated and inside):
        raise error(f"unknown property {match[0]}")
    return content if inside else f"[{'^' if negated else ''}{content}]"


def compile(pattern: Any, flags: int = 0, **options: Any) -> Any:  # noqa: A001
    """A compiled pattern."""
    if not isinstance(pattern, str):
        return _re.compile(pattern, flags)
    try:
        return _re.compile(_translate(pattern), flags)
    except error:
        if is_loading():
            return Placeholder(f"the regular expression {pattern!r}")
        raise Unavailable(f"the regular expression {pattern!r}") from None


def search(pattern: Any, string: Any, flags: int = 0, **options: Any) -> Any:
    """The first match anywhere."""
    return compile(pattern, flags).search(string)


def match(pattern: Any, string: Any, flags: int = 0, **options: Any) -> Any:
    """A match at the start."""
    return compile(pattern, flags).match(string)


def fullmatch(pattern: Any, string: Any, flags: int = 0, **options: Any) -> Any:
    """A match of the whole text."""
    return compile(pattern, flags).fullmatch(string)


def sub(
    pattern: Any, repl: Any, string: Any, count: int = 0, flags: int = 0, **options: Any
) -> Any:
    """The text with all matches replaced."""
    return compile(pattern, flags).sub(repl, string, count)


def split(pattern: Any, string: Any, maxsplit: int = 0, flags: int = 0, **options: Any) -> Any:
    """The text between the matches."""
    return compile(pattern, flags).split(string, maxsplit)


def findall(pattern: Any, string: Any, flags: int = 0, **options: Any) -> Any:
    """All matches."""
    return compile(pattern, flags).findall(string)


def finditer(pattern: Any, string: Any, flags: int = 0, **options: Any) -> Any:
    """All matches, one by one."""
    return compile(pattern, flags).finditer(string)
