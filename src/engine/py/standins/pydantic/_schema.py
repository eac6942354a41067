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

from harness.json_text import check_surrogates, is_deeper_than

from . import _containers, _labels, _scalars
from ._containers import Validate
from ._scalars import LineError, fail

_cache: dict[Any, Validate] = {}


def validator_for(annotation: Any, bindings: dict[Any, Any] | None = None) -> Validate:
    """The validator of a type; raises TypeError for a type this stand-in does not know."""
    try:
        # Unions are equal in any order, in which they report errors.
        bound = tuple(sorted((str(k), id(v)) for k, v in (bindings or {}).items()))
        key = (annotation, repr(annotation), bound)
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
        parsed_as = getattr(annotation, "parsed_as", None)
        return validator_for(parsed_as) if parsed_as is not None else _build_class(annotation)
    raise TypeError(f"cannot validate the type {annotation!r}")


def _build_generic(annotation: Any, origin: Any, bindings: dict[Any, Any]) -> Validate:
    arguments = get_args(annotation)
    if origin is Annotated:
        return annotated(arguments[0], arguments[1:], bindings)
    if origin in (Union, types.UnionType):
        choices = _labels.choices_of(arguments)
        return _containers.union_of([(name, validator_for(one, bindings)) for name, one in choices])
    if origin is Literal:
        return _containers.literal_of(arguments)
    if origin in (
        list,
        set,
        frozenset,
        collections.abc.Sequence,
        collections.abc.Iterable,
        collections.abc.Collection,
    ):
        build = origin if origin in (set, frozenset) else list
        return _containers.sequence_of(validator_for(arguments[0], bindings), build)
    if origin in (dict, collections.abc.Mapping, collections.abc.MutableMapping):
        return _containers.mapping_of(
            *(validator_for(argument, bindings) for argument in arguments)
        )
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


def _tuple(arguments: tuple[Any, ...], bindings: dict[Any, Any]) -> Validate:
    parts = [validator_for(part, bindings) for part in arguments if part is not Ellipsis]
    if Ellipsis not in arguments:
        return _containers.tuple_of(parts)
    inner = _containers.sequence_of(parts[0], list)

    def validate(value: Any, strict: int) -> Any:
        if not isinstance(value, tuple if strict == _scalars.STRICT else (tuple, list)):
            fail("tuple_type", "Input should be a valid tuple", value)
        return tuple(inner(list(value), strict))

    return validate


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
        base = _containers.enum_of(cls)
    elif hasattr(cls, "__pydantic_fields__"):
        base = lambda value, strict: cls._validate(value, strict)  # noqa: E731
    elif typing.is_typeddict(cls):
        base = _containers.typed_dict_of(cls, _fields_of(cls))
    elif dataclasses.is_dataclass(cls):
        base = _containers.dataclass_of(cls, _fields_of(cls))
    else:
        base = _containers.instance_of(cls)
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


def _fields_of(cls: type) -> dict[str, Validate]:
    module = sys.modules.get(cls.__module__)
    hints = typing.get_type_hints(cls, vars(module) if module else None, include_extras=True)
    return {name: validator_for(hint) for name, hint in hints.items()}


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


_DEEPEST = 201


def parse_json(value: Any) -> Any:
    """Parses a JSON string as pydantic's Json does."""
    if not isinstance(value, (str, bytes, bytearray)):
        fail("json_type", "JSON input should be string, bytes or bytearray", value)
    try:
        text = value if isinstance(value, str) else value.decode("utf-8")
        if is_deeper_than(text, _DEEPEST):
            raise ValueError("recursion limit exceeded")
        parsed = json.loads(text)
        check_surrogates(text, parsed)
        return parsed
    except ValueError as error:
        fail("json_invalid", f"Invalid JSON: {error}", value, {"error": str(error)})
