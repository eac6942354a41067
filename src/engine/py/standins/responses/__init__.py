"""Stand-in for responses: a test registers answers, requests get them, and all others are refused."""

import functools
import json
import re
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from requests import adapters, exceptions, models

from . import matchers

GET, POST, PUT, PATCH = "GET", "POST", "PUT", "PATCH"
DELETE, HEAD, OPTIONS = "DELETE", "HEAD", "OPTIONS"


class Call(NamedTuple):
    """A request, and what it was answered with."""

    request: Any
    response: Any


class CallList(list[Call]):
    """What was asked."""

    def reset(self) -> None:
        """Forgets it."""
        self.clear()


class BaseResponse:
    """What is answered to requests for a method and a URL."""

    def __init__(self, method: str, url: Any, match: Any = (), **options: Any) -> None:
        self.method, self.url, self.match = method, url, tuple(match)
        self.call_count = 0

    def fits(self, request: Any) -> bool:
        """Whether a request is one of these."""
        if request.method != self.method or not _same_url(self.url, request.url):
            return False
        return all(matcher(request)[0] for matcher in self.match)

    def answer(self, request: Any) -> Any:
        """The response."""
        raise NotImplementedError


def _same_url(wanted: Any, url: str) -> bool:
    if isinstance(wanted, re.Pattern):
        return wanted.match(url) is not None
    mine, theirs = urlsplit(wanted), urlsplit(url)
    same_query = not mine.query or mine.query == theirs.query
    return same_query and (*mine[:2], mine.path or "/") == (*theirs[:2], theirs.path or "/")


class Response(BaseResponse):
    """A fixed answer; its body may be an exception, which is raised."""

    def __init__(
        self,
        method: str,
        url: Any,
        body: Any = "",
        json: Any = None,
        status: int = 200,
        headers: Any = None,
        content_type: str | None = None,
        **options: Any,
    ) -> None:
        super().__init__(method, url, **options)
        self.body, self.status = _body(body, json), status
        kind = "text/plain" if json is None else "application/json"
        self.headers = {"Content-Type": content_type or kind, **(headers or {})}

    def answer(self, request: Any) -> Any:
        if isinstance(self.body, Exception):
            raise self.body
        return models.Response.made(request, self.status, self.body, self.headers)


class CallbackResponse(BaseResponse):
    """An answer that a function makes: status, headers and body."""

    def __init__(
        self, method: str, url: Any, callback: Any, content_type: str | None = "text/plain", **options: Any
    ) -> None:
        super().__init__(method, url, **options)
        self.callback, self.content_type = callback, content_type

    def answer(self, request: Any) -> Any:
        made = self.callback(request)
        if isinstance(made, Exception):
            raise made
        status, headers, body = made
        kind = {"Content-Type": self.content_type} if self.content_type else {}
        return models.Response.made(request, status, _body(body, None), {**kind, **dict(headers)})


def _body(body: Any, document: Any) -> Any:
    if document is not None:
        return json.dumps(document).encode()
    return body.encode() if isinstance(body, str) else body


class RequestsMock:
    """Some answers, and what was asked while they were given."""

    DELETE, GET, HEAD, OPTIONS = DELETE, GET, HEAD, OPTIONS
    PATCH, POST, PUT = PATCH, POST, PUT
    Response, CallbackResponse = Response, CallbackResponse

    def __init__(self, assert_all_requests_are_fired: bool = True, **options: Any) -> None:
        self.assert_all_requests_are_fired = assert_all_requests_are_fired
        self.reset()

    def reset(self) -> None:
        """Forgets answers and calls."""
        self.registered: list[BaseResponse] = []
        self.calls = CallList()

    def add(self, method: Any, url: Any = None, body: Any = "", **options: Any) -> Any:
        """Registers an answer."""
        ready = isinstance(method, BaseResponse)
        response = method if ready else Response(method, url, body, **options)
        self.registered.append(response)
        return response

    def add_callback(self, method: str, url: Any, callback: Any, **options: Any) -> None:
        """Registers a function that answers."""
        self.registered.append(CallbackResponse(method, url, callback, **options))

    def replace(self, method: Any, url: Any = None, body: Any = "", **options: Any) -> Any:
        """Registers an answer in place of the one for that method and URL."""
        self.remove(method, url)
        return self.add(method, url, body, **options)

    def remove(self, method: Any, url: Any = None) -> None:
        """Forgets the answer for a method and URL."""
        if isinstance(method, BaseResponse):
            method, url = method.method, method.url
        self.registered = [r for r in self.registered if (r.method, r.url) != (method, url)]

    def assert_call_count(self, url: str, count: int) -> bool:
        """Fails unless a URL was asked for so many times."""
        asked = sum(1 for call in self.calls if _same_url(url, call.request.url))
        assert asked == count, f"Expected URL '{url}' to be called {count} times. Called {asked} times."
        return True

    def _answer(self, request: Any) -> Any:
        fitting = [response for response in self.registered if response.fits(request)]
        if not fitting:
            raise exceptions.ConnectionError(
                f"Connection refused by Responses - the call doesn't match any registered mock: "
                f"{request.method} {request.url}",
                request=request,
            )
        first = fitting[0]
        if len(fitting) > 1:  # each is given once, and the last one from then on
            self.registered.remove(first)
        first.call_count += 1
        try:
            response = first.answer(request)
        except Exception as error:
            self.calls.append(Call(request, error))
            raise
        self.calls.append(Call(request, response))
        return response

    def start(self) -> None:
        """From now on requests are answered here."""
        adapters.answerers.append(self._answer)

    def stop(self, allow_assert: bool = True) -> None:
        """Answers no more."""
        adapters.answerers[:] = [other for other in adapters.answerers if other != self._answer]
        unused = [r for r in self.registered if r.call_count == 0]
        if allow_assert and self.assert_all_requests_are_fired and unused:
            raise AssertionError(
                f"Not all requests have been executed {[(r.method, r.url) for r in unused]!r}"
            )

    def __enter__(self) -> "RequestsMock":
        self.start()
        return self

    def __exit__(self, kind: Any, *args: Any) -> None:
        self.stop(allow_assert=kind is None)
        self.reset()

    def activate(self, function: Any = None, **options: Any) -> Any:
        """A decorator: answers while a function runs."""
        if function is None:
            return self.activate

        @functools.wraps(function)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            with self:
                return function(*args, **kwargs)

        return wrapper


def _for_method(method: str) -> Callable[..., Any]:
    return lambda self, url, body="", **options: self.add(method, url, body, **options)


for _method in (GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS):
    setattr(RequestsMock, _method.lower(), _for_method(_method))

# The one that the module's own functions speak of. It does not ask that everything is used.
mock = RequestsMock(assert_all_requests_are_fired=False)


def __getattr__(name: str) -> Any:
    """The default's methods and what was asked of it are names of this module."""
    return getattr(mock, name)


__all__ = ["CallbackResponse", "RequestsMock", "Response", "matchers", "mock"]
