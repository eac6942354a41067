"""Stand-in for dateutil.tz."""

import datetime
from typing import Any

UTC = datetime.timezone.utc


def tzutc() -> datetime.tzinfo:
    """UTC."""
    return UTC


class tzoffset(datetime.tzinfo):  # noqa: N801
    """A fixed offset, in seconds, whose name may be None."""

    def __init__(self, name: str | None, offset: float | datetime.timedelta) -> None:
        self._name = name
        is_delta = isinstance(offset, datetime.timedelta)
        self._offset: Any = offset if is_delta else datetime.timedelta(seconds=offset)  # type: ignore[arg-type]

    def utcoffset(self, dt: datetime.datetime | None) -> datetime.timedelta:
        """The offset."""
        return self._offset

    def dst(self, dt: datetime.datetime | None) -> datetime.timedelta:
        """No offset has a summer time."""
        return datetime.timedelta(0)

    def tzname(self, dt: datetime.datetime | None) -> str | None:
        """The name."""
        return self._name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, tzoffset) and self._offset == other._offset

    def __hash__(self) -> int:
        return hash(self._offset)

    def __repr__(self) -> str:
        return f"tzoffset({self._name!r}, {int(self._offset.total_seconds())})"
