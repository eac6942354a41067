"""Stand-in for requests.adapters: nothing is ever sent; a test answers, or nobody does."""

from collections.abc import Callable
from typing import Any

from harness.placeholder import Unavailable

from .exceptions import ConnectionError, ConnectTimeout, ProxyError, ReadTimeout, SSLError
from .models import PreparedRequest, Response

# What answers requests; the stand-in for `responses` puts itself here.
answerers: list[Callable[[PreparedRequest], Response]] = []


class BaseAdapter:
    """The base of adapters."""


class HTTPAdapter(BaseAdapter):
    """Hands a request to the test that answers it."""

    def __init__(self, *args: Any, max_retries: Any = 0, **options: Any) -> None:
        self.max_retries = max_retries

    def send(self, request: PreparedRequest, *args: Any, **options: Any) -> Response:
        """The response; there is no network to send the request to."""
        if not answerers:
            raise Unavailable(f"requests.{request.method.lower()} over the network ({request.url})")
        return answerers[-1](request)


__all__ = [
    "BaseAdapter",
    "ConnectTimeout",
    "ConnectionError",
    "HTTPAdapter",
    "ProxyError",
    "ReadTimeout",
    "SSLError",
]
