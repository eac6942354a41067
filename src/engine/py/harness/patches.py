"""Imports see what the server's would: nothing that a test has replaced.

A server has imported its views and its library before the first test replaces a name. Here they are
imported when they are first used, maybe in the midst of a test. Then what `unittest.mock` and changed
settings have replaced is put back until the import is done; else a mock would stay in a view for all
later tests.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

from .settings import settings

# What is replaced right now, in the order in which that was done.
_active: list[Any] = []


def install() -> None:
    """Keeps account of what `unittest.mock` replaces."""
    one: Any = mock._patch  # type: ignore[attr-defined]
    many: Any = mock._patch_dict  # type: ignore[attr-defined]
    one.__enter__ = _noted(one.__enter__, _active.append)
    one.__exit__ = _noted(one.__exit__, _forget)
    many._patch_dict = _noted(many._patch_dict, _active.append)
    many._unpatch_dict = _noted(many._unpatch_dict, _forget)


def _noted(method: Callable[..., Any], note: Callable[[Any], None]) -> Callable[..., Any]:
    def noting(self: Any, *args: Any) -> Any:
        result = method(self, *args)
        note(self)
        return result

    return noting


def _forget(patching: Any) -> None:
    _active[:] = [other for other in _active if other is not patching]


@contextmanager
def lifted() -> Iterator[None]:
    """Puts back what is replaced, and replaces it again at the end."""
    if not _active and not settings.is_overridden():
        yield
        return
    put_back, _active[:] = _active[:], []
    try:
        with ExitStack() as stack:
            for patching in reversed(put_back):
                stack.enter_context(_lifted_dict(patching) if hasattr(patching, "in_dict") else _lifted(patching))
            stack.enter_context(settings.as_stated())
            yield
    finally:
        _active[:] = put_back


_ABSENT = object()


@contextmanager
def _lifted(patching: Any) -> Iterator[None]:
    target, name = patching.target, patching.attribute
    replacement = vars(target).get(name, _ABSENT) if hasattr(target, "__dict__") else getattr(target, name)
    if patching.is_local and patching.temp_original is not mock.DEFAULT:
        setattr(target, name, patching.temp_original)
    elif replacement is not _ABSENT:
        delattr(target, name)
    try:
        yield
    finally:
        if replacement is not _ABSENT:
            setattr(target, name, replacement)


@contextmanager
def _lifted_dict(patching: Any) -> Iterator[None]:
    replaced = patching.in_dict
    if replaced is sys.modules:  # the import itself writes into it
        yield
        return
    now = dict(replaced)
    _refill(replaced, patching._original)
    try:
        yield
    finally:
        _refill(replaced, now)


def _refill(target: Any, values: Any) -> None:
    for key in list(target):
        del target[key]
    for key in values:
        target[key] = values[key]
