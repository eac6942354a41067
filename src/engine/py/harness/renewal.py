"""Forgets the modules that an edit has made stale: the next use imports them as they are now.

Only integrations and the registry are forgotten, never the library: it is what a memory snapshot holds.
"""

import linecache
import sys

from . import endpoint, lazy, urls

INTEGRATIONS = "zerver.webhooks"


def forget_integrations() -> None:
    """Drops every integration's modules: which of them imported the edited one does not matter then."""
    for name in [name for name in sys.modules if f"{name}.".startswith(f"{INTEGRATIONS}.")]:
        _drop(name)
    linecache.clearcache()


def forget_registry() -> None:
    """Drops the registry, and what the library has already taken from it."""
    _drop(urls.REGISTRY)
    urls.forget()
    endpoint.forget()
    for module in list(sys.modules.values()):
        if isinstance(module, lazy.LazyModule):
            lazy.forget_imports_of(module, urls.REGISTRY)


def _drop(name: str) -> None:
    sys.modules.pop(name, None)
    # `from package import module` would find it here.
    package, _, attribute = name.rpartition(".")
    if package in sys.modules:
        vars(sys.modules[package]).pop(attribute, None)
