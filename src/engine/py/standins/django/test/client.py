"""Stand-in for django.test.client: requests made in memory, encoded as Django's client does."""

import io
import json
import mimetypes
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest
from django.utils.encoding import force_bytes
from django.utils.http import urlencode

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
            raise TypeError(
                f"Cannot encode None for key '{key}' as POST data. "
                "Did you mean to pass an empty string or omit the value?"
            )
        several = hasattr(value, "__iter__") and not isinstance(value, str) and not _is_file(value)
        for item in value if several else [value]:
            lines += [force_bytes(f"--{boundary}"), *_part(key, item)]
    return b"\r\n".join([*lines, force_bytes(f"--{boundary}--"), b""])


def _is_file(value: Any) -> bool:
    return callable(getattr(value, "read", None))


def _part(key: str, item: Any) -> list[bytes]:
    if not _is_file(item):
        return [f'Content-Disposition: form-data; name="{key}"'.encode(), b"", force_bytes(item)]
    name = str(getattr(item, "name", "")).rpartition("/")[2] or key
    kind = getattr(item, "content_type", None) or mimetypes.guess_type(name)[0]
    head = f'Content-Disposition: form-data; name="{key}"; filename="{name}"'
    kind_line = f"Content-Type: {kind or 'application/octet-stream'}"
    return [head.encode(), kind_line.encode(), b"", force_bytes(item.read())]


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
        body = force_bytes(data)
        meta: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": unquote_to_bytes(parts.path).decode("latin-1"),
            "REMOTE_ADDR": "127.0.0.1",
            "SCRIPT_NAME": "",
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "443" if secure else "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": "https" if secure else "http",
        }
        if body:
            meta |= {"CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": content_type}
        meta |= {**self.defaults, **extra, **_as_meta(headers)}
        if not meta.get("QUERY_STRING"):
            meta["QUERY_STRING"] = parts.query.encode().decode("latin-1")
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
        return self.generic("OPTIONS", path, data, content_type, secure, **extra)

    def _query(self, method: str, path: str, data: Any, secure: bool, extra: dict[str, Any]) -> Any:
        extra = {"QUERY_STRING": urlencode({} if data is None else data, doseq=True), **extra}
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
    """A request from CGI variables, whose texts are bytes as latin-1, and a body."""
    return WSGIRequest({**meta, "wsgi.input": io.BytesIO(body)})


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
    # As Django has it, only its own content type, and not one that reads the same.
    if content_type is MULTIPART_CONTENT:
        return encode_multipart(BOUNDARY, data)
    match = _CHARSET.match(content_type)
    return force_bytes(data, match[1] if match else "utf-8")


__all__ = ["BOUNDARY", "MULTIPART_CONTENT", "Client", "RequestFactory", "encode_multipart"]
