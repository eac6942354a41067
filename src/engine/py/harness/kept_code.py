"""Keeps the code of the registry, and of what it imports, between runs.

A memory snapshot cannot hold the registry, which changes with every new integration. Parsing it is
most of what a run of one integration does: in WebAssembly that has just been loaded it takes ten
times as long as later on.
"""

import contextlib
import marshal
import os
import sys

from . import lazy, urls

# Where the child puts what is kept, and afterwards finds what is to be kept.
PATH = "/engine/kept-code"


def load_registry() -> None:
    """Loads the registry with the code at PATH; where there is none, leaves it there.

    Errors are told by what needs the registry first.
    """
    try:
        with open(PATH, "rb") as file:
            lazy.KEPT.update(marshal.load(file))
    except (OSError, EOFError, ValueError, TypeError):
        lazy.RECORDED = {}
    with contextlib.suppress(OSError):
        os.unlink(PATH)
    try:
        urls.find_integration("")
    except BaseException:  # also when it took too long
        lazy.RECORDED = None
    if lazy.RECORDED and not _has_run_integrations():
        with open(PATH, "wb") as file:
            marshal.dump(lazy.RECORDED, file)
    lazy.KEPT.clear()
    lazy.RECORDED = None


def _has_run_integrations() -> bool:
    """Whether code of integrations has run, and may have changed what later ones would be given."""
    return any(name.startswith("zerver.webhooks.") for name in sys.modules)
