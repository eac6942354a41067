"""Unix timestamps and datetimes. Connect keeps every datetime in UTC."""

from datetime import UTC, datetime, timedelta


class TimeZoneNotUTCError(Exception):
    """A datetime is naive, or of another time zone than UTC."""


def verify_UTC(dt: datetime) -> None:
    """Raise `TimeZoneNotUTCError` unless `dt` is in UTC."""
    if dt.tzinfo is None or dt.utcoffset() != timedelta(0):
        raise TimeZoneNotUTCError(f"{dt} is not in UTC")


def convert_to_UTC(dt: datetime) -> datetime:
    """The same moment in UTC; a datetime without a time zone is taken as UTC."""
    if dt.tzinfo is None:
        return dt.replace(tzinfo=UTC)
    return dt.astimezone(UTC)


def timestamp_to_datetime(timestamp: float) -> datetime:
    """The UTC datetime of a Unix timestamp in seconds."""
    return datetime.fromtimestamp(float(timestamp), tz=UTC)


def datetime_to_timestamp(dt: datetime) -> int:
    """The Unix timestamp, in whole seconds, of a datetime in UTC."""
    verify_UTC(dt)
    return int(dt.timestamp())
