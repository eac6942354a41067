"""Stand-in for django.http.response."""

import http.client
import json
from collections.abc import Iterator, MutableMapping
from typing import Any


_REASONS = http.client.responses


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

    def __setitem__(self, key: str, value: Any) -> None:
        text = str(value)
        if "\n" in text or "\r" in text:
            raise BadHeaderError(f"a header has a line break: {value!r}")
        self._values[key.lower()] = (key, text)

    def __delitem__(self, key: str) -> None:
        self._values.pop(key.lower(), None)

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._values.values())

    def __len__(self) -> int:
        return len(self._values)


class HttpResponseBase:
    """What all responses share: status and headers."""

    status_code = 200
    charset = "utf-8"
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
        if charset:
            self.charset = charset
        if status is not None:
            self.status_code = int(status)
        if "Content-Type" not in self.headers:
            self.headers["Content-Type"] = content_type or f"text/html; charset={self.charset}"
        elif content_type:
            raise ValueError("the content type is given twice, as argument and as header")
        self.reason_phrase = reason or _REASONS.get(self.status_code, "Unknown Status Code")

    def __getitem__(self, header: str) -> str:
        return self.headers[header]

    def __setitem__(self, header: str, value: Any) -> None:
        self.headers[header] = value

    def __delitem__(self, header: str) -> None:
        del self.headers[header]

    def __contains__(self, header: object) -> bool:
        return header in self.headers

    has_header = __contains__

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
        self["Location"] = redirect_to

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
        encoder: Any = None,
        safe: bool = True,
        json_dumps_params: Any = None,
        **kwargs: Any,
    ) -> None:
        if safe and not isinstance(data, dict):
            raise TypeError("only a dict is allowed, unless safe=False says otherwise")
        kwargs.setdefault("content_type", "application/json")
        super().__init__(json.dumps(data, **(json_dumps_params or {})), **kwargs)
