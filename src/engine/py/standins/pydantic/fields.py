"""Fields of models and constraints on values."""

import operator
import re
from collections.abc import Callable
from typing import Any

from ._scalars import LAX, STRICT, fail
from ._schema import Validate

MISSING: Any = ...

_COMPARISONS: tuple[tuple[str, str, Callable[[Any, Any], bool]], ...] = (
    ("multiple_of", "multiple_of", lambda a, b: a % b == 0),
    ("le", "less_than_equal", operator.le),
    ("lt", "less_than", operator.lt),
    ("ge", "greater_than_equal", operator.ge),
    ("gt", "greater_than", operator.gt),
)


class Constraints:
    """Limits on a value, in the order in which pydantic applies them."""

    def __init__(self, **limits: Any) -> None:
        self.limits = {name: limit for name, limit in limits.items() if limit is not None}

    def label_around(self, label: str) -> str:
        """The name of a type with these limits."""
        plain = label in ("str", "int", "float")
        return f"constrained-{label}" if plain and self.limits.keys() - {"strict"} else label

    def wrap_validate(self, inner: Validate) -> Validate:
        """Checks the limits after `inner`."""
        if not self.limits:
            return inner

        def validate(value: Any, strict: int) -> Any:
            if "strict" in self.limits:
                strict = (strict or STRICT) if self.limits["strict"] else LAX
            result = inner(value, strict)
            return result if result is None else self._check(result)

        return validate

    def _check(self, value: Any) -> Any:
        limits = self.limits
        if isinstance(value, str):
            value = self._convert(value)
        if hasattr(value, "__len__"):
            self._check_length(value)
        if isinstance(value, str) and "pattern" in limits:
            pattern = limits["pattern"]
            if not re.search(pattern, value):
                message = f"String should match pattern '{pattern}'"
                fail("string_pattern_mismatch", message, value, {"pattern": pattern})
        for name, kind, holds in _COMPARISONS:
            if name in limits and not holds(value, limits[name]):
                words = kind.replace("_", " ").replace("than equal", "than or equal to")
                words = words.replace("multiple of", "a multiple of")
                fail(kind, f"Input should be {words} {limits[name]}", value, {name: limits[name]})
        return value

    def _convert(self, value: str) -> str:
        if self.limits.get("strip_whitespace"):
            value = value.strip()
        if self.limits.get("to_upper"):
            value = value.upper()
        return value.lower() if self.limits.get("to_lower") else value

    def _check_length(self, value: Any) -> None:
        low, high = self.limits.get("min_length"), self.limits.get("max_length")
        short, long = low is not None and len(value) < low, high is not None and len(value) > high
        if not short and not long:
            return
        name, limit = ("min_length", low) if short else ("max_length", high)
        bound, plural = "at least" if short else "at most", "" if limit == 1 else "s"
        end = "too_short" if short else "too_long"
        if isinstance(value, str):
            message = f"String should have {bound} {limit} character{plural}"
            fail(f"string_{end}", message, value, {name: limit})
        kind = {dict: "Dictionary"}.get(type(value), type(value).__name__.title())
        message = f"{kind} should have {bound} {limit} item{plural} after validation, not {len(value)}"
        fail(end, message, value, {"field_type": kind, name: limit, "actual_length": len(value)})


class StringConstraints(Constraints):
    """Limits on a string."""


class FieldInfo(Constraints):
    """One field of a model: its default, alias and limits."""

    def __init__(
        self,
        default: Any = MISSING,
        *,
        default_factory: Callable[[], Any] | None = None,
        alias: str | None = None,
        validation_alias: str | None = None,
        **options: Any,
    ) -> None:
        limits = ("gt", "ge", "lt", "le", "multiple_of", "min_length", "max_length", "pattern", "strict")
        super().__init__(**{name: options.get(name) for name in limits})
        self.default = default
        self.default_factory = default_factory
        self.alias = validation_alias or alias

    def is_required(self) -> bool:
        """Whether the field has no default."""
        return self.default is MISSING and self.default_factory is None

    def get_default(self) -> Any:
        """The default, made afresh where there is a factory."""
        return self.default_factory() if self.default_factory else self.default


def Field(default: Any = MISSING, **options: Any) -> Any:  # noqa: N802
    """Describes a field of a model."""
    return FieldInfo(default, **options)
