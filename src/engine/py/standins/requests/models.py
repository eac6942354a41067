"""Stand-in for requests.models: requests and responses as data."""

import json
import re
from collections.abc import Mapping
from http.client import responses as _REASONS
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from .exceptions import HTTPError, JSONDecodeError
from .structures import CaseInsensitiveDict


class PreparedRequest:
    """A request as it would be sent."""

    def __init__(
        self,
        method: str,
        url: str,
        params: Any = None,
        data: Any = None,
        json: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.method = method.upper()
        self.params = params or {}
        self.url = _with_query(url, self.params)
        self.headers = CaseInsensitiveDict(headers or {})
        self.body = self._encode(data, json)

    def _encode(self, data: Any, document: Any) -> Any:
        if document is not None and not data:
            self.headers.setdefault("Content-Type", "application/json")
            return json.dumps(document).encode()
        if isinstance(data, (Mapping, list, tuple)):
            self.headers.setdefault("Content-Type", "application/x-www-form-urlencoded")
            return urlencode(data, doseq=True)
        return data

    @property
    def path_url(self) -> str:
        """The path and the query."""
        return urlunsplit(("", "", *urlsplit(self.url)[2:4], ""))


def _with_query(url: str, params: Any) -> str:
    items = params.items() if isinstance(params, Mapping) else params
    query = urlencode([(name, value) for name, value in items if value is not None], doseq=True)
    parts = urlsplit(url)
    joined = "&".join(filter(None, (parts.query, query)))
    return urlunsplit((*parts[:2], parts.path or "/", joined, parts.fragment))


def _encoding(content_type: str) -> str | None:
    """The charset of a content type, or what HTTP and JSON have for types that name none."""
    kind, _, parameters = content_type.partition(";")
    charset = re.search(r"charset=[\s'\"]*([^\s'\";]+)", parameters, re.IGNORECASE)
    if charset:
        return charset[1]
    return "ISO-8859-1" if "text" in kind else "utf-8" if "application/json" in kind else None


class Response:
    """What comes back."""

    def __init__(self) -> None:
        self.status_code = 200
        self.content = b""
        self.headers = CaseInsensitiveDict()
        self.encoding: str | None = "utf-8"
        self.url = ""
        self.reason: str | None = ""
        self.history: list[Any] = []
        self.request: Any = None

    @property
    def text(self) -> str:
        """The body as text."""
        try:
            return self.content.decode(self.encoding or "utf-8", "replace")
        except LookupError:
            return self.content.decode("utf-8", "replace")

    @property
    def ok(self) -> bool:
        """Whether the status is none of an error."""
        return not 400 <= self.status_code < 600

    __bool__ = ok.fget

    def json(self, **options: Any) -> Any:
        """The body as JSON, in the encoding that the headers name."""
        try:
            if self.encoding is None:
                try:
                    return json.loads(self.content, **options)
                except UnicodeDecodeError:
                    pass
            return json.loads(self.text, **options)
        except json.JSONDecodeError as error:
            raise JSONDecodeError(error.msg, error.doc, error.pos) from None

    def raise_for_status(self) -> None:
        """Raises for a status of 400 or more."""
        if self.ok:
            return
        side = "Client" if self.status_code < 500 else "Server"
        raise HTTPError(
            f"{self.status_code} {side} Error: {self.reason} for url: {self.url}", response=self
        )

    def __repr__(self) -> str:
        return f"<Response [{self.status_code}]>"

    def close(self) -> None:
        """Nothing is open."""

    @classmethod
    def made(cls, request: PreparedRequest, status: int, content: bytes, headers: Any) -> "Response":
        """The response to a request."""
        response = cls()
        response.request, response.url = request, request.url
        response.status_code, response.content = status, content
        response.headers = CaseInsensitiveDict(headers)
        response.reason = _REASONS.get(status)
        response.encoding = _encoding(response.headers.get("Content-Type", ""))
        return response
