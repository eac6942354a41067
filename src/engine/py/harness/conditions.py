"""Conditions on rows: the part of Django's lookups that is in use.

A lookup that is not understood raises `Unavailable`: a query is never answered by guessing.
"""

import contextlib
from collections.abc import Callable
from typing import Any

from .placeholder import Unavailable


class Q:
    """A condition, which can be combined with `&`, `|` and `~`."""

    def __init__(
        self, *args: "Q", _connector: str | None = None, _negated: bool = False, **lookups: Any
    ) -> None:
        self.children: list[Any] = [*args, *(_Lookup(*item) for item in sorted(lookups.items()))]
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
        # A loop, because every delivery asks this some hundred times.
        decisive = self.connector != "AND"
        for child in self.children:
            if child.matches(row) == decisive:
                return decisive != self.negated
        return decisive == self.negated


    def select(self, rows: list[Any]) -> list[Any]:
        """The rows for which the condition holds."""
        if self.connector != "AND" or self.negated:
            return [row for row in rows if self.matches(row)]
        # The first condition leaves few rows to the others.
        for child in self.children:
            rows = child.select(rows)
        return rows


def _folded(compare: Callable[[str, str], bool]) -> Callable[[Any, Any], bool]:
    return lambda a, b: a is not None and compare(str(a).lower(), str(b).lower())


def _exact(a: Any, b: Any) -> bool:
    return bool(a == b)


def _iexact(a: Any, b: Any) -> bool:
    return a is not None and str(a).lower() == str(b).lower()


_LOOKUPS: dict[str, Callable[[Any, Any], bool]] = {
    "exact": _exact,
    "iexact": _iexact,
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


class _Lookup:
    """One lookup, such as `realm__string_id="zulip"`, taken apart once for all rows."""

    def __init__(self, path: str, expected: Any) -> None:
        self.path = path
        self.expected = expected
        self.by_id = isinstance(expected, int)
        names = path.split("__")
        comparison = names.pop() if len(names) > 1 and names[-1] in _LOOKUPS else "exact"
        self.names = ["id" if name == "pk" else name for name in names]
        self.compare = _LOOKUPS[comparison]

    def matches(self, row: Any) -> bool:
        """Whether the row has the expected value."""
        value = row
        for name in self.names:
            if value is None:
                break
            value = field_of(value, name, self.path)
        if self.by_id and hasattr(value, "id"):
            value = value.id
        return self.compare(value, self.expected)

    def select(self, rows: list[Any]) -> list[Any]:
        """The rows that have the expected value."""
        if len(self.names) == 1:
            # Every delivery does this some hundred times.
            with contextlib.suppress(AttributeError):
                return self._select_by(self.names[0], rows)
        return [row for row in rows if self.matches(row)]

    def _select_by(self, name: str, rows: list[Any]) -> list[Any]:
        values = [getattr(row, name) for row in rows]
        expected, compare = self.expected, self.compare
        if self.by_id:
            values = [getattr(value, "id", value) for value in values]
        if compare is _exact:
            return [row for row, value in zip(rows, values, strict=True) if value == expected]
        return [row for row, value in zip(rows, values, strict=True) if compare(value, expected)]


def field_of(row: Any, name: str, path: str) -> Any:
    """One field of a row; `path` is the whole lookup, for the error."""
    try:
        return getattr(row, name)
    except AttributeError:
        raise Unavailable(f"the lookup {type(row).__name__}.{path}") from None
