"""Views that say in their signature what they take from the request.

Each keyword-only parameter of a view becomes a parameter of the request, checked against its
annotation:

    @webhook_view("Harbour")
    @typed_endpoint
    def api_harbour_webhook(
        request: HttpRequest,
        user_profile: UserProfile,
        *,
        payload: JsonBodyPayload[WildValue],    # the body, as JSON
        stream: str | None = None,              # ?stream=..., optional
        limit: Json[int] = 10,                  # ?limit=20
    ) -> HttpResponse: ...

A parameter comes from the form when it is there, else from the query string. What is missing or
of the wrong type is answered with status 400 before the view runs.
"""

import inspect
import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from functools import wraps
from typing import (
    Annotated,
    Any,
    Concatenate,
    ParamSpec,
    TypeAlias,
    TypeVar,
    get_args,
    get_origin,
    get_type_hints,
)

from django.http import HttpRequest
from django.utils.translation import gettext as _
from pydantic import Json, StringConstraints, TypeAdapter, ValidationError

from zerver.lib.exceptions import ApiParamValidationError, JsonableError
from zerver.lib.request import (
    RequestConfusingParamsError,
    RequestNotes,
    RequestVariableMissingError,
)

T = TypeVar("T")
ParamT = ParamSpec("ParamT")
ReturnT = TypeVar("ReturnT")


class DocumentationStatus(Enum):
    """Whether Connect's API documentation must mention a parameter."""

    DOCUMENTED = auto()
    INTENTIONALLY_UNDOCUMENTED = auto()
    DOCUMENTATION_PENDING = auto()


DOCUMENTED = DocumentationStatus.DOCUMENTED
INTENTIONALLY_UNDOCUMENTED = DocumentationStatus.INTENTIONALLY_UNDOCUMENTED
DOCUMENTATION_PENDING = DocumentationStatus.DOCUMENTATION_PENDING


@dataclass(frozen=True)
class ApiParamConfig:
    """Where a parameter comes from, inside `Annotated[type, ApiParamConfig(...)]`.

    whence: its name in the request, when that is not the name in Python.
    path_only: it is part of the URL's path, and passed by the URL's pattern.
    argument_type_is_body: it is the whole body of the request.
    documentation_status: whether the API documentation must mention it.
    aliases: other names it may have in the request.
    """

    whence: str | None = None
    path_only: bool = False
    argument_type_is_body: bool = False
    documentation_status: DocumentationStatus = DOCUMENTED
    aliases: tuple[str, ...] = ()


# The body of the request, which must be JSON: `payload: JsonBodyPayload[WildValue]`.
JsonBodyPayload: TypeAlias = Annotated[Json[T], ApiParamConfig(argument_type_is_body=True)]
# A part of the URL's path.
PathOnly: TypeAlias = Annotated[T, ApiParamConfig(path_only=True)]
# The topic that whoever made the URL chose for all messages.
OptionalTopic: TypeAlias = Annotated[
    str | None,
    StringConstraints(strip_whitespace=True),
    ApiParamConfig(whence="topic", aliases=("subject",)),
]


def RequiredStringConstraint() -> StringConstraints:
    """For `Annotated[str, RequiredStringConstraint()]`: a string that is not blank."""
    return StringConstraints(strip_whitespace=True, min_length=1)


@dataclass(frozen=True)
class _Parameter:
    name: str
    config: ApiParamConfig
    required: bool
    adapter: TypeAdapter[Any]

    @property
    def request_names(self) -> list[str]:
        return [self.config.whence or self.name, *self.config.aliases]

    @property
    def shown_name(self) -> str:
        return "request" if self.config.argument_type_is_body else self.request_names[0]


def _parameters_of(view_func: Callable[..., object]) -> list[_Parameter]:
    hints = get_type_hints(view_func, include_extras=True)
    signature = inspect.signature(view_func)
    for name in signature.parameters:
        assert name in hints, f"{view_func.__name__}: {name} has no type"
    return [
        _Parameter(
            name=name,
            config=_config_of(name, hints[name]),
            required=parameter.default is inspect.Parameter.empty,
            adapter=TypeAdapter(hints[name]),
        )
        for name, parameter in signature.parameters.items()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY
    ]


def _config_of(name: str, annotation: object) -> ApiParamConfig:
    if get_origin(annotation) is Annotated:
        for metadata in get_args(annotation)[1:]:
            if isinstance(metadata, ApiParamConfig):
                return metadata
    elif ApiParamConfig.__name__ in str(annotation):
        # Inside `X | None` it would be ignored without a word.
        raise AssertionError(
            f"{name}: write Annotated[X | None, ApiParamConfig(...)],"
            " with Annotated as the outermost type"
        )
    return ApiParamConfig()


