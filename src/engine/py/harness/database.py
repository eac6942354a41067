"""Tables as lists in memory, with the part of Django's queries that is in use."""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from django.core.exceptions import MultipleObjectsReturned, ObjectDoesNotExist

from .conditions import Q, field_of
from .placeholder import Unavailable

_tables: dict[type, list[Any]] = {}
_next_ids: dict[type, int] = {}


class QuerySet:
    """Rows of one table that fulfil conditions, in an order."""

    def __init__(self, model: Any = None, rows: Callable[[], list[Any]] | None = None) -> None:
        self.model = model
        self._rows = rows or (lambda: list(_tables.setdefault(model, [])))
        self._project: Callable[[Any], Any] | None = None

    def __class_getitem__(cls, item: Any) -> Any:
        return cls

    def _with(self, change: Callable[[list[Any]], list[Any]]) -> "QuerySet":
        rows = self._rows
        derived = QuerySet(self.model, lambda: change(rows()))
        derived._project = self._project
        return derived

    def all(self) -> "QuerySet":
        """The same rows."""
        return self._with(lambda rows: rows)

    def _same(self, *args: Any, **kwargs: Any) -> "QuerySet":
        return self.all()

    select_related = prefetch_related = only = defer = using = select_for_update = distinct = (
        order_fresh
    ) = _same

    def none(self) -> "QuerySet":
        """No rows."""
        return self._with(lambda rows: [])

    def filter(self, *conditions: Q, **lookups: Any) -> "QuerySet":
        """The rows that fulfil all conditions."""
        wanted = Q(*conditions, **lookups)
        return self._with(wanted.select)

    def exclude(self, *conditions: Q, **lookups: Any) -> "QuerySet":
        """The rows that do not fulfil all conditions."""
        return self.filter(~Q(*conditions, **lookups))

    def order_by(self, *fields: str) -> "QuerySet":
        """The rows in an order; `-` before a field turns it around."""

        def sort(rows: list[Any]) -> list[Any]:
            for field in reversed(fields):
                name = field.lstrip("-")
                rows = sorted(
                    rows, key=lambda row: field_of(row, name, name), reverse=field.startswith("-")
                )
            return rows

        return self._with(sort)

    def reverse(self) -> "QuerySet":
        """The rows in the opposite order."""
        return self._with(lambda rows: rows[::-1])

    def get(self, *conditions: Q, **lookups: Any) -> Any:
        """The one row that fulfils the conditions."""
        found = (self.filter(*conditions, **lookups) if conditions or lookups else self)._results()
        name = self.model.__name__
        if not found:
            raise self.model.DoesNotExist(f"{name} matching query does not exist.")
        if len(found) > 1:
            raise self.model.MultipleObjectsReturned(f"{len(found)} rows of {name} match, not one")
        return found[0]

    def first(self) -> Any:
        """The first row, or None."""
        return next(iter(self), None)

    def last(self) -> Any:
        """The last row, or None."""
        return next(reversed(self._results()), None)

    def latest(self, field: str = "id") -> Any:
        """The row with the greatest value of a field."""
        row = self.order_by(field).last()
        if row is None:
            raise self.model.DoesNotExist(f"{self.model.__name__} matching query does not exist.")
        return row

    def earliest(self, field: str = "id") -> Any:
        """The row with the least value of a field."""
        return self.latest(field[1:] if field.startswith("-") else f"-{field}")

    def exists(self) -> bool:
        """Whether there is a row."""
        return bool(self._rows())

    def count(self) -> int:
        """How many rows there are."""
        return len(self._rows())

    def values(self, *fields: str) -> "QuerySet":
        """The rows as dicts."""
        return self._projected(lambda row: {f: field_of(row, f, f) for f in fields or row.__dict__})

    def values_list(self, *fields: str, flat: bool = False, named: bool = False) -> "QuerySet":
        """The rows as tuples, or as single values."""
        if flat:
            return self._projected(lambda row: field_of(row, fields[0], fields[0]))
        return self._projected(lambda row: tuple(field_of(row, f, f) for f in fields))

    def _projected(self, project: Callable[[Any], Any]) -> "QuerySet":
        derived = self.all()
        derived._project = project
        return derived

    def create(self, **values: Any) -> Any:
        """Makes a row and stores it."""
        row = self.model(**values)
        row.save()
        return row

    def get_or_create(
        self, defaults: dict[str, Any] | None = None, **lookups: Any
    ) -> tuple[Any, bool]:
        """The row that fulfils the conditions, made if there is none."""
        row = self.filter(**lookups).first()
        if row is not None:
            return row, False
        plain = {name.removesuffix("__iexact"): value for name, value in lookups.items()}
        return self.create(**{**plain, **(defaults or {})}), True

    def update_or_create(
        self, defaults: dict[str, Any] | None = None, **lookups: Any
    ) -> tuple[Any, bool]:
        """The row that fulfils the conditions, changed or made."""
        row, created = self.get_or_create(defaults, **lookups)
        for name, value in (defaults or {}).items():
            setattr(row, name, value)
        return row, created

    def bulk_create(self, rows: Any, **options: Any) -> list[Any]:
        """Stores many rows."""
        for row in (stored := list(rows)):
            row.save()
        return stored

    def update(self, **values: Any) -> int:
        """Changes all rows."""
        for row in (rows := self._rows()):
            for name, value in values.items():
                setattr(row, name, value)
        return len(rows)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Removes all rows."""
        rows = self._rows()
        _tables[self.model][:] = [row for row in _tables[self.model] if row not in rows]
        return len(rows), {self.model.__name__: len(rows)}

    def in_bulk(self, ids: Any) -> dict[int, Any]:
        """Rows by their id."""
        return {row.id: row for row in self._rows() if row.id in set(ids)}

    def iterator(self, chunk_size: int | None = None) -> Iterator[Any]:
        """The rows."""
        return iter(self)

    def _results(self) -> list[Any]:
        # `list(self)` would ask for the length first, and so look for the rows twice.
        rows = self._rows()
        return rows if self._project is None else [self._project(row) for row in rows]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._results())

    def __len__(self) -> int:
        return self.count()

    def __bool__(self) -> bool:
        return self.exists()

    def __getitem__(self, index: Any) -> Any:
        return self._results()[index]

    def __or__(self, other: "QuerySet") -> "QuerySet":
        return self._with(lambda rows: rows + [row for row in other._rows() if row not in rows])

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        raise Unavailable(f"the query method {name}()")


class Manager(QuerySet):
    """The rows of a model; `objects`."""


class ModelMeta(type):
    """Gives each model its manager and its exceptions, and what its checkout class adds."""

    def __new__(mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> Any:
        cls: Any = super().__new__(mcs, name, bases, namespace)
        cls.objects = cls._default_manager = Manager(cls)
        where = {"__module__": cls.__module__, "__qualname__": f"{name}.DoesNotExist"}
        cls.DoesNotExist = type("DoesNotExist", (ObjectDoesNotExist,), where)
        where = {**where, "__qualname__": f"{name}.MultipleObjectsReturned"}
        cls.MultipleObjectsReturned = type(
            "MultipleObjectsReturned", (MultipleObjectsReturned,), where
        )
        return cls


class Model(metaclass=ModelMeta):
    """One row. Fields are plain attributes; `x_id` is the id of the row in `x`."""

    defaults: ClassVar[dict[str, Any]] = {}
    id: int | None

    def __init__(self, **values: Any) -> None:
        self.id = None
        for name, default in self.defaults.items():
            self.__dict__[name] = default() if callable(default) else default
        for name, value in values.items():
            setattr(self, name, value)

    def __getattr__(self, name: str) -> Any:
        if name == "pk":
            return self.id
        if name.endswith("_id") and name[:-3] in self.__dict__:
            related = self.__dict__[name[:-3]]
            return None if related is None else related.id
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores the row, with a new id if it has none."""
        kind = type(self)
        rows = _tables.setdefault(kind, [])
        if self.id is None:
            self.id = _next_ids.get(kind, 1)
        _next_ids[kind] = max(_next_ids.get(kind, 1), self.id + 1)
        if not any(row is self for row in rows):
            rows.append(self)

    def delete(self, *args: Any, **kwargs: Any) -> None:
        """Removes the row."""
        rows = _tables.setdefault(type(self), [])
        rows[:] = [row for row in rows if row is not self]

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """The row in memory is the stored one."""

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.id is not None and self.id == other.id  # type: ignore[attr-defined]

    def __hash__(self) -> int:
        return hash((type(self).__name__, self.id))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"


class SavedState:
    """All rows as they were, to go back to before each test."""

    def __init__(self) -> None:
        self.tables = {kind: list(rows) for kind, rows in _tables.items()}
        self.values = {
            kind: [dict(row.__dict__) for row in rows] for kind, rows in self.tables.items()
        }
        self.next_ids = dict(_next_ids)

    def restore(self) -> None:
        """Goes back."""
        _tables.clear()
        for kind, rows in self.tables.items():
            _tables[kind] = list(rows)
            for row, values in zip(rows, self.values[kind], strict=True):
                row.__dict__.clear()
                row.__dict__.update(values)
        _next_ids.clear()
        _next_ids.update(self.next_ids)


def clear() -> None:
    """Removes all rows of all tables."""
    _tables.clear()
    _next_ids.clear()
