"""Stand-in for django.http.request."""

import io
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from harness.settings import settings


class UnreadablePostError(OSError):
    """The body could not be read."""


class RawPostDataException(Exception):
    """The body was read as a stream before."""


class MultiValueDictKeyError(KeyError):
    """A parameter that was not sent."""


class QueryDict(dict):  # type: ignore[type-arg]
    """Parameters, each with a list of values; reading one gives the last."""

    def __init__(
        self,
        query_string: str | bytes | None = None,
        mutable: bool = False,
        encoding: str | None = None,
    ) -> None:
        super().__init__()
        self.encoding = encoding or "utf-8"
        self._mutable = True
        text = query_string or ""
        if isinstance(text, bytes):
            try:
                text = text.decode(self.encoding)
            except UnicodeDecodeError:
                text = text.decode("iso-8859-1")
        for key, value in parse_qsl(text, keep_blank_values=True, encoding=self.encoding):
            self.appendlist(key, value)
        self._mutable = mutable

    def _assert_mutable(self) -> None:
        if not self._mutable:
            raise AttributeError("This QueryDict instance is immutable")

    def __getitem__(self, key: str) -> Any:
        try:
            values = super().__getitem__(key)
        except KeyError:
            raise MultiValueDictKeyError(key) from None
        return values[-1] if values else []

    def __setitem__(self, key: str, value: Any) -> None:
        self._assert_mutable()
        super().__setitem__(key, [value])

    def __delitem__(self, key: str) -> None:
        self._assert_mutable()
        super().__delitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        """The last value, or the default."""
        return self[key] if key in self and super().__getitem__(key) else default

    def getlist(self, key: str, default: Any = None) -> list[Any]:
        """All values."""
        return (
            list(super().__getitem__(key))
            if key in self
            else (default if default is not None else [])
        )

    def setlist(self, key: str, values: list[Any]) -> None:
        """Replaces all values."""
        self._assert_mutable()
        super().__setitem__(key, list(values))

    def appendlist(self, key: str, value: Any) -> None:
        """Adds a value."""
        self._assert_mutable()
        self.setlist(key, [*self.getlist(key), value])

    def items(self) -> Any:
        """Pairs of a name and its last value."""
        return [(key, self[key]) for key in self]

    def values(self) -> Any:
        """The last value of each name."""
        return [self[key] for key in self]

    def lists(self) -> Iterator[tuple[str, list[Any]]]:
        """Pairs of a name and all its values."""
        return iter([(key, self.getlist(key)) for key in self])

    def dict(self) -> dict[str, Any]:
        """A plain dict of the last values."""
        return {key: self[key] for key in self}

    def update(self, *args: Any, **kwargs: Any) -> None:
        """Adds values."""
        self._assert_mutable()
        for key, value in dict(*args, **kwargs).items():
            self.appendlist(key, value)

    def copy(self) -> "QueryDict":
        """A copy that can be changed."""
        copied = QueryDict("", mutable=True, encoding=self.encoding)
        for key, values in self.lists():
            copied.setlist(key, values)
        return copied

    def urlencode(self, safe: str | None = None) -> str:
        """The parameters as a query string."""
        return urlencode([(key, value) for key, values in self.lists() for value in values])


class HttpHeaders(Mapping[str, str]):
    """The request's headers; names are case-insensitive."""

    HTTP_PREFIX = "HTTP_"
    UNPREFIXED_HEADERS = frozenset({"CONTENT_TYPE", "CONTENT_LENGTH"})

    def __init__(self, environ: Mapping[str, Any]) -> None:
        self._values: dict[str, tuple[str, str]] = {}
        for header, value in environ.items():
            name = self.parse_header_name(header)
            if name:
                self._values[name.lower()] = (name, value)

    @classmethod
    def parse_header_name(cls, header: str) -> str | None:
        """`HTTP_X_EVENT` becomes `X-Event`; None for what is no header."""
        if header.startswith(cls.HTTP_PREFIX):
            header = header.removeprefix(cls.HTTP_PREFIX)
        elif header not in cls.UNPREFIXED_HEADERS:
            return None
        return header.replace("_", "-").title()

    def __getitem__(self, key: str) -> str:
        return self._values[key.replace("_", "-").lower()][1]

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._values.values())

    def __len__(self) -> int:
        return len(self._values)


class HttpRequest:
    """One request. `META` holds the CGI variables; GET and POST are read from it when needed."""

    def __init__(self) -> None:
        self.META: dict[str, Any] = {}
        self.COOKIES: dict[str, str] = {}
        self.FILES: dict[str, Any] = {}
        self.session: dict[str, Any] = {}
        self.path = self.path_info = ""
        self.method: str | None = None
        self.content_type: str | None = None
        self.content_params: dict[str, str] | None = None
        self.encoding: str | None = None
        self.resolver_match = None
        self.user: Any = None
        self.upload_handlers: list[Any] = []
        self._body = b""

    def set_body(self, body: bytes) -> None:
        """Sets the body and reads a form from it, as Django does for POST only."""
        self._body = body
        self.__dict__.pop("POST", None)

    def __getattr__(self, name: str) -> Any:
        if name == "GET":
            self.GET = QueryDict(self.META.get("QUERY_STRING", ""), encoding=self.encoding)
            return self.GET
        if name == "POST":
            self._load_form()
            return self.__dict__["POST"]
        if name == "headers":
            self.headers = HttpHeaders(self.META)
            return self.headers
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def _load_form(self) -> None:
        self.POST = QueryDict("", encoding=self.encoding)
        if self.method != "POST":
            return
        if self.content_type == "application/x-www-form-urlencoded":
            self.POST = QueryDict(self._body, encoding=self.encoding)
        elif self.content_type == "multipart/form-data":
            from .multipartparser import MultiPartParser

            fields, files = MultiPartParser(
                self.META, io.BytesIO(self._body), [], self.encoding
            ).parse()
            fields._mutable = False
            self.POST = fields
            self.FILES = files

    @property
    def body(self) -> bytes:
        """The body as it came."""
        return self._body

    def read(self, *args: Any) -> bytes:
        """The body as it came."""
        return self._body

    @property
    def scheme(self) -> str:
        """http or https."""
        return self.META.get("wsgi.url_scheme", "http")

    def is_secure(self) -> bool:
        """Whether it came over https."""
        return self.scheme == "https"

    def get_host(self) -> str:
        """The host that was asked for."""
        return self.META.get("HTTP_HOST") or settings.EXTERNAL_HOST

    def get_port(self) -> str:
        """The port that was asked for."""
        return str(self.META.get("SERVER_PORT", "80"))

    def get_full_path(self, force_append_slash: bool = False) -> str:
        """The path with its query."""
        query = self.META.get("QUERY_STRING", "")
        return quote(self.path) + (f"?{query}" if query else "")

    def build_absolute_uri(self, location: str | None = None) -> str:
        """The whole URL."""
        return f"{self.scheme}://{self.get_host()}{location or self.get_full_path()}"

    def accepts(self, media_type: str) -> bool:
        """Whether the client takes a media type."""
        accepted = self.META.get("HTTP_ACCEPT", "*/*")
        return "*/*" in accepted or media_type in accepted
