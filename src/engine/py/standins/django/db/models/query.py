"""Stand-in for django.db.models.query."""

from harness.database import Q, QuerySet

ValuesQuerySet = QuerySet

__all__ = ["Q", "QuerySet", "ValuesQuerySet"]
