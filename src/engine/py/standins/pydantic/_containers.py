"""Validation of containers and classes, from the validators of their parts."""

import dataclasses
from collections.abc import Callable
from typing import Any

from . import _scalars
from ._scalars import LAX, STRICT, LineError, fail, fail_instance

Validate = Callable[[Any, int], Any]


def union_of(choices: list[tuple[str, Validate]]) -> Validate:
    """One of several types, each with its name in the place of an error; `""` if there is one but None."""

    def validate(value: Any, strict: int) -> Any:
        errors: list[dict[str, Any]] = []
        # Like pydantic's smart mode: an exact match wins over a conversion.
        for mode in dict.fromkeys((strict or STRICT, strict)):
            errors = []
            for name, choice in choices:
                try:
                    return choice(value, mode)
                except LineError as error:
                    place = (name,) if name else ()
                    errors.extend({**one, "loc": (*place, *one["loc"])} for one in error.errors)
        without_none = [error for error in errors if error["type"] != "none_required"]
        raise LineError(without_none or errors)

    return validate


def literal_of(allowed: tuple[Any, ...]) -> Validate:
    """One of several values."""

    *others, last = map(repr, allowed)
    expected = f"{', '.join(others)} or {last}" if others else last

    def validate(value: Any, strict: int) -> Any:
        for option in allowed:
            if type(option) is type(value) and option == value:
                return option
        fail("literal_error", f"Input should be {expected}", value, {"expected": expected})

    return validate


def _at(
    location: Any, validate: Validate, value: Any, strict: int, errors: list[dict[str, Any]]
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

    def validate(value: Any, strict: int) -> Any:
        lists = {LAX: (list, tuple, set, frozenset), STRICT: build}.get(strict, (build, list))
        if not isinstance(value, lists):
            kind = "frozen_set_type" if build is frozenset else f"{build.__name__}_type"
            fail(kind, f"Input should be a valid {build.__name__}", value)
        errors: list[dict[str, Any]] = []
        result = [_at(index, item, part, strict, errors) for index, part in enumerate(value)]
        return build(_done(result, errors))

    return validate


def mapping_of(key: Validate, item: Validate) -> Validate:
    """A dict."""

    def validate(value: Any, strict: int) -> Any:
        if not isinstance(value, dict):
            fail("dict_type", "Input should be a valid dictionary", value)
        errors: list[dict[str, Any]] = []
        result = {
            _key_of(name, key, strict, errors): _at(name, item, part, strict, errors)
            for name, part in value.items()
        }
        return _done(result, errors)

    return validate


def _key_of(name: Any, validate: Validate, strict: int, errors: list[dict[str, Any]]) -> Any:
    wrong: list[dict[str, Any]] = []
    key = _at("[key]", validate, name, strict, wrong)
    errors.extend({**one, "loc": (name, *one["loc"])} for one in wrong)
    return name if wrong else key


def tuple_of(parts: list[Validate]) -> Validate:
    """A tuple with a type for each place."""

    def validate(value: Any, strict: int) -> Any:
        if not isinstance(value, tuple if strict == STRICT else (tuple, list)):
            fail("tuple_type", "Input should be a valid tuple", value)
        if len(value) > len(parts):
            counts = {"max_length": len(parts), "actual_length": len(value)}
            fail(
                "too_long",
                f"Tuple should have at most {_items(len(parts))} after validation, not {len(value)}",
                value,
                {"field_type": "Tuple", **counts},
            )
        errors: list[dict[str, Any]] = []
        pairs = enumerate(zip(parts, value, strict=False))
        result = tuple([_at(i, part, item, strict, errors) for i, (part, item) in pairs])
        for index in range(len(value), len(parts)):
            errors.append(_scalars.line("missing", "Field required", value, loc=(index,)))
        return _done(result, errors)

    return validate


def _items(count: int) -> str:
    return f"{count} item" if count == 1 else f"{count} items"


def enum_of(cls: Any) -> Validate:
    """A member of an enumeration."""

    def validate(value: Any, strict: int) -> Any:
        if isinstance(value, cls):
            return value
        if strict == STRICT:
            fail_instance(cls, value)
        try:
            return cls(value)
        except ValueError:
            *others, last = (repr(member.value) for member in cls)
            expected = f"{', '.join(others)} or {last}" if others else last
            fail("enum", f"Input should be {expected}", value, {"expected": expected})

    return validate


def instance_of(cls: type) -> Validate:
    """An instance of a class."""

    def validate(value: Any, strict: int) -> Any:
        if isinstance(value, cls):
            return value
        fail_instance(cls, value)

    return validate


def typed_dict_of(cls: Any, fields: dict[str, Validate]) -> Validate:
    """A TypedDict."""
    forbid = getattr(cls, "__pydantic_config__", {}).get("extra") == "forbid"

    def validate(value: Any, strict: int) -> Any:
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

    def validate(value: Any, strict: int) -> Any:
        if isinstance(value, cls):
            return value
        if strict == STRICT:
            name = cls.__name__
            message = f"Input should be an instance of {name}"
            fail("dataclass_exact_type", message, value, {"class_name": name})
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
