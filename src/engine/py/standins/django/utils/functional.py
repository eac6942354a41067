"""Stand-in for django.utils.functional."""

from functools import cached_property
from typing import Any

__all__ = ["Promise", "SimpleLazyObject", "cached_property", "lazy"]


class Promise:
    """The base of lazily translated text; nothing here is lazy."""


def lazy(function: Any, *result_classes: type) -> Any:
    """The function itself."""
    return function


class SimpleLazyObject:
    """An object that is made when it is first used."""

    def __init__(self, function: Any) -> None:
        self.__dict__["_function"] = function

    def __getattr__(self, name: str) -> Any:
        if "_value" not in self.__dict__:
            self.__dict__["_value"] = self._function()
        return getattr(self.__dict__["_value"], name)
