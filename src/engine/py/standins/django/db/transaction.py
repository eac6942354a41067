"""Stand-in for django.db.transaction: everything is one transaction that always commits."""

from collections.abc import Callable
from contextlib import ContextDecorator
from typing import Any


class Atomic(ContextDecorator):
    """A block that needs no transaction."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, *args: Any) -> None:
        return None


def atomic(using: Any = None, savepoint: bool = True, durable: bool = False) -> Any:
    """As decorator or as context manager."""
    return Atomic()(using) if callable(using) else Atomic()


def on_commit(func: Callable[[], Any], using: Any = None, robust: bool = False) -> None:
    """Runs at once."""
    func()


def get_autocommit(using: Any = None) -> bool:
    """There is no transaction to commit."""
    return True
