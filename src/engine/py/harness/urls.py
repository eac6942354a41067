"""Routes of the checkout's registry, and the dispatcher that stands for the middleware."""

import importlib
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


_routes: dict[str, Route] | None = None
_by_name: dict[str, Any] = {}


def _load() -> dict[str, Route]:
    global _routes
    if _routes is None:
        registry = importlib.import_module(REGISTRY)
        routes: dict[str, Route] = {}
        for value in list(vars(registry).values()):
            for entry in value if isinstance(value, list) else ():
                if hasattr(type(entry), "url_object") or (
                    hasattr(entry, "function") and hasattr(entry, "url")
                ):
                    route = _route_of(entry)
                    routes.setdefault(route.route.lstrip("/"), route)
                    _by_name.setdefault(entry.name, entry)
        _routes = routes
    return _routes


def forget() -> None:
    """Lets the registry be read anew."""
    global _routes
    _routes = None
    _by_name.clear()


def _route_of(entry: Any) -> Route:
    view = getattr(entry, "function", None)
    if view is None:
        return entry.url_object
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
    return None if entry is None else _route_of(entry).route.lstrip("/")


def resolve_path(path: str) -> Route | None:
    """The route that serves a path. One with a slash at its end is another path."""
    return _load().get(path.removeprefix("/"))


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
    if request.method == "HEAD":
        response.content = b""
    return response
