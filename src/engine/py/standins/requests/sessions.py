"""Stand-in for requests.sessions."""

from typing import Any

from .adapters import HTTPAdapter
from .exceptions import MissingSchema
from .models import PreparedRequest, Response
from .structures import CaseInsensitiveDict


class Session:
    """Requests that share headers and adapters."""

    def __init__(self) -> None:
        self.headers = CaseInsensitiveDict()
        self.params: dict[str, Any] = {}
        self.auth: Any = None
        self.cookies: dict[str, str] = {}
        self.proxies: dict[str, str] = {}
        self.verify = True
        self.max_redirects = 30
        self.adapters: dict[str, Any] = {}
        for scheme in ("https://", "http://"):
            self.mount(scheme, HTTPAdapter())

    def mount(self, prefix: str, adapter: Any) -> None:
        """Says which adapter serves URLs with a prefix."""
        self.adapters[prefix] = adapter

    def get_adapter(self, url: str) -> Any:
        """The adapter with the longest prefix that fits."""
        for prefix in sorted(self.adapters, key=len, reverse=True):
            if url.lower().startswith(prefix.lower()):
                return self.adapters[prefix]
        raise MissingSchema(f"Invalid URL {url!r}: no adapter serves it")

    def request(
        self,
        method: str,
        url: str,
        params: Any = None,
        data: Any = None,
        headers: Any = None,
        json: Any = None,
        **options: Any,
    ) -> Response:
        """Makes a request and has its adapter send it."""
        merged = {**self.headers, **(headers or {})}
        asked = params if isinstance(params, (list, tuple)) else {**self.params, **(params or {})}
        prepared = PreparedRequest(method, url, asked, data, json, merged)
        sent = {name: options[name] for name in ("stream", "timeout", "verify") if name in options}
        return self.get_adapter(prepared.url).send(prepared, **sent)

    def get(self, url: str, **options: Any) -> Response:
        """GET."""
        return self.request("GET", url, **options)

    def head(self, url: str, **options: Any) -> Response:
        """HEAD."""
        return self.request("HEAD", url, **options)

    def post(self, url: str, data: Any = None, json: Any = None, **options: Any) -> Response:
        """POST."""
        return self.request("POST", url, data=data, json=json, **options)

    def put(self, url: str, data: Any = None, **options: Any) -> Response:
        """PUT."""
        return self.request("PUT", url, data=data, **options)

    def patch(self, url: str, data: Any = None, **options: Any) -> Response:
        """PATCH."""
        return self.request("PATCH", url, data=data, **options)

    def delete(self, url: str, **options: Any) -> Response:
        """DELETE."""
        return self.request("DELETE", url, **options)

    def close(self) -> None:
        """Nothing is open."""

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *args: Any) -> None:
        self.close()


session = Session
