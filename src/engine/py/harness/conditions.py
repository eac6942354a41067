"""Conditions on rows: the part of Django's lookups that is in use.

A lookup that is not understood raises `Unavailable`: a query is never answered by guessing.
"""

from collections.abc import Callable
from typing import Any

from .placeholder import Unavailable


class Q:
    """A condition, which can be combined with `&`, `|` and `~`."""

    def __init__(
        self, *args: "Q", _connector: str | None = None, _negated: bool = False, **lookups: Any
    ) -> None:
        self.children: list[Any] = [*args, *sorted(lookups.items())]
        self.connector = _connector or "AND"
        self.negated = _negated

    def _join(self, other: "Q", connector: str) -> "Q":
        return Q(self, other, _connector=connector)

    def __and__(self, other: "Q") -> "Q":
        return self._join(other, "AND")

    def __or__(self, other: "Q") -> "Q":
        return self._join(other, "OR")

    def __invert__(self) -> "Q":
        return Q(self, _negated=True)

    def matches(self, row: Any) -> bool:
        """Whether the condition holds for a row."""
        results = (c.matches(row) if isinstance(c, Q) else _lookup(row, *c) for c in self.children)
        return (all(results) if self.connector == "AND" else any(results)) != self.negated


def _folded(compare: Callable[[str, str], bool]) -> Callable[[Any, Any], bool]:
    return lambda a, b: a is not None and compare(str(a).lower(), str(b).lower())


_LOOKUPS: dict[str, Callable[[Any, Any], bool]] = {
    "exact": lambda a, b: a == b,
    "iexact": _folded(lambda a, b: a == b),
    "contains": lambda a, b: a is not None and b in a,
    "icontains": _folded(lambda a, b: b in a),
    "startswith": lambda a, b: a is not None and a.startswith(b),
    "istartswith": _folded(str.startswith),
    "endswith": lambda a, b: a is not None and a.endswith(b),
    "iendswith": _folded(str.endswith),
    "in": lambda a, b: a in list(b),
    "gt": lambda a, b: a is not None and a > b,
    "gte": lambda a, b: a is not None and a >= b,
    "lt": lambda a, b: a is not None and a < b,
    "lte": lambda a, b: a is not None and a <= b,
    "isnull": lambda a, b: (a is None) == b,
}


def _lookup(row: Any, path: str, expected: Any) -> bool:
    *names, last = path.split("__")
    compare = _LOOKUPS["exact"]
    if names and last in _LOOKUPS:
        compare = _LOOKUPS[last]
    else:
        names.append(last)
    value = row
    for name in names:
        if value is None:
            break
        value = value.id if name == "pk" else field_of(value, name, path)
    if hasattr(value, "id") and isinstance(expected, int):
        value = value.id
    return compare(value, expected)


def field_of(row: Any, name: str, path: str) -> Any:
    """One field of a row; `path` is the whole lookup, for the error."""
    try:
        return getattr(row, name)
    except AttributeError:
        raise Unavailable(f"the lookup {type(row).__name__}.{path}") from None
