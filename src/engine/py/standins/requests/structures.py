"""Stand-in for requests.structures."""

from collections.abc import Iterator, MutableMapping
from typing import Any


class CaseInsensitiveDict(MutableMapping[str, Any]):
    """A dict whose keys keep their case, and are found in any."""

    def __init__(self, data: Any = (), **more: Any) -> None:
        self._values: dict[str, tuple[str, Any]] = {}
        self.update(data, **more)

    def __setitem__(self, key: str, value: Any) -> None:
        self._values[key.lower()] = (key, value)

    def __getitem__(self, key: str) -> Any:
        return self._values[key.lower()][1]

    def __delitem__(self, key: str) -> None:
        del self._values[key.lower()]

    def __iter__(self) -> Iterator[str]:
        return (key for key, _ in self._values.values())

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return repr(dict(self.items()))
