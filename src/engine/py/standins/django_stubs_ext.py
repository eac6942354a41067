"""Stand-in for django_stubs_ext, whose names are only used in type annotations."""

from typing import Any, Generic, TypeVar

StrPromise = str
StrOrPromise = str
T = TypeVar("T")


class ValuesQuerySet(Generic[T]):
    """A type only."""


class WithAnnotations(Generic[T]):
    """A type only."""


def monkeypatch(*args: Any, **kwargs: Any) -> None:
    """Django's classes here are subscriptable already."""
