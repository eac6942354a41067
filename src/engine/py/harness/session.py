"""One loaded checkout: opened once, then asked to run tests and deliver requests."""

import contextlib
import importlib
import logging
import os
import re
import sys
import time
import warnings
from typing import Any

from . import finder as finders
from . import tree
from .placeholder import running

# What every run needs. Loaded early, so that a memory snapshot holds it. The registry is not among
# them: it changes with every new integration, and a snapshot must outlive that.
LIBRARY = (
    "unittest.mock",
    "zerver.lib.webhooks.common",
    "zerver.decorator",
    "zerver.lib.test_classes",
)


def open_tree(root: str) -> None:
    """Makes the checkout at `root` importable; nothing of it is loaded yet."""
    os.environ["TZ"] = "UTC"
    if hasattr(time, "tzset"):
        time.tzset()
    tree.set_root(root)
    # json's tests open fixtures relative to the checkout.
    os.chdir(root)
    warnings.simplefilter("ignore")
    # Under the machine's own Python: what is installed there must not change the outcome.
    sys.path[:] = [entry for entry in sys.path if "-packages" not in entry]
    install_finder(root)
    from . import patches, replacements

    patches.install()
    replacements.install()
    _quiet_loggers()
    _repair_html_parser()


def install_finder(root: str) -> None:
    """Puts the import hook in front of everything else."""

    def build_models(name: str) -> Any:
        from . import models

        return models.build(name, finder.tolerate)

    finder = finders.Finder(root, tree.STANDINS, build_models)
    sys.meta_path.insert(0, finder)
    sys.meta_path.append(finders.FallbackFinder(finder))


def load_library() -> None:
    """Loads the checkout's libraries and the data."""
    for name in LIBRARY:
        importlib.import_module(name)
    # What a webhook library lacks is reported by the tests that need it.
    with contextlib.suppress(Exception), running():
        from . import warmup

        warmup.run()
    from . import seed

    seed.reset_data()


def collect(name: str, watched: bool = False) -> dict[str, Any]:
    """The tests of a folder; with `watched` its import counts for the coverage. See runner.collect."""
    from . import registry, runner

    if watched:
        from . import coverage

        coverage.watch(name)
    with running():
        problem = registry.problem_of(folder=name)
        if problem is not None:
            return {"tests": [], "failure": registry.described(problem)}
        return runner.collect(name)


def run(name: str, emit: Any, only: frozenset[str], bail: bool) -> None:
    """Runs those tests of a folder of `zerver/webhooks` whose ids are in `only`."""
    from .runner import run_integration

    with running():
        run_integration(name, emit, only, bail)


def deliver(options: dict[str, Any]) -> dict[str, Any]:
    """Delivers one request; see delivery.py."""
    from . import delivery

    with running():
        return delivery.deliver(options)


def receive(options: dict[str, Any]) -> dict[str, Any]:
    """Serves one request as it came over the wire; see endpoint.py."""
    from . import endpoint

    with running():
        return endpoint.receive(options)


def prepare(options: dict[str, Any]) -> dict[str, Any]:
    """The request over the wire that a payload makes; see endpoint.py."""
    from . import endpoint

    with running():
        return endpoint.prepare(options)


def describe_realm(options: dict[str, Any]) -> dict[str, Any]:
    """What the endpoint's realm holds; see endpoint.py."""
    from . import endpoint

    with running():
        return endpoint.describe(options)


def _quiet_loggers() -> None:
    """The server writes these to files of their own and not to its console."""
    for name in ("", *_webhook_loggers()):
        logger = logging.getLogger(name)
        logger.addHandler(logging.NullHandler())
        if name:
            logger.setLevel(logging.DEBUG)
            logger.propagate = False


def _webhook_loggers() -> list[str]:
    """The names of the loggers that the tree's decorator for webhooks writes to."""
    stated = b""
    for path in tree.python_files("zerver/decorator.py"):
        with open(path, "rb") as file:
            stated = file.read()
    return [name.decode() for name in re.findall(rb"""getLogger\(["']([\w.]+webhooks[\w.]*)["']""", stated)]


def _repair_html_parser() -> None:
    """Python 3.14 reads an attribute that subclasses with their own reset() never set."""
    from html.parser import HTMLParser

    if not hasattr(HTMLParser, "scripting"):
        HTMLParser.scripting = False  # type: ignore[attr-defined]
