"""Validation of plain values, strict and lax, and the errors it leads to."""

import datetime
import decimal
import re
import uuid
from typing import Any, NoReturn

# How strict a validator is: not at all, as with Python values, or as with JSON, which has fewer types. A text is
# then the only way to write a date, and a list the only way to write a tuple.
LAX, STRICT, STRICT_JSON = 0, 1, 2


class LineError(Exception):
    """Values were refused; holds pydantic's list of errors."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__(errors)
        self.errors = errors


def line(
    kind: str,
    message: str,
    value: Any,
    context: dict[str, Any] | None = None,
    loc: tuple[Any, ...] = (),
) -> dict[str, Any]:
    """One error in pydantic's shape."""
    error: dict[str, Any] = {"type": kind, "loc": loc, "msg": message, "input": value}
    return {**error, "ctx": context} if context else error


def fail(kind: str, message: str, value: Any, context: dict[str, Any] | None = None) -> NoReturn:
    """Refuses a value."""
    raise LineError([line(kind, message, value, context)])


def fail_instance(cls: type, value: Any) -> NoReturn:
    """Refuses a value that is not an instance of a class."""
    name = cls.__name__
    fail("is_instance_of", f"Input should be an instance of {name}", value, {"class": name})


def _any(value: Any, strict: int) -> Any:
    return value


def _none(value: Any, strict: int) -> None:
    if value is not None:
        fail("none_required", "Input should be None", value)


def _str(value: Any, strict: int) -> str:
    if isinstance(value, str):
        return value
    if not strict and isinstance(value, (bytes, bytearray)):
        return value.decode()
    fail("string_type", "Input should be a valid string", value)


def _bytes(value: Any, strict: int) -> bytes:
    if isinstance(value, bytes):
        return value
    if not strict and isinstance(value, str):
        return value.encode()
    fail("bytes_type", "Input should be a valid bytes", value)


_TRUE = {"true", "t", "yes", "y", "on", "1"}
_FALSE = {"false", "f", "no", "n", "off", "0"}


def _bool(value: Any, strict: int) -> bool:
    if isinstance(value, bool):
        return value
    if strict:
        fail("bool_type", "Input should be a valid boolean", value)
    if isinstance(value, (str, int, float)):
        word = str(value).lower()
        if word in _TRUE or word in _FALSE:
            return word in _TRUE
        fail("bool_parsing", "Input should be a valid boolean, unable to interpret input", value)
    fail("bool_type", "Input should be a valid boolean", value)


_ZERO_FRACTION = re.compile(r"(?<=\d)\.0+\Z")


def _int(value: Any, strict: int) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if strict:
        fail("int_type", "Input should be a valid integer", value)
    if isinstance(value, (bool, str)) or (isinstance(value, float) and value.is_integer()):
        try:
            # A text may have a fraction that is zero.
            return int(_ZERO_FRACTION.sub("", value) if isinstance(value, str) else value)
        except ValueError:
            fail(
                "int_parsing",
                "Input should be a valid integer, unable to parse string as an integer",
                value,
            )
    fail("int_type", "Input should be a valid integer", value)


def _float(value: Any, strict: int) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    if not strict and isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            fail(
                "float_parsing",
                "Input should be a valid number, unable to parse string as a number",
                value,
            )
    fail("float_type", "Input should be a valid number", value)


def _datetime(value: Any, strict: int) -> datetime.datetime:
    if isinstance(value, datetime.datetime):
        return value
    if strict == STRICT or (strict and not isinstance(value, str)):
        fail("datetime_type", "Input should be a valid datetime", value)
    try:
        if isinstance(value, (int, float)):
            return datetime.datetime.fromtimestamp(value, datetime.timezone.utc)
        return datetime.datetime.fromisoformat(value)
    except (ValueError, TypeError, OverflowError) as error:
        fail("datetime_parsing", "Input should be a valid datetime", value, {"error": str(error)})


def _date(value: Any, strict: int) -> datetime.date:
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    if strict == STRICT or not isinstance(value, str):
        fail("date_type", "Input should be a valid date", value)
    try:
        return datetime.date.fromisoformat(value)
    except ValueError as error:
        fail("date_parsing", "Input should be a valid date", value, {"error": str(error)})


def _uuid(value: Any, strict: int) -> uuid.UUID:
    if isinstance(value, uuid.UUID):
        return value
    if strict == STRICT:
        fail_instance(uuid.UUID, value)
    if not isinstance(value, (str, bytes)):
        fail("uuid_type", "UUID input should be a string, bytes or UUID object", value)
    try:
        return uuid.UUID(value)
    except (ValueError, TypeError, AttributeError):
        fail("uuid_parsing", "Input should be a valid UUID", value)


def _decimal(value: Any, strict: int) -> decimal.Decimal:
    if strict == STRICT and not isinstance(value, decimal.Decimal):
        fail_instance(decimal.Decimal, value)
    try:
        return decimal.Decimal(value)
    except (decimal.InvalidOperation, TypeError, ValueError):
        fail("decimal_parsing", "Input should be a valid decimal", value)


def _list(value: Any, strict: int) -> list[Any]:
    if isinstance(value, list) or (not strict and isinstance(value, (tuple, set))):
        return list(value)
    fail("list_type", "Input should be a valid list", value)


def _dict(value: Any, strict: int) -> dict[Any, Any]:
    if isinstance(value, dict):
        return value
    fail("dict_type", "Input should be a valid dictionary", value)


SCALARS: dict[Any, Any] = {
    Any: _any,
    object: _any,
    type(None): _none,
    str: _str,
    bytes: _bytes,
    bool: _bool,
    int: _int,
    float: _float,
    datetime.datetime: _datetime,
    datetime.date: _date,
    uuid.UUID: _uuid,
    decimal.Decimal: _decimal,
    list: _list,
    dict: _dict,
}
