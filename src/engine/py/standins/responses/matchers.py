"""Stand-in for responses.matchers: what else a request must have."""

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

Matcher = Callable[[Any], tuple[bool, str]]


def query_param_matcher(params: Mapping[str, Any] | None, *, strict_match: bool = True) -> Matcher:
    """The parameters of the URL's query."""
    wanted = {name: str(value) for name, value in (params or {}).items()}
    return lambda request: _compare(dict(parse_qsl(urlsplit(request.url).query)), wanted, strict_match)


def urlencoded_params_matcher(params: Mapping[str, Any] | None) -> Matcher:
    """The fields of a form."""
    wanted = dict(params or {})
    return lambda request: _compare(dict(parse_qsl(_text(request.body))), wanted, strict=True)


def json_params_matcher(params: Any, *, strict_match: bool = True) -> Matcher:
    """The body as JSON."""
    return lambda request: _compare(_json(request.body), params, strict_match)


def header_matcher(headers: Mapping[str, str], strict_match: bool = False) -> Matcher:
    """Headers."""
    wanted = {name.lower(): value for name, value in headers.items()}

    def match(request: Any) -> tuple[bool, str]:
        found = {name.lower(): value for name, value in request.headers.items()}
        return _compare(found, wanted, strict_match)

    return match


def _compare(found: Any, wanted: Any, strict: bool) -> tuple[bool, str]:
    if not strict and isinstance(found, dict) and isinstance(wanted, dict):
        found = {name: value for name, value in found.items() if name in wanted}
    return found == wanted, f"{found} is not {wanted}"


def _json(body: Any) -> Any:
    try:
        return json.loads(_text(body))
    except ValueError:
        return None


def _text(body: Any) -> str:
    return body.decode("utf-8", "replace") if isinstance(body, bytes) else body or ""
