"""Stand-in for typing_extensions: what the standard library has, and the few newer names."""

import collections.abc
import typing
import warnings
from typing import *  # noqa: F403
from typing import Any, ClassVar, Concatenate, TypeVar, get_args, get_origin, get_type_hints  # noqa: F401

Buffer = getattr(collections.abc, "Buffer", bytes)


def __getattr__(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    return getattr(typing, name)


if not hasattr(typing, "override"):

    def override(method: Any, /) -> Any:
        """Marks a method that overrides another."""
        try:
            method.__override__ = True
        except (AttributeError, TypeError):
            pass
        return method


if not hasattr(typing, "TypeAliasType"):
    TypeAliasType = TypeVar


class deprecated:  # noqa: N801
    """Marks something deprecated; calling it warns."""

    def __init__(
        self, message: str, /, *, category: Any = DeprecationWarning, stacklevel: int = 1
    ) -> None:
        self.message = message
        self.category = category
        self.stacklevel = stacklevel

    def __call__(self, target: Any, /) -> Any:
        if isinstance(target, type) or self.category is None:
            return target
        import functools

        @functools.wraps(target)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            warnings.warn(self.message, self.category, stacklevel=self.stacklevel + 1)
            return target(*args, **kwargs)

        return wrapper


if not hasattr(typing, "ReadOnly"):
    ReadOnly = typing.Annotated

Doc = getattr(typing, "Doc", lambda text: text)
