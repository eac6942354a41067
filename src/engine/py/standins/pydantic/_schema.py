"""Turns a type annotation into a function that validates a value."""

import collections.abc
import dataclasses
import enum
import json
import sys
import types
import typing
from collections.abc import Callable
from typing import Annotated, Any, ForwardRef, Literal, TypeVar, Union, get_args, get_origin

from pydantic_core import PydanticCustomError, ValidationError

from . import _scalars
from ._scalars import LineError, fail

Validate = Callable[[Any, bool], Any]
_cache: dict[Any, Validate] = {}


def validator_for(annotation: Any, bindings: dict[Any, Any] | None = None) -> Validate:
    """The validator of a type; raises TypeError for a type this stand-in does not know."""
    try:
        key = (annotation, tuple(sorted((str(k), id(v)) for k, v in (bindings or {}).items())))
        hash(key)
    except TypeError:
        return _build(annotation, bindings or {})
    if key not in _cache:
        _cache[key] = _build(annotation, bindings or {})
    return _cache[key]


def _build(annotation: Any, bindings: dict[Any, Any]) -> Validate:
    if isinstance(annotation, TypeVar):
        return validator_for(bindings.get(annotation, annotation.__bound__ or Any))
    if annotation is None:
        annotation = type(None)
    if hasattr(typing, "TypeAliasType") and isinstance(annotation, typing.TypeAliasType):
        return validator_for(annotation.__value__, bindings)
    if isinstance(annotation, typing.NewType):
        return validator_for(annotation.__supertype__, bindings)
    if isinstance(annotation, (str, ForwardRef)):
        raise TypeError(f"cannot validate the unresolved type {annotation!r}")
    scalar = (
        _scalars.SCALARS.get(annotation)
        if isinstance(annotation, collections.abc.Hashable)
        else None
    )
    if scalar is not None:
        return scalar
    origin = get_origin(annotation)
    if origin is not None:
        return _build_generic(annotation, origin, bindings)
    if isinstance(annotation, type):
        return _build_class(annotation)
    raise TypeError(f"cannot validate the type {annotation!r}")


def _build_generic(annotation: Any, origin: Any, bindings: dict[Any, Any]) -> Validate:
    arguments = get_args(annotation)
    if origin is Annotated:
        return annotated(arguments[0], arguments[1:], bindings)
    if origin in (Union, types.UnionType):
        return _union([validator_for(argument, bindings) for argument in arguments])
    if origin is Literal:
        return _literal(arguments)
    if origin in (
        list,
        set,
        frozenset,
        collections.abc.Sequence,
        collections.abc.Iterable,
        collections.abc.Collection,
    ):
        build = origin if origin in (set, frozenset) else list
        return _sequence(validator_for(arguments[0], bindings), build)
    if origin in (dict, collections.abc.Mapping, collections.abc.MutableMapping):
        return _mapping(*(validator_for(argument, bindings) for argument in arguments))
    if origin is tuple:
        return _tuple(arguments, bindings)
    if origin in (typing.Required, typing.NotRequired, typing.ClassVar, typing.Final):
        return validator_for(arguments[0], bindings)
    if isinstance(origin, type):
        parameters = getattr(origin, "__parameters__", ())
        inner = {
            p: bindings.get(a, a) if isinstance(a, TypeVar) else a
            for p, a in zip(parameters, arguments, strict=False)
        }
        return _build_class(origin, inner)
    raise TypeError(f"cannot validate the type {annotation!r}")


def annotated(base: Any, metadata: Any, bindings: dict[Any, Any]) -> Validate:
    """The validator of a type with metadata, which is applied in order."""
    validate = validator_for(base, bindings)
    for item in metadata:
        wrap = getattr(item, "wrap_validate", None)
        if wrap is not None:
            validate = wrap(validate)
    return validate


