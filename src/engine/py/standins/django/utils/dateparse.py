"""Stand-in for django.utils.dateparse."""

import datetime
import re

_DATE = r"(\d{4})-(\d{1,2})-(\d{1,2})"
_TIME = r"(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,]\d+)?)?\s*(?:Z|[+-]\d{2}(?::?\d{2})?)?"
_DATETIME = re.compile(rf"{_DATE}[T ]{_TIME}")


def parse_datetime(value: str) -> datetime.datetime | None:
    """A datetime from ISO 8601; None for another text, and a ValueError for a day or a time that does not exist."""
    try:
        return datetime.datetime.fromisoformat(value)
    except ValueError:
        found = _DATETIME.fullmatch(value)
        return None if found is None else datetime.datetime(*(int(part or 0) for part in found.groups()))


def parse_date(value: str) -> datetime.date | None:
    """A date from ISO 8601; None for another text, and a ValueError for a day that does not exist."""
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        found = re.fullmatch(_DATE, value)
        return None if found is None else datetime.date(*map(int, found.groups()))
