"""Stand-in for django.test.client: requests made in memory, encoded as Django's client does."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote_to_bytes, urlencode, urlsplit

from django.http import HttpRequest

BOUNDARY = "BoUnDaRyStRiNg"
MULTIPART_CONTENT = f"multipart/form-data; boundary={BOUNDARY}"
_JSON_TYPE = re.compile(r"^application\/(.+\+)?json")
_CHARSET = re.compile(r".*; charset=([\w-]+);?")


class ClientHandler:
    """The base of a tree's own handler, which checks responses against the API's description.

    Webhooks have none, so requests go straight to the dispatcher and this is never asked.
    """

    def __init__(self, enforce_csrf_checks: bool = True, **options: Any) -> None:
        self.enforce_csrf_checks = enforce_csrf_checks


def encode_multipart(boundary: str, data: Mapping[str, Any]) -> bytes:
    """A form as multipart/form-data."""
    lines: list[bytes] = []
    for key, value in data.items():
        if value is None:
            raise TypeError(f"Cannot encode None for key '{key}' as POST data.")
        items = value if isinstance(value, (list, tuple)) else [value]
        for item in items:
            lines += [f"--{boundary}".encode(), *_part(key, item)]
    return b"\r\n".join([*lines, f"--{boundary}--".encode(), b""])


def _part(key: str, item: Any) -> list[bytes]:
    if hasattr(item, "read"):
        content = item.read()
        body = content if isinstance(content, bytes) else content.encode()
        name = getattr(item, "name", key).rpartition("/")[2]
        head = f'Content-Disposition: form-data; name="{key}"; filename="{name}"'
        return [head.encode(), b"Content-Type: application/octet-stream", b"", body]
    body = item if isinstance(item, bytes) else str(item).encode()
    return [f'Content-Disposition: form-data; name="{key}"'.encode(), b"", body]


def _sends_as_it_is(method: str) -> Callable[..., Any]:
    """The method of a client that sends a body as it is, or data as JSON."""

    def send(
        self: Any,
        path: str,
        data: Any = "",
        content_type: str = "application/octet-stream",
        secure: bool = False,
        **extra: Any,
    ) -> Any:
        body = _encode_json(data, content_type)
        return self.generic(method, path, body, content_type, secure, **extra)

    return send


class RequestFactory:
    """Makes requests."""

    def __init__(self, *, headers: Mapping[str, str] | None = None, **defaults: Any) -> None:
        self.defaults = {**_as_meta(headers), **defaults}

    def generic(
        self,
        method: str,
        path: str,
        data: Any = "",
        content_type: str = "application/octet-stream",
        secure: bool = False,
        *,
        headers: Mapping[str, str] | None = None,
        **extra: Any,
    ) -> Any:
        """A request with a body as it is."""
        parts = urlsplit(str(path))
        body = data.encode() if isinstance(data, str) else bytes(data)
        meta: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": unquote_to_bytes(parts.path).decode("utf-8", "replace"),
            "QUERY_STRING": parts.query,
            "REMOTE_ADDR": "127.0.0.1",
            "SCRIPT_NAME": "",
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "443" if secure else "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": "https" if secure else "http",
        }
        if body:
            meta |= {"CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": content_type}
        meta |= {**self.defaults, **_as_meta(headers), **extra}
        return self.request(make_request(meta, body))

    def request(self, request: HttpRequest) -> Any:
        """The request itself; a client sends it."""
        return request

    def get(self, path: str, data: Any = None, secure: bool = False, **extra: Any) -> Any:
        """GET with parameters in the query."""
        return self._query("GET", path, data, secure, extra)

    def head(self, path: str, data: Any = None, secure: bool = False, **extra: Any) -> Any:
        """HEAD with parameters in the query."""
        return self._query("HEAD", path, data, secure, extra)

    def post(
        self,
        path: str,
        data: Any = None,
        content_type: str = MULTIPART_CONTENT,
        secure: bool = False,
        **extra: Any,
    ) -> Any:
        """POST with a body in the given encoding."""
        value = _encode_json({} if data is None else data, content_type)
        return self.generic(
            "POST", path, _encode(value, content_type), content_type, secure, **extra
        )

    put = _sends_as_it_is("PUT")
    patch = _sends_as_it_is("PATCH")
    delete = _sends_as_it_is("DELETE")

    def options(
        self,
        path: str,
        data: Any = "",
        content_type: str = "application/octet-stream",
        secure: bool = False,
        **extra: Any,
    ) -> Any:
        """OPTIONS."""
        body = urlencode(data) if isinstance(data, Mapping) else data
        return self.generic("OPTIONS", path, body, content_type, secure, **extra)

    def _query(self, method: str, path: str, data: Any, secure: bool, extra: dict[str, Any]) -> Any:
        if data:
            extra = {"QUERY_STRING": urlencode(data, doseq=True), **extra}
        return self.generic(method, path, secure=secure, **extra)


class Client(RequestFactory):
    """Sends requests to the views, without a network."""

    def __init__(
        self,
        enforce_csrf_checks: bool = False,
        raise_request_exception: bool = True,
        **defaults: Any,
    ) -> None:
        super().__init__(**defaults)
        self.cookies: dict[str, str] = {}
        self.session: dict[str, Any] = {}

    def request(self, request: HttpRequest) -> Any:
        """Sends the request and returns the response."""
        from harness.urls import dispatch_for_test

        response: Any = dispatch_for_test(request)
        response.client = self
        response.wsgi_request = request
        response.request = request.META
        response.json = lambda **options: json.loads(response.content, **options)
        return response

    def generic(self, *args: Any, follow: bool = False, **kwargs: Any) -> Any:
        """Sends a request; redirects are never followed, as no webhook answers with one."""
        return super().generic(*args, **kwargs)


def make_request(meta: dict[str, Any], body: bytes) -> HttpRequest:
    """A request from CGI variables and a body."""
    request = HttpRequest()
    request.META = meta
    request.method = meta["REQUEST_METHOD"].upper()
    request.path = request.path_info = meta["PATH_INFO"]
    kind, _, rest = meta.get("CONTENT_TYPE", "").partition(";")
    request.content_type = kind.strip().lower()
    pairs = (item.partition("=") for item in rest.split(";") if "=" in item)
    request.content_params = {name.strip().lower(): value.strip(' "') for name, _, value in pairs}
    charset = request.content_params.get("charset")
    if charset and _is_codec(charset):
        request.encoding = charset
    request.set_body(body)
    return request


def _is_codec(name: str) -> bool:
    try:
        "".encode(name)
    except LookupError:
        return False
    return True


def _as_meta(headers: Mapping[str, str] | None) -> dict[str, str]:
    converted = {}
    for name, value in (headers or {}).items():
        key = name.upper().replace("-", "_")
        converted[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"] = value
    return converted


def _encode_json(data: Any, content_type: str) -> Any:
    as_json = _JSON_TYPE.match(content_type) and isinstance(data, (dict, list, tuple))
    return json.dumps(data) if as_json else data


def _encode(data: Any, content_type: str) -> bytes:
    if content_type == MULTIPART_CONTENT:
        return encode_multipart(BOUNDARY, data)
    match = _CHARSET.match(content_type)
    return data if isinstance(data, bytes) else str(data).encode(match[1] if match else "utf-8")


__all__ = ["BOUNDARY", "MULTIPART_CONTENT", "Client", "RequestFactory", "encode_multipart"]
