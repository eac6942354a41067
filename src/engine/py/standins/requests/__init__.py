"""Stand-in for requests: the same calls, and no network behind them.

What a test registers with `responses` is answered; all else is `Unavailable`.
"""

import types
from http import HTTPStatus

from . import adapters, exceptions, models, sessions, structures
from .api import delete, get, head, options, patch, post, put, request
from .exceptions import (
    ConnectionError,
    ConnectTimeout,
    HTTPError,
    JSONDecodeError,
    ReadTimeout,
    RequestException,
    Timeout,
    TooManyRedirects,
)
from .models import PreparedRequest, Response
from .sessions import Session, session

codes = types.SimpleNamespace(**{status.name.lower(): status.value for status in HTTPStatus})

__all__ = [
    "ConnectTimeout",
    "ConnectionError",
    "HTTPError",
    "JSONDecodeError",
    "PreparedRequest",
    "ReadTimeout",
    "RequestException",
    "Response",
    "Session",
    "Timeout",
    "TooManyRedirects",
    "adapters",
    "codes",
    "delete",
    "exceptions",
    "get",
    "head",
    "models",
    "options",
    "patch",
    "post",
    "put",
    "request",
    "session",
    "sessions",
    "structures",
]
