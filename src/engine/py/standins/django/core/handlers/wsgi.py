"""Stand-in for django.core.handlers.wsgi: a request as a web server hands it over."""

import io
from http import cookies
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.encoding import repercent_broken_unicode


def _cookies(header: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in header.split(";"):
        name, separator, value = part.partition("=")
        if not separator:
            name, value = "", name
        if name.strip() or value.strip():
            found[name.strip()] = cookies._unquote(value.strip())  # type: ignore[attr-defined]
    return found


class WSGIRequest(HttpRequest):
    """A request made of CGI variables, whose texts are bytes as latin-1, and of the body's stream."""

    def __init__(self, environ: dict[str, Any]) -> None:
        self.environ = self.META = environ
        path = environ.get("PATH_INFO", "").encode("latin-1") or b"/"
        self.path_info = repercent_broken_unicode(path).decode()
        self.path = "/" + self.path_info.replace("/", "", 1)
        environ.update(PATH_INFO=self.path_info, SCRIPT_NAME=environ.get("SCRIPT_NAME", ""))
        self.method = environ["REQUEST_METHOD"].upper()
        self.resolver_match = None
        self.upload_handlers = []
        self.session: dict[str, Any] = {}  # the middleware's
        self._read_started = False
        length = environ.get("CONTENT_LENGTH") or 0
        self._stream = io.BytesIO(environ["wsgi.input"].read(int(length)))
        self._set_content_type_params(environ)

    def __getattr__(self, name: str) -> Any:
        # What most views never ask for.
        if name == "GET":
            query = self.META.get("QUERY_STRING", "").encode("latin-1")
            self.GET = QueryDict(query, encoding=self._encoding)
            return self.GET
        if name == "COOKIES":
            self.COOKIES = _cookies(self.META.get("HTTP_COOKIE", ""))
            return self.COOKIES
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    @property
    def POST(self) -> QueryDict:  # type: ignore[override]  # noqa: N802
        """The fields of a form."""
        if not hasattr(self, "_post"):
            self._load_post_and_files()
        return self._post

    @POST.setter
    def POST(self, value: QueryDict) -> None:  # noqa: N802
        self._post = value

    @property
    def FILES(self) -> MultiValueDict:  # type: ignore[override]  # noqa: N802
        """The files of a form."""
        if not hasattr(self, "_files"):
            self._load_post_and_files()
        return self._files
