"""Routes of the checkout's registry, and the dispatcher that stands for the middleware."""

import importlib
import logging
import re
from typing import Any

REGISTRY = "zerver.lib.integrations"


class LazyView:
    """A view named in the registry; its module is imported when it is first needed."""

    def __init__(self, dotted_path: str) -> None:
        self.dotted_path = dotted_path

    def resolve(self) -> Any:
        """The view itself."""
        module, _, name = self.dotted_path.rpartition(".")
        return getattr(importlib.import_module(module), name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.resolve()(*args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.resolve(), name)


class Route:
    """A path and the view that serves it."""

    def __init__(
        self, route: str, view: Any, kwargs: dict[str, Any] | None = None, name: str | None = None
    ) -> None:
        self.route = route
        self.func = self.callback = view
        self.kwargs = kwargs or {}
        self.name = name
        self.path = route.lstrip("/")

    def fits(self, path: str) -> bool:
        """Whether it serves a path, which has no slash at its beginning."""
        return path == self.path


class RegexRoute(Route):
    """A regular expression and the view that serves the paths in which it is found."""

    def fits(self, path: str) -> bool:
        return re.search(self.route, path) is not None


# What views raised that was answered. Whoever reads that a test got a 500 wants to know why.
answered: list[Exception] = []

_routes: list[Route] | None = None
_by_name: dict[str, Any] = {}


def _load() -> list[Route]:
    global _routes
    if _routes is None:
        registry = importlib.import_module(REGISTRY)
        routes: list[Route] = []
        for value in list(vars(registry).values()):
            for entry in value if isinstance(value, list) else ():
                if hasattr(type(entry), "url_object") or (
                    hasattr(entry, "function") and hasattr(entry, "url")
                ):
                    routes.append(_route_of(entry))
                    _by_name.setdefault(entry.name, entry)
        _routes = routes
    return _routes


def forget() -> None:
    """Lets the registry be read anew."""
    global _routes
    _routes = None
    _by_name.clear()


def _route_of(entry: Any) -> Route:
    stated = getattr(entry, "url_object", None)
    if isinstance(stated, Route):
        return stated
    view = entry.function
    return Route(entry.url, LazyView(view) if isinstance(view, str) else view)


def find_integration(name: str) -> Any:
    """The registry's entry of an incoming webhook, or None."""
    _load()
    return _by_name.get(name)


def integrations() -> list[Any]:
    """The registry's entries of incoming webhooks."""
    _load()
    return list(_by_name.values())


def view_of(entry: Any) -> Any:
    """The view of an integration. Newer registries load it when it is first asked for."""
    load = getattr(entry, "get_function", None)
    return load() if callable(load) else _route_of(entry).func


def url_of(name: str) -> str | None:
    """The path of an integration's URL, without the leading slash."""
    entry = find_integration(name)
    return None if entry is None else entry.url.lstrip("/")


def resolve_path(path: str) -> Route | None:
    """The route that serves a path. One with a slash at its end is another path."""
    path = path.removeprefix("/")
    return next((route for route in _load() if route.fits(path)), None)


def dispatch(request: Any) -> Any:
    """Runs the view for a request.

    A JsonableError becomes its status and JSON, as the middleware does; any other exception
    reaches the caller, as it does in the server's tests.
    """
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpResponseNotFound

    request.user = AnonymousUser()
    route = resolve_path(request.path)
    if route is None:
        return HttpResponseNotFound(b"Not Found")
    exceptions = importlib.import_module("zerver.lib.exceptions")
    responses = importlib.import_module("zerver.lib.response")
    try:
        response = route.func(request, **route.kwargs)
    except exceptions.JsonableError as error:
        response = responses.json_response_from_error(error)
    # A server reads it here as well: what cannot be written as JSON is an error of the view.
    _ = response.content
    if request.method == "HEAD":
        response.content = b""
    return response


def dispatch_for_test(request: Any) -> Any:
    """The same as a test sees it: in trees before August 2022 an exception is answered and logged."""
    try:
        response = dispatch(request)
    except Exception as error:
        response = _answer_to(error, request) or _refusal_of(error)
        if response is None:
            raise
        answered.append(error)
    if response.status_code >= 400:
        log = logging.getLogger("django.request")
        level = logging.ERROR if response.status_code >= 500 else logging.WARNING
        log.log(level, "%s: %s", response.reason_phrase, request.path)
    return response


def _answer_to(error: Exception, request: Any) -> Any:
    """What the tree's own error handler answers; None where it leaves the error to the test."""
    try:
        middleware = importlib.import_module("zerver.middleware")
        middleware.TagRequests.process_request(None, request)
        return middleware.JsonErrorHandler.process_exception(None, request, error)
    except Exception:  # a tree without such a handler, or one that needs more of a server
        return None


def _refusal_of(error: Exception) -> Any:
    """What Django itself answers to a request that it takes for a wrong one; None for other errors."""
    from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
    from django.http import Http404, HttpResponse
    from django.http.multipartparser import MultiPartParserError

    for kinds, status, text in (
        (Http404, 404, "Not Found"),
        (PermissionDenied, 403, "403 Forbidden"),
        ((MultiPartParserError, BadRequest, SuspiciousOperation), 400, "Bad Request (400)"),
    ):
        if isinstance(error, kinds):
            return HttpResponse(text, status=status)
    return None