def _build_class(cls: type, bindings: dict[Any, Any] | None = None) -> Validate:
    wrappers = [v for v in _model_validators(cls) if v.mode == "wrap"]
    if issubclass(cls, enum.Enum):
        base = _enum(cls)
    elif hasattr(cls, "__pydantic_fields__"):
        base = lambda value, strict: cls._validate(value, strict)  # noqa: E731
    elif typing.is_typeddict(cls):
        base = _typed_dict(cls)
    elif dataclasses.is_dataclass(cls):
        base = _dataclass(cls)
    else:
        base = _instance(cls)
    for wrapper in wrappers:
        base = wrapper.around(cls, base)
    return base


def _model_validators(cls: type) -> list[Any]:
    found: dict[str, Any] = {}
    for parent in reversed(cls.__mro__):
        for name, value in vars(parent).items():
            if getattr(value, "is_model_validator", False):
                found[name] = value
    return list(found.values())


def _union(choices: list[Validate]) -> Validate:
    def validate(value: Any, strict: bool) -> Any:
        errors: list[dict[str, Any]] = []
        # Like pydantic's smart mode: an exact match wins over a conversion.
        for mode in dict.fromkeys((True, strict)):
            errors = []
            for choice in choices:
                try:
                    return choice(value, mode)
                except LineError as error:
                    errors.extend(error.errors)
        without_none = [error for error in errors if error["type"] != "none_required"]
        raise LineError(without_none or errors)

    return validate


def _literal(allowed: tuple[Any, ...]) -> Validate:
    def validate(value: Any, strict: bool) -> Any:
        for option in allowed:
            if type(option) is type(value) and option == value:
                return option
        expected = ", ".join(map(repr, allowed))
        fail("literal_error", f"Input should be {expected}", value, {"expected": expected})

    return validate


def _at(
    location: Any, validate: Validate, value: Any, strict: bool, errors: list[dict[str, Any]]
) -> Any:
    """Validates one part of a container and collects its errors under its place."""
    try:
        return validate(value, strict)
    except LineError as error:
        errors.extend({**line, "loc": (location, *line["loc"])} for line in error.errors)
        return None


def _done(result: Any, errors: list[dict[str, Any]]) -> Any:
    if errors:
        raise LineError(errors)
    return result


def _sequence(item: Validate, build: type) -> Validate:
    def validate(value: Any, strict: bool) -> Any:
        if not isinstance(value, build) and (
            strict or not isinstance(value, (list, tuple, set, frozenset))
        ):
            fail(f"{build.__name__}_type", f"Input should be a valid {build.__name__}", value)
        errors: list[dict[str, Any]] = []
        result = [_at(index, item, part, strict, errors) for index, part in enumerate(value)]
        return build(_done(result, errors))

    return validate


def _mapping(key: Validate, item: Validate) -> Validate:
    def validate(value: Any, strict: bool) -> Any:
        if not isinstance(value, dict):
            fail("dict_type", "Input should be a valid dictionary", value)
        errors: list[dict[str, Any]] = []
        result = {
            _at(name, key, name, strict, errors): _at(name, item, part, strict, errors)
            for name, part in value.items()
        }
        return _done(result, errors)

    return validate


def _tuple(arguments: tuple[Any, ...], bindings: dict[Any, Any]) -> Validate:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        inner = _sequence(validator_for(arguments[0], bindings), list)
        return lambda value, strict: tuple(
            inner(list(value) if isinstance(value, tuple) else value, strict)
        )
    parts = [validator_for(argument, bindings) for argument in arguments]

    def validate(value: Any, strict: bool) -> Any:
        if not isinstance(value, (tuple, list)):
            fail("tuple_type", "Input should be a valid tuple", value)
        if len(value) != len(parts):
            fail(
                "too_long" if len(value) > len(parts) else "missing", "Wrong number of items", value
            )
        errors: list[dict[str, Any]] = []
        pairs = enumerate(zip(parts, value, strict=True))
        return tuple(
            _done([_at(i, part, item, strict, errors) for i, (part, item) in pairs], errors)
        )

    return validate


