"""Stand-in for django.utils.dateparse."""

import datetime


def parse_datetime(value: str) -> datetime.datetime | None:
    """A datetime from ISO 8601, or None when it is not one."""
    try:
        return datetime.datetime.fromisoformat(value)
    except ValueError:
        return None


def parse_date(value: str) -> datetime.date | None:
    """A date from ISO 8601, or None when it is not one."""
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        return None
