"""Stand-in for django.http.request."""

import codecs
import io
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.utils.datastructures import MultiValueDict, MultiValueDictKeyError
from django.utils.encoding import escape_uri_path, iri_to_uri
from harness.settings import settings

from .headers import parse_header_parameters
from .multipartparser import MultiPartParser, MultiPartParserError
from .querydict import QueryDict

__all__ = [
    "HttpHeaders",
    "HttpRequest",
    "MultiValueDictKeyError",
    "QueryDict",
    "RawPostDataException",
    "UnreadablePostError",
]


class UnreadablePostError(OSError):
    """The body could not be read."""


class RawPostDataException(Exception):
    """The body was read as a stream before."""


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

    def __repr__(self) -> str:
        return repr(dict(self.items()))


class HttpRequest:
    """One request. `META` holds the CGI variables; a body is read once, as bytes or as a stream."""

    _encoding: str | None = None

    def __init__(self) -> None:
        self.GET = QueryDict(mutable=True)
        self.POST = QueryDict(mutable=True)
        self.COOKIES: dict[str, str] = {}
        self.META: dict[str, Any] = {}
        self.FILES = MultiValueDict()
        self.path = self.path_info = ""
        self.method: str | None = None
        self.resolver_match = None
        self.content_type: str | None = None
        self.content_params: dict[str, str] | None = None
        self.upload_handlers: list[Any] = []

    def __repr__(self) -> str:
        name = type(self).__name__
        return f"<{name}: {self.method} {self.get_full_path()!r}>" if self.method else f"<{name}>"

    @property
    def encoding(self) -> str | None:
        """What the content type names as its charset; setting it has the parameters read anew."""
        return self._encoding

    @encoding.setter
    def encoding(self, value: str | None) -> None:
        self._encoding = value
        if hasattr(self, "GET"):  # which reads it, and fails for an encoding that is none of text
            del self.GET
        self.__dict__.pop("_post", None)

    def _set_content_type_params(self, meta: Mapping[str, Any]) -> None:
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        charset = self.content_params.get("charset")
        if charset is None:
            return
        try:
            codecs.lookup(charset)
        except LookupError:
            return
        self.encoding = charset

    @property
    def headers(self) -> HttpHeaders:
        """The headers."""
        if "_headers" not in self.__dict__:
            self._headers = HttpHeaders(self.META)
        return self._headers

    @property
    def body(self) -> bytes:
        """The body as it came, unless it was read as a stream, or is too large for a server."""
        if not hasattr(self, "_body"):
            if self._read_started:
                raise RawPostDataException(
                    "You cannot access body after reading from request's data stream"
                )
            largest = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
            if largest is not None and int(self.META.get("CONTENT_LENGTH") or 0) > largest:
                raise RequestDataTooBig(
                    "Request body exceeded settings.DATA_UPLOAD_MAX_MEMORY_SIZE."
                )
            self._body = self.read()
            self._stream = io.BytesIO(self._body)
        return self._body

    def _load_post_and_files(self) -> None:
        """Reads a form, which only a POST has."""
        self._post, self._files = QueryDict(encoding=self._encoding), MultiValueDict()
        if self.method != "POST" or (self._read_started and not hasattr(self, "_body")):
            return
        if self.content_type == "multipart/form-data":
            stream = io.BytesIO(self._body) if hasattr(self, "_body") else self
            try:
                self._post, self._files = self.parse_file_upload(self.META, stream)
            except (MultiPartParserError, TooManyFilesSent):
                self._post = QueryDict()
                raise
        elif self.content_type == "application/x-www-form-urlencoded":
            del self._post
            self._post = QueryDict(self.body, encoding=self._encoding)

    def parse_file_upload(self, META: Any, post_data: Any) -> tuple[QueryDict, MultiValueDict]:  # noqa: N803
        """The fields and the files of a multipart form."""
        return MultiPartParser(META, post_data, self.upload_handlers, self.encoding).parse()

    def read(self, *args: Any) -> bytes:
        """Reads from the body's stream."""
        self._read_started = True
        return self._stream.read(*args)

    def readline(self, *args: Any) -> bytes:
        """Reads a line from the body's stream."""
        self._read_started = True
        return self._stream.readline(*args)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.readline, b"")

    def readlines(self) -> list[bytes]:
        """The rest of the body's lines."""
        return list(self)

    @property
    def scheme(self) -> str:
        """http or https."""
        return self.META.get("wsgi.url_scheme", "http")

    def is_secure(self) -> bool:
        """Whether it came over https."""
        return self.scheme == "https"

    def get_host(self) -> str:
        """The host that was asked for. Whether a server serves it is not checked."""
        if self.META.get("HTTP_HOST"):
            return self.META["HTTP_HOST"]
        host = self.META.get("SERVER_NAME") or settings.EXTERNAL_HOST
        usual = "443" if self.is_secure() else "80"
        return host if self.get_port() == usual else f"{host}:{self.get_port()}"

    def get_port(self) -> str:
        """The port that was asked for."""
        return str(self.META.get("SERVER_PORT", "80"))

    def get_full_path(self, force_append_slash: bool = False) -> str:
        """The path with its query."""
        query = self.META.get("QUERY_STRING", "")
        slash = "/" if force_append_slash and not self.path.endswith("/") else ""
        return escape_uri_path(self.path) + slash + (f"?{iri_to_uri(query)}" if query else "")

    def build_absolute_uri(self, location: str | None = None) -> str:
        """The whole URL."""
        # Two slashes: without them the part before a colon in the path would be a scheme.
        wanted = f"//{self.get_full_path()}" if location is None else str(location)
        parts = urlsplit(wanted)
        base = f"{self.scheme}://{self.get_host()}"
        if not (parts.scheme and parts.netloc):
            if parts.path.startswith("/") and not parts.scheme and not parts.netloc:
                wanted = base + wanted.removeprefix("//")
            else:
                wanted = urljoin(base + self.path, wanted)
        return iri_to_uri(wanted)

    def accepts(self, media_type: str) -> bool:
        """Whether the client takes a media type."""
        for accepted in self.META.get("HTTP_ACCEPT", "*/*").split(","):
            pattern = parse_header_parameters(accepted)[0].partition("/")
            if all(a in ("*", b) for a, b in zip(pattern, media_type.partition("/"), strict=True)):
                return True
        return False