_MISSING = object()


def _find_value(request: HttpRequest, parameter: _Parameter) -> object:
    if parameter.config.argument_type_is_body:
        try:
            return request.body.decode(request.encoding or "utf-8")
        except UnicodeDecodeError:
            raise JsonableError(_("Malformed payload"))

    value: object = _MISSING
    found_as = ""
    for name in parameter.request_names:
        source = request.POST if name in request.POST else request.GET
        if name not in source:
            continue
        if found_as:
            raise RequestConfusingParamsError(found_as, name)
        value, found_as = source[name], name
    if not found_as and parameter.required:
        raise RequestVariableMissingError(parameter.shown_name)
    return value


# What the sender is told, and for which of pydantic's kinds of error. Of several errors in one
# value, the sender is told the first.
_KINDS_BY_MESSAGE = {
    _("{var_name} is not a boolean"): ("bool_type", "bool_parsing"),
    _("{var_name} is not a date"): ("datetime_type", "datetime_parsing"),
    _("{var_name} is not a dict"): ("dict_type",),
    _("{var_name} is not a float"): ("float_type", "float_parsing"),
    _("{var_name} is not an integer"): ("int_type", "int_parsing"),
    _("{var_name} is not a list"): ("list_type",),
    _("{var_name} is not a string"): ("string_type",),
    _("{var_name} is not valid JSON"): ("json_type", "json_invalid"),
    _("{var_name} is too large"): ("less_than", "less_than_equal"),
    _("{var_name} is too small"): ("greater_than", "greater_than_equal"),
    _("{var_name} is too long (limit: {max_length} characters)"): ("string_too_long",),
    _("{var_name} is too short."): ("string_too_short",),
    _("{var_name} has invalid format"): ("string_pattern_mismatch",),
    _("{var_name} field is missing: {msg}"): ("missing",),
    _("Invalid {var_name}"): ("enum", "literal_error"),
    _("Invalid {var_name}: {msg}"): ("value_error", "model_type"),
    _('Argument "{argument}" at {var_name} is unexpected'): (
        "extra_forbidden",
        "unexpected_keyword_argument",
    ),
}
_MESSAGES = {kind: message for message, kinds in _KINDS_BY_MESSAGE.items() for kind in kinds}


def _parse(parameter: _Parameter, value: object) -> object:
    try:
        return parameter.adapter.validate_python(value, strict=True)
    except ValidationError as found:
        error = found.errors()[0]
        kind, context = error["type"], error.get("ctx", {})
        if kind == "json_invalid" and parameter.config.argument_type_is_body:
            template = _("Malformed JSON")
        elif kind == "string_too_short" and context.get("min_length") == 1:
            template = _("{var_name} cannot be blank")
        else:
            template = _MESSAGES[kind]
        path = "".join(f"[{json.dumps(step)}]" for step in error["loc"])
        values = {
            **context,
            "msg": error["msg"],
            "argument": error["loc"][-1] if error["loc"] else "",
            "var_name": parameter.shown_name + path,
        }
        raise ApiParamValidationError(template.format(**values), kind)


def typed_endpoint(
    view_func: Callable[Concatenate[HttpRequest, ParamT], ReturnT],
) -> Callable[Concatenate[HttpRequest, ParamT], ReturnT]:
    """Fill the keyword-only parameters of a view from the request.

    A parameter that the caller passes itself is left alone, so helpers such as
    `check_send_webhook_message` can read the request and still be called with arguments.
    """
    parameters = _parameters_of(view_func)
    assert parameters, (
        f"{view_func.__name__} has no keyword-only parameter: put `*,` before what comes from the"
        " request, or use typed_endpoint_without_parameters"
    )

    @wraps(view_func)
    def wrapped(request: HttpRequest, /, *args: ParamT.args, **kwargs: ParamT.kwargs) -> ReturnT:
        notes = RequestNotes.get_notes(request)
        for parameter in parameters:
            if parameter.name in kwargs or parameter.config.path_only:
                continue
            value = _find_value(request, parameter)
            if value is not _MISSING:
                notes.processed_parameters.add(parameter.shown_name)
                kwargs[parameter.name] = _parse(parameter, value)
        return view_func(request, *args, **kwargs)

    return wrapped


def typed_endpoint_without_parameters(
    view_func: Callable[Concatenate[HttpRequest, ParamT], ReturnT],
) -> Callable[Concatenate[HttpRequest, ParamT], ReturnT]:
    """Say that a view takes nothing from the request."""
    assert not _parameters_of(view_func), f"{view_func.__name__} has keyword-only parameters"
    return view_func
