"""Validation of containers and classes, from the validators of their parts."""

import dataclasses
from collections.abc import Callable
from typing import Any

from . import _scalars
from ._scalars import LineError, fail

Validate = Callable[[Any, bool], Any]


def union_of(choices: list[Validate]) -> Validate:
    """One of several types."""

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


def literal_of(allowed: tuple[Any, ...]) -> Validate:
    """One of several values."""

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


def sequence_of(item: Validate, build: type) -> Validate:
    """A list or set."""

    def validate(value: Any, strict: bool) -> Any:
        if not isinstance(value, build) and (
            strict or not isinstance(value, (list, tuple, set, frozenset))
        ):
            fail(f"{build.__name__}_type", f"Input should be a valid {build.__name__}", value)
        errors: list[dict[str, Any]] = []
        result = [_at(index, item, part, strict, errors) for index, part in enumerate(value)]
        return build(_done(result, errors))

    return validate


def mapping_of(key: Validate, item: Validate) -> Validate:
    """A dict."""

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


def tuple_of(parts: list[Validate]) -> Validate:
    """A tuple with a type for each place."""

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


def enum_of(cls: Any) -> Validate:
    """A member of an enumeration."""

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


def instance_of(cls: type) -> Validate:
    """An instance of a class."""

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


def typed_dict_of(cls: Any, fields: dict[str, Validate]) -> Validate:
    """A TypedDict."""
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


def dataclass_of(cls: Any, fields: dict[str, Validate]) -> Validate:
    """A dataclass."""

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
