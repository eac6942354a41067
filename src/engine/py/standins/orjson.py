"""Stand-in for orjson: strict JSON to and from bytes, on the standard library."""

import dataclasses
import datetime
import enum
import json
import re
import uuid
from typing import Any, NoReturn

OPT_APPEND_NEWLINE = 1 << 10
OPT_INDENT_2 = 1 << 0
OPT_NAIVE_UTC = 1 << 1
OPT_NON_STR_KEYS = 1 << 2
OPT_OMIT_MICROSECONDS = 1 << 3
OPT_PASSTHROUGH_DATACLASS = 1 << 11
OPT_PASSTHROUGH_DATETIME = 1 << 9
OPT_PASSTHROUGH_SUBCLASS = 1 << 8
OPT_SERIALIZE_NUMPY = 1 << 4
OPT_SORT_KEYS = 1 << 5
OPT_STRICT_INTEGER = 1 << 6
OPT_UTC_Z = 1 << 7


class JSONDecodeError(json.JSONDecodeError):
    """Invalid JSON."""


class JSONEncodeError(TypeError):
    """A value that JSON cannot hold."""


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_decoder = json.JSONDecoder(parse_constant=_refuse_constant)


def loads(data: bytes | bytearray | memoryview | str, /) -> Any:
    """Parses one JSON document; NaN, Infinity and broken UTF-8 are refused."""
    if not isinstance(data, str):
        try:
            data = bytes(data).decode("utf-8")
        except UnicodeDecodeError as error:
            raise JSONDecodeError(
                "str is not valid UTF-8: surrogates not allowed", "", 0
            ) from error
    if not data.strip(" \t\r\n"):
        raise JSONDecodeError("unexpected end of data", data, 0)
    try:
        value = _decoder.decode(data)
        if _SURROGATE.search(data):
            # json lets half a pair through, orjson does not.
            json.dumps(value, ensure_ascii=False).encode("utf-8")
        return value
    except json.JSONDecodeError as error:
        raise JSONDecodeError(error.msg, error.doc, error.pos) from None
    except (ValueError, RecursionError) as error:
        raise JSONDecodeError(f"unexpected content: {error}", data, 0) from None


def dumps(value: Any, /, default: Any = None, option: int | None = None) -> bytes:
    """Serialises `value` as compact UTF-8."""
    flags = option or 0
    prepared = _prepare(value, default, flags)
    separators = None if flags & OPT_INDENT_2 else (",", ":")
    try:
        text = json.dumps(
            prepared,
            ensure_ascii=False,
            allow_nan=False,
            separators=separators,
            indent=2 if flags & OPT_INDENT_2 else None,
            sort_keys=bool(flags & OPT_SORT_KEYS),
        )
        data = text.encode("utf-8")
    except (UnicodeEncodeError, ValueError) as error:
        raise JSONEncodeError(str(error)) from error
    return data + b"\n" if flags & OPT_APPEND_NEWLINE else data


def _prepare(value: Any, default: Any, flags: int) -> Any:
    kind = type(value)
    if value is None or kind in (str, bool, int):
        return value
    if kind is float:
        return value if value - value == 0 else None
    if isinstance(value, dict):
        return {_key(k, flags): _prepare(v, default, flags) for k, v in value.items()}
    if kind in (list, tuple):
        return [_prepare(item, default, flags) for item in value]
    if isinstance(value, enum.Enum):
        return _prepare(value.value, default, flags)
    if isinstance(value, (str, int, list)) and not flags & OPT_PASSTHROUGH_SUBCLASS:
        base = next(base for base in (str, int, list) if isinstance(value, base))
        return _prepare(base(value), default, flags)
    if not flags & OPT_PASSTHROUGH_DATETIME and isinstance(
        value, (datetime.datetime, datetime.date, datetime.time)
    ):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    if dataclasses.is_dataclass(value) and not flags & OPT_PASSTHROUGH_DATACLASS:
        fields = dataclasses.fields(value)
        return {f.name: _prepare(getattr(value, f.name), default, flags) for f in fields}
    if default is not None:
        return _prepare(default(value), default, flags)
    raise JSONEncodeError(f"Type is not JSON serializable: {kind.__name__}")


def _key(key: Any, flags: int) -> str:
    if isinstance(key, str):
        return str(key)
    if not flags & OPT_NON_STR_KEYS:
        raise JSONEncodeError("Dict key must be str")
    return json.dumps(key) if key is None or isinstance(key, (bool, int, float)) else str(key)
