"""The harness as the engine's child process calls it.

Results leave as JSON lines through a device file, so that no JavaScript object is ever reachable
from the code under test.
"""

import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from typing import Any

from . import coverage, registry, session, urls
from .placeholder import Unavailable

DEVICE = "/dev/engine"

Emit = Callable[[dict[str, Any]], None]


@contextlib.contextmanager
def _emitter() -> Iterator[Emit]:
    # Opened once for a request, with functions of before it: tests may patch open() and os.
    descriptor = os.open(DEVICE, os.O_WRONLY)
    write, close, dumps = os.write, os.close, json.dumps

    def emit(message: dict[str, Any]) -> None:
        write(descriptor, dumps(message).encode())

    try:
        yield emit
    finally:
        # A process has 4096 of them, and may answer more requests than that. A test may have closed it.
        with contextlib.suppress(OSError):
            close(descriptor)


def boot(root: str) -> None:
    """Loads the harness and the checkout's library, from nothing.

    A library that does not load is the checkout's own fault, and reported as `broken`.
    """
    sys.path_importer_cache.clear()
    session.open_tree(root)
    try:
        session.load_library()
    except Exception as error:
        with _emitter() as emit:
            emit({"event": "broken", "message": _in_one_line(error)})


def _in_one_line(error: BaseException) -> str:
    from .errors import describe

    described = describe(error)
    place = f" ({described['path']}, line {described['line']})" if "path" in described else ""
    # The text of a SyntaxError ends with its place already.
    message = error.msg if isinstance(error, SyntaxError) else described["message"]
    return f"{described['type']}: {message}{place}"


def resume(root: str) -> None:
    """Continues from a memory snapshot."""
    os.chdir(root)
    sys.path_importer_cache.clear()


def compile_registry(_request: str) -> None:
    """Compiles the registry; see registry_code.py."""
    from . import registry_code

    registry_code.compile_registry()


def load_registry(_request: str) -> None:
    """Loads the registry; see registry_code.py."""
    from . import registry_code

    registry_code.load_registry()


def renew(request: str) -> None:
    """Takes edits in; `request` is JSON. Integrations are imported anew, and the registry where it was edited."""
    from . import renewal

    renewal.forget_integrations()
    if json.loads(request)["registry"]:
        renewal.forget_registry()


def check_registry(_request: str) -> None:
    """Says `broken` when the registry does not load."""
    with _emitter() as emit:
        _check_registry(emit)


def _check_registry(emit: Emit) -> bool:
    try:
        found = urls.integrations()
    except Exception as error:  # then every test would fail alike
        if registry.problems:
            emit({"event": "broken", "message": registry.in_words(registry.problems[0])})
            return False
        emit({"event": "broken", "message": _in_one_line(error)})
        return False
    if not found and registry.problems:
        # What is missing because of another problem is not the cause.
        stated = [one for one in registry.problems if not isinstance(one.error, Unavailable)]
        emit({"event": "broken", "message": registry.in_words([*stated, *registry.problems][0])})
        return False
    return True


def collect(request: str) -> None:
    """Says which tests a folder has, or why they do not load; `request` is JSON."""
    options = json.loads(request)
    with _emitter() as emit:
        if not _check_registry(emit):
            return
        value = session.collect(options["directory"], options["coverage"])
        problems = [registry.in_words(one) for one in registry.problems if one.folder is None]
        emit({"event": "collected", "value": {**value, "problems": problems[:20]}})


def run(request: str) -> None:
    """Runs those tests of a folder whose ids are in `only`; `request` is JSON."""
    options = json.loads(request)
    directory, only = options["directory"], frozenset(options["only"])
    with _emitter() as emit:
        watching = coverage.watch(directory) if options["coverage"] else None
        session.run(directory, emit, only, options["bail"])
        if watching is not None:
            emit({"event": "coverage", "coverage": watching.finish()})


def deliver(request: str) -> None:
    """Delivers a request; `request` is JSON."""
    _answer(session.deliver, request)


def receive(request: str) -> None:
    """Serves a request as it came over the wire; `request` is JSON."""
    _answer(session.receive, request)


def prepare(request: str) -> None:
    """Says what request a payload makes over the wire; `request` is JSON."""
    _answer(session.prepare, request)


def describe(request: str) -> None:
    """Says what the endpoint's realm holds; `request` is JSON."""
    _answer(session.describe_realm, request)


def _answer(work: Callable[[dict[str, Any]], dict[str, Any]], request: str) -> None:
    from .delivery import DeliveryError

    with _emitter() as emit:
        try:
            emit({"event": "delivery", "value": work(json.loads(request))})
        except DeliveryError as error:
            emit({"event": "refused", "message": str(error)})
        except (Exception, SystemExit) as error:  # the registry or the fixture's headers: not the view, but theirs
            emit({"event": "refused", "message": _in_one_line(error)})
