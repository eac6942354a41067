"""Keeps the code of the registry, and of what it imports, between runs.

A memory snapshot cannot hold the registry, which changes with every new integration. Parsing it is
most of what a run of one integration does: in WebAssembly that has just been loaded it takes ten
times as long as later on.

What is kept serves later runs, with other states of the integrations. So it is made before the
registry runs: then no code of an integration has run either, and could have changed it.
"""

import contextlib
import importlib.util
import marshal
import os
import sys
from importlib.machinery import ModuleSpec

from . import lazy, urls

# Where the child puts what is kept, and afterwards finds what is to be kept.
PATH = "/engine/registry-code"


def compile_registry() -> None:
    """Takes the code at PATH; where there is none, compiles it and leaves it there. Nothing of it runs."""
    try:
        with open(PATH, "rb") as file:
            lazy.COMPILED.update(marshal.load(file))
    except (OSError, EOFError, ValueError, TypeError):
        # What is wrong with the registry is told by what needs it first.
        with contextlib.suppress(Exception):
            lazy.COMPILED.update(_compiled())
            with open(PATH, "wb") as file:
                marshal.dump(lazy.COMPILED, file)
    else:
        os.unlink(PATH)


def load_registry() -> None:
    """Loads the registry with the code that was compiled before.

    Errors are told by what needs the registry first.
    """
    with contextlib.suppress(BaseException):  # also when it took too long
        urls.find_integration("")
    lazy.COMPILED.clear()


def _compiled() -> dict[str, lazy.Compiled]:
    """The code of the registry, and of the library's modules that it names and that are not loaded."""
    spec = importlib.util.find_spec(urls.REGISTRY)
    if spec is None or not isinstance(spec.loader, lazy.LazyLoader):
        return {}
    registry = spec.loader.compile(spec)
    found = {spec.loader.path: registry}
    for _, module, attribute, _ in registry[0]:
        for name in (module, f"{module}.{attribute}"):
            with contextlib.suppress(Exception):
                inner = _library_spec(name)
                if inner is not None and isinstance(inner.loader, lazy.LazyLoader):
                    found[inner.loader.path] = inner.loader.compile(inner)
    return found


def _library_spec(name: str) -> ModuleSpec | None:
    """Where a module of the library is that is not loaded; to look for it, its package must be."""
    package = name.rpartition(".")[0]
    if name in sys.modules or package not in sys.modules or not name.startswith("zerver.lib."):
        return None
    return importlib.util.find_spec(name)
