"""Stand-in for requests.exceptions."""

import json


class RequestException(OSError):  # noqa: N818
    """A request or its response is not as it should be."""

    def __init__(self, *args: object, request: object = None, response: object = None) -> None:
        super().__init__(*args)
        self.request = request
        self.response = response


class InvalidJSONError(RequestException):
    """A response whose body is not JSON."""


class JSONDecodeError(InvalidJSONError, json.JSONDecodeError):
    """A response whose body is not JSON."""

    def __init__(self, message: str, document: str, position: int) -> None:
        json.JSONDecodeError.__init__(self, message, document, position)
        self.request = self.response = None


class HTTPError(RequestException):
    """A status of 400 or more."""


class ConnectionError(RequestException):  # noqa: A001
    """The other side is not reached."""


class ProxyError(ConnectionError):
    """The proxy refuses."""


class SSLError(ConnectionError):
    """A certificate does not hold."""


class Timeout(RequestException):
    """The other side takes too long."""


class ConnectTimeout(ConnectionError, Timeout):
    """It takes too long to reach the other side."""


class ReadTimeout(Timeout):
    """The response takes too long."""


class TooManyRedirects(RequestException):
    """There is no end to the redirects."""


class MissingSchema(RequestException, ValueError):
    """A URL without http or https."""


class InvalidURL(RequestException, ValueError):
    """A URL that is none."""
