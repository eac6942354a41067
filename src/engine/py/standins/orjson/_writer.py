"""What the stand-in for orjson writes."""

import dataclasses
import datetime
import enum
import json
import uuid
from typing import Any

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

_DEEPEST = 255
_quoted = json.encoder.encode_basestring


def dumps(value: Any, /, default: Any = None, option: int | None = None) -> bytes:
    """Serialises `value` as compact UTF-8."""
    if not (option is None or (isinstance(option, int) and 0 <= option < 1 << 12)):
        raise TypeError("Invalid opts")
    flags = option or 0
    text = _Writer(default, flags).write(value, 0)
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:
        raise TypeError("str is not valid UTF-8: surrogates not allowed") from None
    return data + b"\n" if flags & OPT_APPEND_NEWLINE else data


class _Writer:
    def __init__(self, default: Any, flags: int) -> None:
        self.default = default
        self.flags = flags
        self.defaults = 0

    def write(self, value: Any, depth: int) -> str:
        """A value as text; `depth` is that of the list or object around it."""
        kind = type(value)
        if kind is str:
            return _quoted(value)
        if value is None or kind is bool:
            return {None: "null", True: "true", False: "false"}[value]
        if kind is int:
            return self._integer(value)
        if kind is float:
            return _float(value)
        if kind is dict:
            return self._object(value.items(), depth)
        if kind in (list, tuple):
            return self._array(value, depth)
        return self._other(value, depth)

    def _other(self, value: Any, depth: int) -> str:
        flags = self.flags
        if isinstance(value, enum.Enum):
            return self.write(value.value, depth)
        if not flags & OPT_PASSTHROUGH_SUBCLASS:
            for base in (str, int, list):
                if isinstance(value, base):
                    return self.write(base(value), depth)
            if isinstance(value, dict):
                return self._object(value.items(), depth)
        if not flags & OPT_PASSTHROUGH_DATETIME and isinstance(
            value, (datetime.date, datetime.time)
        ):
            return f'"{self._moment(value)}"'
        if isinstance(value, uuid.UUID):
            return f'"{value}"'
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            if not flags & OPT_PASSTHROUGH_DATACLASS:
                names = [f.name for f in dataclasses.fields(value) if not f.name.startswith("_")]
                return self._object([(name, getattr(value, name)) for name in names], depth)
        return self._defaulted(value, depth)

    def _defaulted(self, value: Any, depth: int) -> str:
        refused = TypeError(f"Type is not JSON serializable: {type(value).__name__}")
        if self.default is None:
            raise refused
        if self.defaults == 254:
            raise TypeError("default serializer exceeds recursion limit")
        try:
            made = self.default(value)
        except Exception as error:
            raise refused from error
        self.defaults += 1
        text = self.write(made, depth)
        self.defaults -= 1
        return text

    def _integer(self, value: int) -> str:
        if self.flags & OPT_STRICT_INTEGER and abs(value) >= 1 << 53:
            raise TypeError("Integer exceeds 53-bit range")
        if not -(1 << 63) <= value < 1 << 64:
            raise TypeError("Integer exceeds 64-bit range")
        return str(value)

    def _moment(self, value: Any) -> str:
        if isinstance(value, datetime.time) and value.tzinfo is not None:
            raise TypeError(
                "datetime's timezone library is not supported: "
                "use datetime.timezone.utc, pendulum, pytz, or dateutil"
            )
        if self.flags & OPT_OMIT_MICROSECONDS and not type(value) is datetime.date:
            value = value.replace(microsecond=0)
        if self.flags & OPT_NAIVE_UTC and isinstance(value, datetime.datetime) and not value.tzinfo:
            value = value.replace(tzinfo=datetime.timezone.utc)
        text = value.isoformat()
        if self.flags & OPT_UTC_Z and text.endswith("+00:00"):
            text = text.removesuffix("+00:00") + "Z"
        return text

    def _array(self, items: Any, depth: int) -> str:
        inner = self._deeper(depth)
        return self._between("[]", [self.write(item, inner) for item in items], depth)

    def _object(self, items: Any, depth: int) -> str:
        colon = ": " if self.flags & OPT_INDENT_2 else ":"
        inner = self._deeper(depth)
        pairs = [(self._key(key), value) for key, value in items]
        if self.flags & OPT_SORT_KEYS:
            pairs.sort(key=lambda pair: pair[0])
        parts = [f"{_quoted(key)}{colon}{self.write(value, inner)}" for key, value in pairs]
        return self._between("{}", parts, depth)

    def _deeper(self, depth: int) -> int:
        if depth == _DEEPEST:
            raise TypeError("Recursion limit reached")
        return depth + 1

    def _between(self, brackets: str, parts: list[str], depth: int) -> str:
        if not parts or not self.flags & OPT_INDENT_2:
            return brackets[0] + ",".join(parts) + brackets[1]
        inside, outside = "\n" + "  " * (depth + 1), "\n" + "  " * depth
        return brackets[0] + inside + f",{inside}".join(parts) + outside + brackets[1]

    def _key(self, key: Any) -> str:
        if type(key) is str:
            return key
        if not self.flags & OPT_NON_STR_KEYS:
            raise TypeError("Dict key must be str")
        if isinstance(key, enum.Enum):
            return self._key(key.value)
        if isinstance(key, str):
            return str(key)
        if key is None or isinstance(key, (bool, int, float)):
            return self.write(key, 0)
        if isinstance(key, (datetime.date, datetime.time)):
            return self._moment(key)
        if isinstance(key, uuid.UUID):
            return str(key)
        raise TypeError("Dict key must a type serializable with OPT_NON_STR_KEYS")


def _float(value: float) -> str:
    if value - value != 0:  # NaN, and infinity
        return "null"
    mantissa, exponential, exponent = repr(value).partition("e")
    return f"{mantissa}e{int(exponent)}" if exponential else mantissa