def _enum(cls: Any) -> Validate:
    def validate(value: Any, strict: bool) -> Any:
        if isinstance(value, cls):
            return value
        try:
            if not strict:
                return cls(value)
        except ValueError:
            pass
        fail("enum", f"Input should be a member of {cls.__name__}", value)

    return validate


def _instance(cls: type) -> Validate:
    def validate(value: Any, strict: bool) -> Any:
        if isinstance(value, cls):
            return value
        fail(
            "is_instance_of",
            f"Input should be an instance of {cls.__name__}",
            value,
            {"class": cls.__name__},
        )

    return validate


def _fields_of(cls: type) -> dict[str, Validate]:
    module = sys.modules.get(cls.__module__)
    hints = typing.get_type_hints(cls, vars(module) if module else None, include_extras=True)
    return {name: validator_for(hint) for name, hint in hints.items()}


def _typed_dict(cls: Any) -> Validate:
    fields = _fields_of(cls)
    forbid = getattr(cls, "__pydantic_config__", {}).get("extra") == "forbid"

    def validate(value: Any, strict: bool) -> Any:
        if not isinstance(value, dict):
            fail("dict_type", "Input should be a valid dictionary", value)
        errors: list[dict[str, Any]] = []
        result = {}
        for name, check in fields.items():
            if name in value:
                result[name] = _at(name, check, value[name], strict, errors)
            elif name in cls.__required_keys__:
                errors.append(
                    {"type": "missing", "loc": (name,), "msg": "Field required", "input": value}
                )
        for name in value.keys() - fields.keys() if forbid else ():
            errors.append(
                _scalars.line(
                    "extra_forbidden", "Extra inputs are not permitted", value[name], loc=(name,)
                )
            )
        return _done(result, errors)

    return validate


def _dataclass(cls: Any) -> Validate:
    fields = _fields_of(cls)

    def validate(value: Any, strict: bool) -> Any:
        if isinstance(value, cls):
            return value
        if not isinstance(value, dict):
            fail(
                "dataclass_type",
                f"Input should be a dictionary or an instance of {cls.__name__}",
                value,
            )
        errors: list[dict[str, Any]] = []
        known = {f.name: f for f in dataclasses.fields(cls) if f.init}
        arguments = {}
        for name, field in known.items():
            if name in value:
                arguments[name] = _at(name, fields[name], value[name], strict, errors)
            elif (
                field.default is dataclasses.MISSING
                and field.default_factory is dataclasses.MISSING
            ):
                errors.append(
                    {"type": "missing", "loc": (name,), "msg": "Field required", "input": value}
                )
        for name in value.keys() - known.keys():
            errors.append(
                _scalars.line(
                    "unexpected_keyword_argument",
                    "Unexpected keyword argument",
                    value[name],
                    loc=(name,),
                )
            )
        return cls(**_done(arguments, errors))

    return validate


def call(function: Callable[..., Any], *arguments: Any) -> Any:
    """Calls an author's validator; its ValueError or AssertionError becomes a validation error."""
    try:
        return function(*arguments)
    except (LineError, ValidationError) as error:
        raise error if isinstance(error, LineError) else LineError(error.errors()) from None
    except PydanticCustomError as error:
        raise LineError([_scalars.line(error.type, error.message(), None, error.context)]) from None
    except AssertionError as error:
        raise LineError(
            [_scalars.line("assertion_error", f"Assertion failed, {error}", None, {"error": error})]
        ) from None
    except ValueError as error:
        raise LineError(
            [_scalars.line("value_error", f"Value error, {error}", None, {"error": error})]
        ) from None


def parse_json(value: Any) -> Any:
    """Parses a JSON string as pydantic's Json does."""
    if not isinstance(value, (str, bytes, bytearray)):
        fail("json_type", "JSON input should be string, bytes or bytearray", value)
    try:
        return json.loads(value)
    except ValueError as error:
        fail("json_invalid", f"Invalid JSON: {error}", value, {"error": str(error)})
