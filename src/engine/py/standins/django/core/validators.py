"""Stand-in for django.core.validators: URLs and e-mail addresses."""

import ipaddress
import re
from typing import Any
from urllib.parse import urlsplit

from .exceptions import ValidationError

_LABEL = r"[a-z\u00a1-\uffff0-9](?:[a-z\u00a1-\uffff0-9-]{0,61}[a-z\u00a1-\uffff0-9])?"
_HOST = re.compile(
    rf"(?:{_LABEL}\.)+(?!-)(?:[a-z\u00a1-\uffff-]{{2,63}}|xn--[a-z0-9]{{1,59}})(?<!-)\.?",
    re.IGNORECASE,
)
_NAME = r"[-!#$%&'*+/=?^_`{}|~0-9A-Z]+"
_QUOTED = r"[\001-\010\013\014\016-\037!#-\[\]-\177]|\\[\001-\011\013\014\016-\177]"
_EMAIL_USER = re.compile(rf'{_NAME}(?:\.{_NAME})*|"(?:{_QUOTED})*"', re.IGNORECASE)
# What is before a host, and a port behind it.
_NETLOC = re.compile(r"(?:[^\s:@/]+(?::[^\s:@/]*)?@)?([^@]*?)(?::\d{1,5})?")
_LONGEST_HOST = 253

EMPTY_VALUES = (None, "", [], (), {})


def _is_ip(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


class RegexValidator:
    """Accepts what a pattern finds."""

    def __init__(
        self,
        regex: Any = "",
        message: Any = "Enter a valid value.",
        code: str = "invalid",
        flags: int = 0,
    ) -> None:
        self.regex = re.compile(regex, flags) if isinstance(regex, str) else regex
        self.message = message
        self.code = code

    def __call__(self, value: Any) -> None:
        if not self.regex.search(str(value)):
            raise ValidationError(self.message, code=self.code, params={"value": value})


class URLValidator:
    """Accepts absolute URLs of the given schemes."""

    def __init__(self, schemes: Any = ("http", "https", "ftp", "ftps"), **options: Any) -> None:
        self.schemes = schemes

    def __call__(self, value: Any) -> None:
        if not isinstance(value, str) or len(value) > 2048 or re.search(r"\s", value):
            self._refuse(value)
        scheme, separator, rest = value.partition("://")
        if not separator or scheme.lower() not in self.schemes:
            self._refuse(value)
        try:
            netloc = _NETLOC.fullmatch(urlsplit(value).netloc)
        except ValueError:
            self._refuse(value)
        host = netloc[1].lower() if netloc else ""
        bracketed = host.startswith("[") and host.endswith("]")
        is_ip = _is_ip(host[1:-1]) and ":" in host if bracketed else _is_ip(host) and ":" not in host
        if len(host) > _LONGEST_HOST or not (host == "localhost" or is_ip or _HOST.fullmatch(host)):
            self._refuse(value)

    def _refuse(self, value: Any) -> None:
        raise ValidationError("Enter a valid URL.", code="invalid", params={"value": value})


class EmailValidator:
    """Accepts e-mail addresses."""

    def __init__(
        self,
        message: Any = "Enter a valid email address.",
        code: str = "invalid",
        allowlist: Any = None,
    ) -> None:
        self.message = message
        self.code = code
        self.allowlist = allowlist or ["localhost"]

    def __call__(self, value: Any) -> None:
        user, separator, domain = str(value or "").rpartition("@")
        valid = separator and len(value) <= 320 and _EMAIL_USER.fullmatch(user)
        if not valid or not (
            domain in self.allowlist
            or (_HOST.fullmatch(domain) and not domain.endswith("."))
            or (domain.startswith("[") and domain.endswith("]") and _is_ip(domain[1:-1]))
        ):
            raise ValidationError(self.message, code=self.code, params={"value": value})


validate_email = EmailValidator()


class MinLengthValidator:
    """Accepts values of at least a length."""

    def __init__(self, limit_value: int, message: Any = None) -> None:
        self.limit_value = limit_value
        self.message = message or "Ensure this value is longer."

    def __call__(self, value: Any) -> None:
        if len(value) < self.limit_value:
            raise ValidationError(self.message, code="min_length")
