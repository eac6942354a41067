"""Stand-in for django.utils.encoding."""

from typing import Any


def force_str(
    value: Any, encoding: str = "utf-8", strings_only: bool = False, errors: str = "strict"
) -> str:
    """Text from anything."""
    return value.decode(encoding, errors) if isinstance(value, bytes) else str(value)


def force_bytes(
    value: Any, encoding: str = "utf-8", strings_only: bool = False, errors: str = "strict"
) -> bytes:
    """Bytes from anything."""
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value)
    return str(value).encode(encoding, errors)


smart_str = force_str
smart_bytes = force_bytes
