"""Stand-in for django.utils.http."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode as _urlencode

from .datastructures import MultiValueDict

__all__ = ["urlencode"]


def urlencode(query: Any, doseq: bool = False) -> str:
    """A query string of a mapping or of pairs; `doseq` has each item of a list be a value of its own."""
    if isinstance(query, MultiValueDict):
        query = query.lists()
    elif isinstance(query, Mapping):
        query = query.items()
    return _urlencode([(key, _value(key, value, doseq)) for key, value in query], doseq)


def _value(key: Any, value: Any, doseq: bool) -> Any:
    if value is None:
        raise _no_value(key)
    if not doseq or isinstance(value, (str, bytes)):
        return value
    try:
        items = list(value)
    except TypeError:
        return value
    if None in items:
        raise _no_value(key)
    return [item if isinstance(item, bytes) else str(item) for item in items]


def _no_value(key: Any) -> TypeError:
    return TypeError(
        f"Cannot encode None for key {key!r} in a query string. "
        "Did you mean to pass an empty string or omit the value?"
    )
