"""Fields of models and constraints on values."""

import re
from collections.abc import Callable
from typing import Any

from ._scalars import fail
from ._schema import Validate

MISSING: Any = ...


class Constraints:
    """Limits on a value, in the order in which pydantic applies them."""

    def __init__(self, **limits: Any) -> None:
        self.limits = {name: limit for name, limit in limits.items() if limit is not None}

    def wrap_validate(self, inner: Validate) -> Validate:
        """Checks the limits after `inner`."""
        if not self.limits:
            return inner

        def validate(value: Any, strict: bool) -> Any:
            result = inner(value, self.limits.get("strict", strict))
            return result if result is None else self._check(result)

        return validate

    def _check(self, value: Any) -> Any:
        limits = self.limits
        if isinstance(value, str):
            value = self._convert(value)
        if hasattr(value, "__len__"):
            self._check_length(value)
        if (
            isinstance(value, str)
            and "pattern" in limits
            and not re.search(limits["pattern"], value)
        ):
            fail(
                "string_pattern_mismatch",
                "String should match pattern",
                value,
                {"pattern": limits["pattern"]},
            )
        for name, kind, holds in (
            ("gt", "greater_than", lambda a, b: a > b),
            ("ge", "greater_than_equal", lambda a, b: a >= b),
            ("lt", "less_than", lambda a, b: a < b),
            ("le", "less_than_equal", lambda a, b: a <= b),
        ):
            if name in limits and not holds(value, limits[name]):
                fail(
                    kind,
                    f"Input should be {kind.replace('_', ' ')} {limits[name]}",
                    value,
                    {name: limits[name]},
                )
        return value

    def _convert(self, value: str) -> str:
        if self.limits.get("strip_whitespace"):
            value = value.strip()
        if self.limits.get("to_upper"):
            value = value.upper()
        return value.lower() if self.limits.get("to_lower") else value

    def _check_length(self, value: Any) -> None:
        prefix = "string_" if isinstance(value, str) else ""
        low, high = self.limits.get("min_length"), self.limits.get("max_length")
        if low is not None and len(value) < low:
            fail(
                f"{prefix}too_short",
                f"Should have at least {low} items",
                value,
                {"min_length": low},
            )
        if high is not None and len(value) > high:
            fail(
                f"{prefix}too_long",
                f"Should have at most {high} items",
                value,
                {"max_length": high},
            )


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
        limits = ("gt", "ge", "lt", "le", "min_length", "max_length", "pattern", "strict")
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
