"""Stand-in for django.utils.crypto."""

import hashlib
import hmac
import secrets
from typing import Any

from .encoding import force_bytes


def constant_time_compare(first: Any, second: Any) -> bool:
    """Compares without telling where the difference is."""
    return hmac.compare_digest(force_bytes(first), force_bytes(second))


def get_random_string(
    length: int, allowed_chars: str = "abcdefghijklmnopqrstuvwxyz0123456789"
) -> str:
    """Random text."""
    return "".join(secrets.choice(allowed_chars) for _ in range(length))


def salted_hmac(key_salt: Any, value: Any, secret: Any = "", *, algorithm: str = "sha1") -> Any:
    """An HMAC whose key is the hash of a salt and a secret."""
    key = hashlib.new(algorithm, force_bytes(key_salt) + force_bytes(secret)).digest()
    return hmac.new(key, force_bytes(value), algorithm)
