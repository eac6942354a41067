"""Stand-in for django.http.response."""

import http.client
import json
import re
from collections.abc import Iterator, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import DisallowedRedirect
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.encoding import iri_to_uri

_REASONS = http.client.responses
_CHARSET = re.compile(r";\s*charset=(?P<charset>[^\s;]+)", re.IGNORECASE)


class BadHeaderError(ValueError):
    """A header with a line break."""


class Http404(Exception):
    """There is nothing at that place."""


class ResponseHeaders(MutableMapping[str, str]):
    """The response's headers; names are case-insensitive."""

    def __init__(self, data: Any = ()) -> None:
        self._values: dict[str, tuple[str, str]] = {}
        self.update(data)

    def __getitem__(self, key: str) -> str:
        return self._values[key.lower()][1]

    def __setitem__(self, key: Any, value: Any) -> None:
        name = _header_text(key)
        name.encode("ascii")
        text = _header_text(value)
        try:
            text.encode("latin-1")
        except UnicodeError:
            from email.header import Header

            text = Header(text, "utf-8", maxlinelen=1 << 31).encode()
        self._values[name.lower()] = (name, text)

    def __delitem__(self, key: str) -> None:
        self._values.pop(key.lower(), None)

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._values.values())

    def __len__(self) -> int:
        return len(self._values)


def _header_text(value: Any) -> str:
    text = value.decode("latin-1") if isinstance(value, bytes) else str(value)
    if "\n" in text or "\r" in text:
        raise BadHeaderError(f"Header values can't contain newlines (got {text!r})")
    return text


class HttpResponseBase:
    """What all responses share: status and headers."""

    status_code = 200
    streaming = False

    def __init__(
        self,
        content_type: str | None = None,
        status: int | None = None,
        reason: str | None = None,
        charset: str | None = None,
        headers: Any = None,
    ) -> None:
        self.headers = ResponseHeaders(headers or {})
        self.cookies: dict[str, str] = {}
        self._charset = charset
        if status is not None:
            self.status_code = _status(status)
        if "Content-Type" not in self.headers:
            self.headers["Content-Type"] = content_type or f"text/html; charset={self.charset}"
        elif content_type:
            raise ValueError(
                "'headers' must not contain 'Content-Type' when the 'content_type' parameter is provided."
            )
        self.reason_phrase = reason or _REASONS.get(self.status_code, "Unknown Status Code")

    @property
    def charset(self) -> str:
        """The encoding of texts, which the content type may name."""
        stated = _CHARSET.search(self.headers.get("Content-Type", ""))
        return self._charset or (stated["charset"].replace('"', "") if stated else "utf-8")

    @charset.setter
    def charset(self, value: str) -> None:
        self._charset = value

    def __repr__(self) -> str:
        kind = self.headers.get("Content-Type")
        shown = f', "{kind}"' if kind else ""
        return f"<{type(self).__name__} status_code={self.status_code}{shown}>"

    def __getitem__(self, header: str) -> str:
        return self.headers[header]

    def __setitem__(self, header: str, value: Any) -> None:
        self.headers[header] = value

    def __delitem__(self, header: str) -> None:
        del self.headers[header]

    def __contains__(self, header: object) -> bool:
        return header in self.headers

    has_header = __contains__

    def setdefault(self, key: str, value: Any) -> None:
        """Sets a header that is not set."""
        self.headers.setdefault(key, value)

    def get(self, header: str, alternate: Any = None) -> Any:
        """A header, or the alternate."""
        return self.headers.get(header, alternate)

    def items(self) -> Any:
        """The headers."""
        return self.headers.items()

    def make_bytes(self, value: Any) -> bytes:
        """Bytes from anything."""
        return (
            bytes(value)
            if isinstance(value, (bytes, memoryview))
            else str(value).encode(self.charset)
        )


def _status(value: Any) -> int:
    try:
        status = int(value)
    except (ValueError, TypeError):
        raise TypeError("HTTP status code must be an integer.") from None
    if not 100 <= status <= 599:
        raise ValueError("HTTP status code must be an integer from 100 to 599.")
    return status


class HttpResponse(HttpResponseBase):
    """A response with its content in memory."""

    def __init__(self, content: Any = b"", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.content = content

    @property
    def content(self) -> bytes:
        """The body."""
        return b"".join(self._container)

    @content.setter
    def content(self, value: Any) -> None:
        if hasattr(value, "__iter__") and not isinstance(value, (bytes, memoryview, str)):
            value = b"".join(self.make_bytes(chunk) for chunk in value)
        self._container = [self.make_bytes(value)]

    def write(self, content: Any) -> None:
        """Adds to the body."""
        self._container.append(self.make_bytes(content))

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._container)

    def getvalue(self) -> bytes:
        """The body."""
        return self.content


class StreamingHttpResponse(HttpResponse):
    """A response made piece by piece; here it is collected."""

    streaming = True

    def __init__(self, streaming_content: Any = (), *args: Any, **kwargs: Any) -> None:
        super().__init__(streaming_content, *args, **kwargs)


class HttpResponseRedirect(HttpResponse):
    """Look there for now."""

    status_code = 302

    def __init__(self, redirect_to: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self["Location"] = iri_to_uri(redirect_to)
        scheme = urlsplit(str(redirect_to)).scheme
        if scheme and scheme not in ("http", "https", "ftp"):
            raise DisallowedRedirect(f"Unsafe redirect to URL with protocol '{scheme}'")

    @property
    def url(self) -> str:
        """Where to look."""
        return self["Location"]


class HttpResponsePermanentRedirect(HttpResponseRedirect):
    """Look there from now on."""

    status_code = 301


class HttpResponseNotModified(HttpResponse):
    """You have it already."""

    status_code = 304

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self["Content-Type"]


class HttpResponseBadRequest(HttpResponse):
    """A malformed request."""

    status_code = 400


class HttpResponseForbidden(HttpResponse):
    """Not allowed."""

    status_code = 403


class HttpResponseNotFound(HttpResponse):
    """There is nothing at that place."""

    status_code = 404


class HttpResponseServerError(HttpResponse):
    """The server's own fault."""

    status_code = 500


class HttpResponseNotAllowed(HttpResponse):
    """Another method, please."""

    status_code = 405

    def __init__(self, permitted_methods: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self["Allow"] = ", ".join(permitted_methods)


class JsonResponse(HttpResponse):
    """A response that is JSON."""

    def __init__(
        self,
        data: Any,
        encoder: Any = DjangoJSONEncoder,
        safe: bool = True,
        json_dumps_params: Any = None,
        **kwargs: Any,
    ) -> None:
        if safe and not isinstance(data, dict):
            raise TypeError(
                "In order to allow non-dict objects to be serialized set the safe parameter to False."
            )
        kwargs.setdefault("content_type", "application/json")
        super().__init__(json.dumps(data, cls=encoder, **(json_dumps_params or {})), **kwargs)
