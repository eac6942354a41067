"""Stand-ins for things that are named while importing but must never be used.

A placeholder may be subclassed, used as a decorator, indexed or combined in a type while a
module is being imported. Using it at run time raises `Unavailable` with its full name, so a
test that depends on it fails and says why, instead of passing by accident.
"""

import types
from abc import ABCMeta
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

_loading: list[str] = []


class Unavailable(RuntimeError):
    """Something that the engine does not provide was used."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Unavailable: {name} is not part of the embedded engine")
        self.missing = name


@contextmanager
def loading(module: str) -> Iterator[None]:
    """Marks that `module` is being executed for the first time."""
    _loading.append(module)
    try:
        yield
    finally:
        _loading.pop()


@contextmanager
def running() -> Iterator[None]:
    """Marks that code is run, not imported, even when an import is what started it."""
    saved, _loading[:] = _loading[:], []
    try:
        yield
    finally:
        _loading[:] = saved


def is_loading(module: str | None = None) -> bool:
    """Whether any module, or the named one, is being executed for the first time."""
    return bool(_loading) if module is None else module in _loading


class _UnavailableMeta(ABCMeta):
    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Placeholder(f"{cls.__module__}.{cls.__qualname__}.{name}")

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if is_loading():
            return Placeholder(f"{cls.__module__}.{cls.__qualname__}()")
        raise Unavailable(f"{cls.__module__}.{cls.__qualname__}")


class UnavailableBase(metaclass=_UnavailableMeta):
    """The base class of a class whose real base is a placeholder."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__()


class Placeholder:
    """One missing name. See the module's comment for what it allows."""

    def __init__(self, path: str) -> None:
        self.__dict__["_path"] = path

    def _refuse(self) -> NoReturn:
        raise Unavailable(self._path)

    def _allow_while_loading(self, suffix: str) -> "Placeholder":
        if is_loading():
            return Placeholder(self._path + suffix)
        self._refuse()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return Placeholder(f"{self._path}.{name}")

    def __setattr__(self, name: str, value: Any) -> None:
        if not is_loading():
            self._refuse()
        self.__dict__[name] = value

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if (
            is_loading()
            and len(args) == 1
            and not kwargs
            and isinstance(args[0], (types.FunctionType, type))
        ):
            return args[0]
        return self._allow_while_loading("()")

    def __getitem__(self, key: Any) -> Any:
        return self._allow_while_loading("[]")

    def __setitem__(self, key: Any, value: Any) -> None:
        self._allow_while_loading("[]")

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[type, ...]:
        first = next(base for base in bases if isinstance(base, Placeholder))
        return (UnavailableBase,) if first is self else ()

    def __or__(self, other: Any) -> Any:
        return self._allow_while_loading("|")

    __ror__ = __or__

    def __instancecheck__(self, instance: Any) -> bool:
        return False

    def __subclasscheck__(self, subclass: Any) -> bool:
        return False

    def __bool__(self) -> bool:
        self._refuse()

    def __iter__(self) -> Iterator[Any]:
        self._refuse()

    def __len__(self) -> int:
        self._refuse()

    def __enter__(self) -> Any:
        self._refuse()

    def __exit__(self, *args: Any) -> None:
        self._refuse()

    def __contains__(self, item: Any) -> bool:
        self._refuse()

    def __eq__(self, other: Any) -> bool:
        return self is other

    def __hash__(self) -> int:
        return hash(self._path)

    def __str__(self) -> str:
        return self._refuse()

    def __repr__(self) -> str:
        return f"<unavailable {self._path}>"


class PlaceholderModule(types.ModuleType):
    """A module of which only the name is known."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "A placeholder of the embedded engine.")
        self.__path__: list[str] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return Placeholder(f"{self.__name__}.{name}")
