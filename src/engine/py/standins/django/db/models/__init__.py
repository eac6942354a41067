"""Stand-in for django.db.models: queries over lists; everything else is named only."""

import enum
from typing import Any

from harness.database import Manager, Q, QuerySet

__all__ = ["IntegerChoices", "Manager", "Q", "QuerySet", "TextChoices"]


class _ChoicesMeta(enum.EnumMeta):
    @property
    def values(cls) -> list[Any]:
        return [member.value for member in cls]  # type: ignore[var-annotated]

    @property
    def choices(cls) -> list[tuple[Any, str]]:
        return [(member.value, member.label) for member in cls]  # type: ignore[var-annotated]


class _WithLabel:
    @property
    def label(self) -> str:
        return self.name.replace("_", " ").title()  # type: ignore[attr-defined]


class IntegerChoices(_WithLabel, enum.IntEnum, metaclass=_ChoicesMeta):
    """A choice of numbers."""


class TextChoices(_WithLabel, enum.StrEnum, metaclass=_ChoicesMeta):
    """A choice of strings."""
