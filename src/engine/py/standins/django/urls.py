"""Stand-in for django.urls: routes are plain pairs, resolved by harness/urls.py."""

from typing import Any

from harness.placeholder import Unavailable
from harness.urls import RegexRoute, Route, resolve_path


class URLPattern(Route):
    """One route."""


URLResolver = URLPattern


class NoReverseMatch(Exception):
    """No route has that name."""


class Resolver404(Exception):
    """No route matches."""


def path(
    route: str, view: Any, kwargs: dict[str, Any] | None = None, name: str | None = None
) -> URLPattern:
    """A route to a view."""
    return URLPattern(route, view, kwargs, name)


class RegexURLPattern(RegexRoute, URLPattern):
    """One route that a regular expression states."""


def re_path(
    route: str, view: Any, kwargs: dict[str, Any] | None = None, name: str | None = None
) -> URLPattern:
    """A route to a view, for all paths in which a regular expression is found."""
    return RegexURLPattern(route, view, kwargs, name)


def include(*args: Any, **kwargs: Any) -> Any:
    """Other routes are not served here."""
    raise Unavailable("django.urls.include")


def resolve(path: str, urlconf: Any = None) -> Any:
    """The route that serves a path."""
    match = resolve_path(path)
    if match is None:
        raise Resolver404(path)
    return match


def reverse(*args: Any, **kwargs: Any) -> str:
    """Routes have no names here."""
    raise Unavailable("django.urls.reverse")


reverse_lazy = reverse
