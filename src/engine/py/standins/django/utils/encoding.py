"""Stand-in for django.utils.encoding."""

import datetime
import decimal
from typing import Any
from urllib.parse import quote

# What separates the parts of a URL, and is not encoded again.
_SAFE_IN_URL = "/#%[]=:;$&()+,!?*@'~"

_PROTECTED = (
    type(None),
    int,
    float,
    decimal.Decimal,
    datetime.datetime,
    datetime.date,
    datetime.time,
)


def force_str(
    value: Any, encoding: str = "utf-8", strings_only: bool = False, errors: str = "strict"
) -> Any:
    """Text from anything."""
    if isinstance(value, str) or (strings_only and isinstance(value, _PROTECTED)):
        return value
    return str(value, encoding, errors) if isinstance(value, bytes) else str(value)


def force_bytes(
    value: Any, encoding: str = "utf-8", strings_only: bool = False, errors: str = "strict"
) -> Any:
    """Bytes from anything."""
    if isinstance(value, bytes):
        return value if encoding == "utf-8" else value.decode("utf-8", errors).encode(encoding, errors)
    if strings_only and isinstance(value, _PROTECTED):
        return value
    return bytes(value) if isinstance(value, memoryview) else str(value).encode(encoding, errors)


def iri_to_uri(iri: Any) -> str:
    """What may not be in a URL, percent-encoded; what is encoded already stays."""
    return quote(str(iri), safe=_SAFE_IN_URL)


def escape_uri_path(path: str) -> str:
    """A path percent-encoded, with what separates it from a query."""
    return quote(path, safe="/:@&+$,-_.!~*'()")


def repercent_broken_unicode(path: bytes) -> bytes:
    """A path in which bytes that are no UTF-8 are percent-encoded again."""
    while True:
        try:
            path.decode()
            return path
        except UnicodeDecodeError as error:
            broken = quote(path[error.start : error.end], safe=_SAFE_IN_URL).encode()
            path = path[: error.start] + broken + path[error.end :]


smart_str = force_str
smart_bytes = force_bytes
