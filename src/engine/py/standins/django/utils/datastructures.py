"""Stand-in for django.utils.datastructures: dicts with a list of values for each key."""

import copy
from collections.abc import Iterator, Mapping
from typing import Any


class MultiValueDictKeyError(KeyError):
    """A key that is not there."""


class MultiValueDict(dict):  # type: ignore[type-arg]
    """Reading a key gives its last value."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {super().__repr__()}>"

    def __getitem__(self, key: Any) -> Any:
        try:
            values = super().__getitem__(key)
        except KeyError:
            raise MultiValueDictKeyError(key) from None
        return values[-1] if values else []

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(key, [value])

    def __copy__(self) -> "MultiValueDict":
        return type(self)({key: list(values) for key, values in self.lists()})

    def __deepcopy__(self, memo: dict[int, Any]) -> "MultiValueDict":
        return type(self)({key: copy.deepcopy(values, memo) for key, values in self.lists()})

    def get(self, key: Any, default: Any = None) -> Any:
        """The last value, or the default."""
        value = self[key] if key in self else default
        return default if value == [] else value

    def getlist(self, key: Any, default: Any = None) -> Any:
        """All values."""
        if key in self:
            return list(super().__getitem__(key))
        return [] if default is None else default

    def setlist(self, key: Any, list_: list[Any]) -> None:
        """Replaces all values."""
        super().__setitem__(key, list_)

    def setdefault(self, key: Any, default: Any = None) -> Any:
        """The last value, which is the default if there was none."""
        if key not in self:
            self[key] = default
        return self[key]

    def setlistdefault(self, key: Any, default_list: list[Any] | None = None) -> list[Any]:
        """The list of values itself, which is the default if there was none."""
        if key not in self:
            self.setlist(key, [] if default_list is None else default_list)
        return super().__getitem__(key)

    def appendlist(self, key: Any, value: Any) -> None:
        """Adds a value."""
        self.setlistdefault(key).append(value)

    def items(self) -> Iterator[tuple[Any, Any]]:  # type: ignore[override]
        """Pairs of a key and its last value."""
        for key in self:
            yield key, self[key]

    def values(self) -> Iterator[Any]:  # type: ignore[override]
        """The last value of each key."""
        for key in self:
            yield self[key]

    def lists(self) -> Iterator[tuple[Any, list[Any]]]:
        """Pairs of a key and all its values."""
        return iter(super().items())

    def dict(self) -> dict[Any, Any]:
        """A plain dict of the last values."""
        return {key: self[key] for key in self}

    def copy(self) -> "MultiValueDict":
        """A copy whose lists are its own."""
        return copy.copy(self)

    def update(self, *args: Any, **kwargs: Any) -> None:
        """Adds values to those that are there."""
        if len(args) > 1:
            raise TypeError(f"update expected at most 1 argument, got {len(args)}")
        given = args[0] if args else {}
        if isinstance(given, MultiValueDict):
            for key, values in given.lists():
                self.setlistdefault(key).extend(values)
        else:
            for key, value in given.items() if isinstance(given, Mapping) else given:
                self.appendlist(key, value)
        for key, value in kwargs.items():
            self.appendlist(key, value)
