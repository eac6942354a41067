"""Stand-in for django.utils.timezone: aware datetimes in UTC."""

import datetime
from typing import Any

utc = datetime.timezone.utc


def now() -> datetime.datetime:
    """The present moment in UTC."""
    return datetime.datetime.now(datetime.timezone.utc)


def is_aware(value: datetime.datetime) -> bool:
    """Whether a datetime has a time zone."""
    return value.utcoffset() is not None


def is_naive(value: datetime.datetime) -> bool:
    """Whether a datetime has no time zone."""
    return not is_aware(value)


def make_aware(value: datetime.datetime, timezone: Any = None) -> datetime.datetime:
    """Gives a naive datetime a time zone, UTC by default."""
    if is_aware(value):
        raise ValueError(f"make_aware expects a naive datetime, got {value}")
    return value.replace(tzinfo=timezone or utc)


def make_naive(value: datetime.datetime, timezone: Any = None) -> datetime.datetime:
    """Takes the time zone away, after converting to it."""
    if is_naive(value):
        raise ValueError("make_naive() cannot be applied to a naive datetime")
    return value.astimezone(timezone or utc).replace(tzinfo=None)


def get_current_timezone() -> datetime.tzinfo:
    """UTC."""
    return utc


class override:  # noqa: N801
    """Does nothing: there is one time zone."""

    def __init__(self, timezone: Any) -> None:
        self.timezone = timezone

    def __enter__(self) -> None:
        return None

    def __exit__(self, *args: Any) -> None:
        return None
