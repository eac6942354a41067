"""Stand-in for pydantic 2: validation of the types that Connect's endpoints use.

Covers TypeAdapter.validate_python (strict and lax), Json[T], BaseModel, the constraint and
validator classes, and errors with pydantic's own type, loc and ctx.
"""

from typing import Annotated, Any, Generic, TypeVar

from pydantic_core import PydanticCustomError, ValidationError

from ._labels import label_of
from ._scalars import LAX, STRICT, STRICT_JSON, LineError
from ._schema import Validate, parse_json, validator_for
from .fields import Constraints, Field, StringConstraints
from .functional_validators import (
    AfterValidator,
    BeforeValidator,
    ModelWrapValidatorHandler,
    PlainValidator,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    field_validator,
    model_validator,
)
from .main import BaseModel

T = TypeVar("T")
ConfigDict = dict


class _JsonMarker:
    """Says in an annotation that the value comes as JSON text."""

    def wrap_validate(self, inner: Validate) -> Validate:
        """Parses the text before `inner` sees it."""
        return lambda value, strict: inner(parse_json(value), STRICT_JSON if strict else LAX)

    def label_around(self, label: str) -> str:
        """The name of JSON text that holds a type."""
        return f"json[{label}]"

    def __repr__(self) -> str:
        return "Json"


_JSON = _JsonMarker()


class Json:
    """`Json[T]`: a string of JSON that holds a T; `Json` alone: one that holds anything."""

    parsed_as = Annotated[Any, _JSON]

    def __class_getitem__(cls, item: Any) -> Any:
        return Annotated[item, _JSON]


NonNegativeInt = Annotated[int, Constraints(ge=0)]
PositiveInt = Annotated[int, Constraints(gt=0)]
StrictInt = Annotated[int, Constraints(strict=True)]
StrictStr = Annotated[str, Constraints(strict=True)]
StrictBool = Annotated[bool, Constraints(strict=True)]


class TypeAdapter(Generic[T]):
    """Validates values of any type."""

    def __init__(self, annotation: Any, *, config: Any = None, **options: Any) -> None:
        self._annotation = annotation
        self._validate: Validate | None = None

    def _run(self, value: Any, strict: int) -> T:
        if self._validate is None:
            self._validate = validator_for(self._annotation)
        try:
            return self._validate(value, strict)
        except LineError as error:
            raise ValidationError(label_of(self._annotation), error.errors) from None

    def validate_python(self, value: Any, /, *, strict: bool | None = None, **options: Any) -> T:
        """Validates a Python value."""
        return self._run(value, STRICT if strict else LAX)

    def validate_json(
        self, text: str | bytes, /, *, strict: bool | None = None, **options: Any
    ) -> T:
        """Validates a JSON text."""
        try:
            value = parse_json(text)
        except LineError as error:
            raise ValidationError(label_of(self._annotation), error.errors) from None
        return self._run(value, STRICT_JSON if strict else LAX)


__all__ = [
    "AfterValidator",
    "BaseModel",
    "BeforeValidator",
    "ConfigDict",
    "Field",
    "Json",
    "ModelWrapValidatorHandler",
    "NonNegativeInt",
    "PlainValidator",
    "PositiveInt",
    "PydanticCustomError",
    "StrictBool",
    "StrictInt",
    "StrictStr",
    "StringConstraints",
    "TypeAdapter",
    "ValidationError",
    "ValidationInfo",
    "ValidatorFunctionWrapHandler",
    "WrapValidator",
    "field_validator",
    "model_validator",
]
