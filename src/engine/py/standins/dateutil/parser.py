"""Stand-in for dateutil.parser: ISO 8601, RFC 2822 and dates with month names."""

import datetime
import re
from typing import Any

from . import tz

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = re.compile(
    r"(?P<h>\d{1,2}):(?P<m>\d{2})(?::(?P<s>\d{2})(?:[.,](?P<f>\d+))?)?\s*(?P<ampm>[AaPp]\.?[Mm]\.?)?"
)
_ZONE = re.compile(r"(?P<utc>Z\b|UTC|GMT)|(?P<sign>[+-])(?P<h>\d{2}):?(?P<m>\d{2})?", re.IGNORECASE)
_NAMED_ZONES = {
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
}
_ISO_DATE = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{4})/(\d{1,2})/(\d{1,2})|\b(\d{4})(\d{2})(\d{2})(?=T|\b)"
)
_US_DATE = re.compile(r"\b(\d{1,2})[/-](\d{1,2})[/-](\d{2,4})\b")
_WORD_DATE = re.compile(
    r"(?:\b(?P<d1>\d{1,2})(?:st|nd|rd|th)?[\s-]+)?\b(?P<mon>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
    r"[\s-]*(?:(?P<d2>\d{1,2})(?:st|nd|rd|th)?\b(?!:))?,?[\s-]*(?P<y>\d{4})?",
    re.IGNORECASE,
)


class ParserError(ValueError):
    """The text is not a date."""


def parse(
    timestr: str | bytes, default: datetime.datetime | None = None, **options: Any
) -> datetime.datetime:
    """Parses a date with an optional time and offset."""
    text = timestr.decode() if isinstance(timestr, bytes) else timestr
    if not isinstance(text, str):
        raise TypeError(f"Parser must be a string or character stream, not {type(text).__name__}")
    if not text.strip():
        raise ParserError("String does not contain a date.")
    base = default or datetime.datetime.now().replace(hour=0, minute=0, second=0, microsecond=0)
    rest, year, month, day = _take_date(text, base, bool(options.get("dayfirst")))
    rest, clock = _take_time(rest)
    zone = _take_zone(rest)
    if clock is None and (year, month, day) == (None, None, None):
        raise ParserError(f"Unknown string format: {text}")
    hour, minute, second, micro = clock or (base.hour, base.minute, base.second, base.microsecond)
    try:
        return datetime.datetime(
            year or base.year,
            month or base.month,
            day or base.day,
            hour,
            minute,
            second,
            micro,
            zone,
        )
    except ValueError as error:
        raise ParserError(f"{error}: {text}") from error


def isoparse(text: str | bytes) -> datetime.datetime:
    """Parses ISO 8601 only."""
    value = text.decode() if isinstance(text, bytes) else text
    try:
        return datetime.datetime.fromisoformat(value)
    except ValueError as error:
        raise ParserError(str(error)) from error


def _take_date(
    text: str, base: datetime.datetime, day_first: bool
) -> tuple[str, int | None, int | None, int | None]:
    match = _ISO_DATE.search(text)
    if match:
        year, month, day = (int(part) for part in match.groups() if part is not None)
        return text[match.end() :].lstrip("T "), year, month, day
    match = _US_DATE.search(text)
    if match:
        first, second, year = (int(part) for part in match.groups())
        month, day = (second, first) if day_first or first > 12 else (first, second)
        full_year = year if year > 99 else year + (2000 if year < 69 else 1900)
        return text[: match.start()] + text[match.end() :], full_year, month, day
    match = _WORD_DATE.search(text)
    if match:
        day = match["d1"] or match["d2"]
        month = _MONTHS.index(match["mon"].lower()) + 1
        rest = text[: match.start()] + " " + text[match.end() :]
        year_text = match["y"]
        if year_text is None:
            late = re.search(r"\b(\d{4})\b(?!:)", re.sub(r"[+-]\d{4}", "", rest))
            year_text = late[1] if late else None
        return rest, int(year_text) if year_text else None, month, int(day) if day else None
    return text, None, None, None


def _take_time(text: str) -> tuple[str, tuple[int, int, int, int] | None]:
    match = _TIME.search(text)
    if not match:
        return text, None
    hour = int(match["h"])
    if match["ampm"]:
        hour = hour % 12 + (12 if match["ampm"].lower().startswith("p") else 0)
    micro = int((match["f"] or "0")[:6].ljust(6, "0"))
    return text[match.end() :], (hour, int(match["m"]), int(match["s"] or 0), micro)


def _take_zone(text: str) -> datetime.tzinfo | None:
    match = _ZONE.search(text)
    if match:
        if match["utc"]:
            return tz.tzutc()
        minutes = int(match["h"]) * 60 + int(match["m"] or 0)
        if minutes == 0:
            return tz.tzutc()
        return tz.tzoffset(None, (-60 if match["sign"] == "-" else 60) * minutes)
    for name, hours in _NAMED_ZONES.items():
        if re.search(rf"\b{name}\b", text):
            return tz.tzoffset(name, hours * 3600)
    return None
