"""Stand-in for orjson: strict JSON to and from bytes, on the standard library."""

import json
import re
from typing import Any, NoReturn

from ._writer import (
    OPT_APPEND_NEWLINE,
    OPT_INDENT_2,
    OPT_NAIVE_UTC,
    OPT_NON_STR_KEYS,
    OPT_OMIT_MICROSECONDS,
    OPT_PASSTHROUGH_DATACLASS,
    OPT_PASSTHROUGH_DATETIME,
    OPT_PASSTHROUGH_SUBCLASS,
    OPT_SERIALIZE_NUMPY,
    OPT_SORT_KEYS,
    OPT_STRICT_INTEGER,
    OPT_UTC_Z,
    dumps,
)
from harness.json_text import check_surrogates, is_deeper_than

__all__ = [
    "OPT_APPEND_NEWLINE",
    "OPT_INDENT_2",
    "OPT_NAIVE_UTC",
    "OPT_NON_STR_KEYS",
    "OPT_OMIT_MICROSECONDS",
    "OPT_PASSTHROUGH_DATACLASS",
    "OPT_PASSTHROUGH_DATETIME",
    "OPT_PASSTHROUGH_SUBCLASS",
    "OPT_SERIALIZE_NUMPY",
    "OPT_SORT_KEYS",
    "OPT_STRICT_INTEGER",
    "OPT_UTC_Z",
    "JSONDecodeError",
    "JSONEncodeError",
    "dumps",
    "loads",
]

JSONEncodeError = TypeError

_DEEPEST = 1024
# Numbers that may be too large for 64 bits or for a float.
_LARGE_NUMBER = re.compile(r"\d{19}|\d[eE]")
_NOT_UTF8 = "str is not valid UTF-8: surrogates not allowed"


class JSONDecodeError(json.JSONDecodeError):
    """Invalid JSON."""


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError("unexpected character")


def _integer(digits: str) -> int | float:
    """A number without a fraction, which is a float where 64 bits do not hold it."""
    if len(digits) < 19:
        return int(digits)
    value = int(digits) if len(digits) < 21 else 1 << 64
    return value if -(1 << 63) <= value < 1 << 64 else _finite(digits)


def _finite(digits: str) -> float:
    value = float(digits)
    if value - value != 0:
        raise ValueError("number is infinity when parsed as double")
    return value


_decoder = json.JSONDecoder(parse_constant=_refuse_constant)
_careful_decoder = json.JSONDecoder(
    parse_constant=_refuse_constant, parse_int=_integer, parse_float=_finite
)


def loads(data: bytes | bytearray | memoryview | str, /) -> Any:
    """Parses one JSON document; NaN, Infinity and broken UTF-8 are refused."""
    text = _text(data)
    if not text.strip(" \t\r\n"):
        empty = "input data is empty" if text else "Input is a zero-length, empty document"
        raise JSONDecodeError(empty, text, 0)
    try:
        if is_deeper_than(text, _DEEPEST):
            raise ValueError("array and object recursion depth exceeded")
        value = (_careful_decoder if _LARGE_NUMBER.search(text) else _decoder).decode(text)
        check_surrogates(text, value)
        return value
    except json.JSONDecodeError as error:
        # Python names the beginning of a text that does not end, orjson where it would have to.
        position = len(error.doc) if error.msg.startswith("Unterminated") else error.pos
        raise JSONDecodeError(_message(error.msg, error.doc, position), error.doc, position) from None
    except UnicodeEncodeError:
        raise JSONDecodeError("no low surrogate in string", text, 0) from None
    except RecursionError:
        raise JSONDecodeError("array and object recursion depth exceeded", text, 0) from None
    except ValueError as error:
        raise JSONDecodeError(str(error), text, 0) from None


def _text(data: Any) -> str:
    if isinstance(data, (bytes, bytearray, memoryview)):
        try:
            return bytes(data).decode("utf-8")
        except UnicodeDecodeError as error:
            raise JSONDecodeError(_NOT_UTF8, "", 0) from error
    if not isinstance(data, str):
        raise JSONDecodeError("Input must be bytes, bytearray, memoryview, or str", "", 0)
    try:
        data.encode("utf-8")
    except UnicodeEncodeError as error:
        raise JSONDecodeError(_NOT_UTF8, "", 0) from error
    return data


def _message(message: str, document: str, position: int) -> str:
    """The error in orjson's words, as far as these do not depend on its version."""
    if message == "Extra data":
        return "unexpected content after document"
    return "unexpected end of data" if position >= len(document) else "unexpected character"
