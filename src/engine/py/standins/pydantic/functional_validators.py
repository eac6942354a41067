"""Validators that authors attach to types, fields and models."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from ._scalars import LineError
from ._schema import Validate, call

T = TypeVar("T")


class ModelWrapValidatorHandler(Generic[T]):
    """The type of the handler that a wrap validator is given."""


class ValidatorFunctionWrapHandler:
    """The type of the handler that a wrap validator is given."""


class ValidationInfo:
    """What a validator is told about the validation it takes part in."""

    def __init__(self, data: dict[str, Any] | None = None, field_name: str | None = None) -> None:
        self.context = None
        self.config = None
        self.mode = "python"
        self.data = data or {}
        self.field_name = field_name


def _invoke(function: Callable[..., Any], count: int, *arguments: Any) -> Any:
    """Calls a validator with the ValidationInfo only if it takes one."""
    takes = getattr(function, "__code__", None)
    wants_info = takes is None or takes.co_argcount > count or bool(takes.co_flags & 4)
    extra = (ValidationInfo(),) if takes is not None and wants_info else ()
    return call(function, *arguments, *extra)


class AfterValidator:
    """Runs after the type's own validation."""

    name = "function-after"

    def __init__(self, func: Callable[..., Any]) -> None:
        self.func = func

    def label_around(self, label: str) -> str:
        """The name of a type with this validator."""
        called = f"{getattr(self.func, '__name__', self.func)}()"
        inside = called if self.name == "function-plain" else f"{called}, {label}"
        return f"{self.name}[{inside}]"

    def wrap_validate(self, inner: Validate) -> Validate:
        """Adds this validator around `inner`."""
        return lambda value, strict: _invoke(self.func, 1, inner(value, strict))


class BeforeValidator(AfterValidator):
    """Runs before the type's own validation."""

    name = "function-before"

    def wrap_validate(self, inner: Validate) -> Validate:
        """Adds this validator around `inner`."""
        return lambda value, strict: inner(_invoke(self.func, 1, value), strict)


class PlainValidator(AfterValidator):
    """Runs instead of the type's own validation."""

    name = "function-plain"

    def wrap_validate(self, inner: Validate) -> Validate:
        """Replaces `inner`."""
        return lambda value, strict: _invoke(self.func, 1, value)


class WrapValidator(AfterValidator):
    """Runs around the type's own validation."""

    name = "function-wrap"

    def wrap_validate(self, inner: Validate) -> Validate:
        """Adds this validator around `inner`."""
        return lambda value, strict: _invoke(self.func, 2, value, lambda item: inner(item, strict))


class ModelValidator:
    """A method that validates a whole model; made by `model_validator`."""

    is_model_validator = True

    def __init__(self, function: Any, mode: str) -> None:
        self.function = function
        self.mode = mode

    def __get__(self, instance: Any, owner: type) -> Any:
        return (
            self.function.__get__(instance, owner)
            if hasattr(self.function, "__get__")
            else self.function
        )

    def around(self, cls: type, inner: Validate) -> Validate:
        """The wrap validator of `cls` around its own validation."""
        bound = self.function.__get__(None, cls)

        def validate(value: Any, strict: bool) -> Any:
            return call(bound, value, lambda item: inner(item, strict), ValidationInfo())

        return validate


def model_validator(*, mode: str) -> Callable[[Any], Any]:
    """Marks a method as a validator of the whole model."""
    return lambda function: ModelValidator(function, mode)


class FieldValidator:
    """A method that validates some fields; made by `field_validator`."""

    is_field_validator = True

    def __init__(self, function: Any, fields: tuple[str, ...], mode: str) -> None:
        self.function = function
        self.fields = fields
        self.mode = mode

    def __get__(self, instance: Any, owner: type) -> Any:
        return self.function.__get__(instance, owner)

    def apply(self, cls: type, name: str, data: dict[str, Any], inner: Validate) -> Validate:
        """Adds this validator to the validation of the field `name`."""
        function = (
            self.function if isinstance(self.function, classmethod) else classmethod(self.function)
        )
        bound = function.__get__(None, cls)
        code = bound.__func__.__code__

        def run(value: Any, *handler: Any) -> Any:
            info = (ValidationInfo(data, name),) if code.co_argcount > 2 + len(handler) else ()
            return call(bound, value, *handler, *info)

        if self.mode == "before":
            return lambda value, strict: inner(run(value), strict)
        if self.mode == "plain":
            return lambda value, strict: run(value)
        if self.mode == "wrap":
            return lambda value, strict: run(value, lambda item: inner(item, strict))
        return lambda value, strict: run(inner(value, strict))


def field_validator(
    *fields: str, mode: str = "after", check_fields: bool | None = None
) -> Callable[[Any], Any]:
    """Marks a method as a validator of the named fields."""
    return lambda function: FieldValidator(function, fields, mode)


__all__ = [
    "AfterValidator",
    "BeforeValidator",
    "LineError",
    "PlainValidator",
    "WrapValidator",
    "field_validator",
    "model_validator",
]
