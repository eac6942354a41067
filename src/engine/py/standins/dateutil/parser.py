"""Stand-in for dateutil.parser: dates as services and people write them, word by word."""

import calendar
import datetime
from typing import Any

from . import tz
from ._words import Reader

__all__ = ["ParserError", "isoparse", "parse"]


class ParserError(ValueError):
    """The text is not a date."""


def parse(
    timestr: Any,
    parserinfo: Any = None,
    *,
    default: datetime.datetime | None = None,
    ignoretz: bool = False,
    dayfirst: bool = False,
    yearfirst: bool = False,
    fuzzy: bool = False,
    **options: Any,
) -> datetime.datetime:
    """Parses a date with an optional time and offset; what is missing is that of the default."""
    text = timestr.read() if hasattr(timestr, "read") else timestr
    if isinstance(text, (bytes, bytearray)):
        text = text.decode()
    if not isinstance(text, str):
        kind = type(timestr).__name__
        raise TypeError(f"Parser must be a string or character stream, not {kind}")
    reader = Reader(text, fuzzy)
    try:
        reader.read()
        reader.date.resolve(dayfirst, yearfirst)
    except (ValueError, IndexError):
        raise ParserError(f"Unknown string format: {text}") from None
    if not reader.found_anything():
        raise ParserError(f"String does not contain a date: {text}")
    base = default or datetime.datetime.now().replace(hour=0, minute=0, second=0, microsecond=0)
    try:
        return _built(reader, base, ignoretz)
    except ValueError as error:
        raise ParserError(f"{error}: {text}") from error


def _built(reader: Reader, base: datetime.datetime, ignoretz: bool) -> datetime.datetime:
    given = {**reader.date.parts(), **reader.clock}
    if "day" not in given:
        # The default's day, or the last one of a month that is shorter.
        year, month = given.get("year", base.year), given.get("month", base.month)
        if 1 <= month <= 12 and 1 <= year <= 9999:
            given["day"] = min(base.day, calendar.monthrange(year, month)[1])
    built = base.replace(**given)
    if reader.weekday is not None and reader.date.day is None:
        built += datetime.timedelta(days=(reader.weekday - built.weekday()) % 7)
    return built if ignoretz else built.replace(tzinfo=_zone(reader) or built.tzinfo)


def _zone(reader: Reader) -> datetime.tzinfo | None:
    """The zone of an offset or of UTC; other names say nothing, as nobody knows whose they are."""
    if reader.offset == 0 or (reader.offset is None and reader.zone in ("UTC", "GMT", "Z", "z")):
        return tz.tzutc()
    return None if reader.offset is None else tz.tzoffset(reader.zone, reader.offset)


def isoparse(text: Any) -> datetime.datetime:
    """Parses ISO 8601 only."""
    value = text.decode() if isinstance(text, bytes) else text
    found = datetime.datetime.fromisoformat(value)
    return found.replace(tzinfo=tz.tzutc()) if found.utcoffset() == datetime.timedelta(0) else found
