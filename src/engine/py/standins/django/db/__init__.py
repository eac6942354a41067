"""Stand-in for django.db; the tables are lists in memory, see harness/database.py."""

from typing import Any

from harness.placeholder import Placeholder

from . import transaction
from .utils import DataError, DatabaseError, Error, IntegrityError, OperationalError

__all__ = [
    "DEFAULT_DB_ALIAS",
    "DataError",
    "DatabaseError",
    "Error",
    "IntegrityError",
    "OperationalError",
    "connection",
    "connections",
    "transaction",
]

DEFAULT_DB_ALIAS = "default"
connection: Any = Placeholder("django.db.connection")
connections: Any = Placeholder("django.db.connections")


def close_old_connections(**kwargs: Any) -> None:
    """There are none."""


def reset_queries(**kwargs: Any) -> None:
    """None are recorded."""
