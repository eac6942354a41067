"""Stand-in for dateutil.tz."""

import datetime

UTC = datetime.timezone.utc


def tzutc() -> datetime.tzinfo:
    """UTC."""
    return UTC


def tzoffset(name: str | None, offset: float | datetime.timedelta) -> datetime.tzinfo:
    """A fixed offset, in seconds."""
    delta = offset if isinstance(offset, datetime.timedelta) else datetime.timedelta(seconds=offset)
    return datetime.timezone(delta, name) if name else datetime.timezone(delta)
