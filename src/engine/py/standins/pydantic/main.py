"""BaseModel."""

import sys
import typing
from typing import Any, ClassVar

from pydantic_core import ValidationError

from ._scalars import LAX, STRICT, STRICT_JSON, LineError, fail, line
from ._schema import parse_json, validator_for
from .fields import MISSING, FieldInfo


class ModelMetaclass(type):
    """Collects the fields of a model when its class is made."""

    def __new__(
        mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **kwargs: Any
    ) -> Any:
        cls = super().__new__(mcs, name, bases, namespace)
        cls.model_config = {**getattr(cls, "model_config", {}), **kwargs}
        cls.__pydantic_fields__ = None
        return cls

    @property
    def model_fields(cls) -> dict[str, FieldInfo]:
        """The model's fields by name."""
        return {name: info for name, (info, _) in _fields(cls).items()}


def _fields(cls: Any) -> dict[str, tuple[FieldInfo, Any]]:
    """Each field with its description and validator, built on first use."""
    if cls.__dict__.get("__pydantic_fields__") is not None:
        return cls.__pydantic_fields__
    module = sys.modules.get(cls.__module__)
    hints = typing.get_type_hints(cls, vars(module) if module else None, include_extras=True)
    fields: dict[str, tuple[FieldInfo, Any]] = {}
    for name, hint in hints.items():
        if name.startswith("_") or name == "model_config" or typing.get_origin(hint) is ClassVar:
            continue
        default = getattr(cls, name, MISSING)
        info = default if isinstance(default, FieldInfo) else FieldInfo(default)
        for extra in (
            typing.get_args(hint)[1:] if typing.get_origin(hint) is typing.Annotated else ()
        ):
            if isinstance(extra, FieldInfo) and info.is_required():
                info.default, info.default_factory = extra.default, extra.default_factory
                info.alias = info.alias or extra.alias
        fields[name] = (info, info.wrap_validate(validator_for(hint)))
    cls.__pydantic_fields__ = fields
    return fields


def _special(cls: type, kind: str) -> list[Any]:
    found = {}
    for parent in reversed(cls.__mro__):
        found.update({n: v for n, v in vars(parent).items() if getattr(v, kind, False)})
    return list(found.values())


class BaseModel(metaclass=ModelMetaclass):
    """A model: declared fields, validated when it is made."""

    model_config: ClassVar[dict[str, Any]] = {}

    def __init__(self, /, **data: Any) -> None:
        try:
            values = _validate_fields(
                type(self), data, STRICT if self.model_config.get("strict") else LAX
            )
        except LineError as error:
            raise ValidationError(type(self).__name__, error.errors) from None
        self.__dict__.update(values)

    @classmethod
    def _validate(cls, value: Any, strict: int) -> Any:
        if isinstance(value, cls):
            return value
        for before in (v for v in _special(cls, "is_model_validator") if v.mode == "before"):
            value = before.function.__get__(None, cls)(value)
        if not isinstance(value, dict):
            fail(
                "model_type",
                f"Input should be a valid dictionary or instance of {cls.__name__}",
                value,
            )
        instance = cls.__new__(cls)
        instance.__dict__.update(_validate_fields(cls, value, strict))
        for after in (v for v in _special(cls, "is_model_validator") if v.mode == "after"):
            instance = after.function.__get__(instance, cls)()
        return instance

    @classmethod
    def model_validate(cls, value: Any, *, strict: bool | None = None, **options: Any) -> Any:
        """Makes a model from a dict."""
        try:
            return validator_for(cls)(value, STRICT if strict else LAX)
        except LineError as error:
            raise ValidationError(cls.__name__, error.errors) from None

    @classmethod
    def model_validate_json(
        cls, text: str | bytes, *, strict: bool | None = None, **options: Any
    ) -> Any:
        """Makes a model from JSON."""
        try:
            return validator_for(cls)(parse_json(text), STRICT_JSON if strict else LAX)
        except LineError as error:
            raise ValidationError(cls.__name__, error.errors) from None

    def model_dump(self, **options: Any) -> dict[str, Any]:
        """The model as a dict."""
        return {name: _dump(getattr(self, name)) for name in _fields(type(self))}

    def model_dump_json(self, **options: Any) -> str:
        """The model as JSON."""
        import json

        return json.dumps(self.model_dump(), default=str, separators=(",", ":"))

    def __eq__(self, other: Any) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in self.__dict__.items())})"

    def __str__(self) -> str:
        return " ".join(f"{name}={value!r}" for name, value in self.__dict__.items())


def _dump(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump()
    if isinstance(value, (list, tuple)):
        return [_dump(item) for item in value]
    return {k: _dump(v) for k, v in value.items()} if isinstance(value, dict) else value


def _validate_fields(cls: Any, data: dict[str, Any], strict: int) -> dict[str, Any]:
    errors: list[dict[str, Any]] = []
    values: dict[str, Any] = {}
    known = set()
    validators = _special(cls, "is_field_validator")
    generator = cls.model_config.get("alias_generator")
    for name, (info, validate) in _fields(cls).items():
        key = info.alias or (generator(name) if generator else name)
        if key not in data and cls.model_config.get("populate_by_name"):
            key = name
        known.add(key)
        if key not in data:
            if info.is_required():
                errors.append(line("missing", "Field required", data, loc=(key,)))
            else:
                values[name] = info.get_default()
            continue
        for extra in validators:
            if name in extra.fields or "*" in extra.fields:
                validate = extra.apply(cls, name, values, validate)
        try:
            values[name] = validate(data[key], strict)
        except LineError as error:
            errors.extend({**item, "loc": (key, *item["loc"])} for item in error.errors)
    if cls.model_config.get("extra") == "forbid":
        for key in data.keys() - known:
            errors.append(
                line("extra_forbidden", "Extra inputs are not permitted", data[key], loc=(key,))
            )
    elif cls.model_config.get("extra") == "allow":
        values.update({key: data[key] for key in data.keys() - known})
    if errors:
        raise LineError(errors)
    return values
