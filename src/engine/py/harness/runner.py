"""Runs an integration's own tests and reports each result."""

import contextlib
import importlib
import sys
import time
import traceback
import types
import unittest
from collections.abc import Callable
from typing import Any

from . import tree
from .output import Output

Emit = Callable[[dict[str, Any]], None]

_COMPARISONS = ("assertEqual", "assertMultiLineEqual", "assertNotEqual")


class TestTimeout(Exception):
    """A test, or a view, took longer than it may."""


def as_timeout(error: BaseException) -> BaseException:
    """What the engine's interrupt means; a Ctrl-C never gets here, it ends the whole process."""
    if not isinstance(error, KeyboardInterrupt):
        return error
    stopped = TestTimeout("stopped because it took too long")
    return stopped.with_traceback(error.__traceback__)


def collect_ids(name: str) -> list[str]:
    """The ids of the tests of `zerver.webhooks.<name>`; none where they do not load, which a run reports."""
    try:
        return [test.id() for _, tests in _load(name) for test in tests]
    except (Exception, SystemExit):
        return []


def _load(name: str) -> list[tuple[type[unittest.TestCase], list[Any]]]:
    module = importlib.import_module(f"zerver.webhooks.{name}.tests")
    load = unittest.defaultTestLoader.loadTestsFromTestCase
    return [(case, list(load(case))) for case in _cases(module)]


def run_integration(
    name: str, emit: Emit, skip: frozenset[str] = frozenset(), bail: bool = False
) -> None:
    """Runs the tests of `zerver.webhooks.<name>`; a broken module is one failed result."""
    module_name = f"zerver.webhooks.{name}.tests"
    try:
        cases = _load(name)
    except (Exception, SystemExit, KeyboardInterrupt) as error:
        failure = _import_failure(module_name, as_timeout(error))
        emit({"event": "result", "integration": name, **failure})
        return
    planned = [test.id() for _, tests in cases for test in tests]
    emit({"event": "planned", "ids": [identity for identity in planned if identity not in skip]})
    result = _Result(name, emit, bail)
    for case, tests in cases:
        result.run_class(case, [test for test in tests if test.id() not in skip])


def _cases(module: types.ModuleType) -> list[type[unittest.TestCase]]:
    return [
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, unittest.TestCase)
        and value.__module__ == module.__name__
    ]


def _import_failure(module_name: str, error: BaseException) -> dict[str, Any]:
    return {
        "id": module_name,
        "name": "import tests.py",
        "status": "failed",
        "durationMs": 0.0,
        "error": describe(error, f"{module_name.replace('.', '/')}.py"),
    }


class _Result(unittest.TestResult):
    """Collects the outcome of one test at a time and emits it."""

    def __init__(self, integration: str, emit: Emit, bail: bool) -> None:
        super().__init__()
        self.bail = bail
        self.has_failed = False
        self.integration = integration
        self.emit = emit
        self.outcome: dict[str, Any] = {}

    def run_class(self, case: type[unittest.TestCase], tests: list[Any]) -> None:
        """Runs tests of one class, with what the class sets up for all of them."""
        broken: BaseException | None = None
        if tests and not getattr(case, "__unittest_skip__", False):
            try:
                case.setUpClass()
            except BaseException as error:  # then none of its tests can run
                broken = as_timeout(error)
        for test in tests:
            if self.bail and self.has_failed:
                break
            self.run(test, broken)
        self.emit({"event": "pause"})
        if broken is None and tests:
            with contextlib.suppress(Exception):
                case.tearDownClass()
        case.doClassCleanups()

    def run(self, test: unittest.TestCase, broken: BaseException | None = None) -> None:
        """Runs one test, or fails it with what broke its class, and emits its result."""
        self.outcome = {"status": "passed"}
        identity = {"integration": self.integration, "id": test.id(), "name": test._testMethodName}
        self.emit({"event": "start", **identity})
        output = Output()
        started = time.perf_counter()
        try:
            if broken is not None:
                raise broken
            with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
                test(self)
        except BaseException as error:  # SystemExit and the like must not end the run
            self._fail(test, as_timeout(error))
        duration = round((time.perf_counter() - started) * 1000, 3)
        extra = {"output": output.getvalue()} if output.getvalue() else {}
        self.emit({"event": "result", **identity, "durationMs": duration, **self.outcome, **extra})

    def _fail(self, test: Any, error: BaseException) -> None:
        # A second error, in tearDown say, does not hide the first.
        self.has_failed = True
        if self.outcome.get("status") != "failed":
            module = sys.modules.get(type(test).__module__)
            path = tree.relative(getattr(module, "__file__", "") or "")
            self.outcome = {"status": "failed", "error": describe(error, path)}

    def addError(self, test: Any, err: Any) -> None:  # noqa: N802
        self._fail(test, err[1])

    addFailure = addError  # noqa: N815

    def addSubTest(self, test: Any, subtest: Any, err: Any) -> None:  # noqa: N802
        if err is not None:
            self._fail(test, err[1])

    def addSkip(self, test: Any, reason: str) -> None:  # noqa: N802
        self.outcome = {"status": "skipped", "reason": reason}

    def addUnexpectedSuccess(self, test: Any) -> None:  # noqa: N802
        self._fail(
            test, AssertionError("the test passed although it is marked as an expected failure")
        )


def describe(error: BaseException, author_file: str | None = None) -> dict[str, Any]:
    """An exception as data: its traceback holds the checkout's frames only.

    `path` and `line` point into `author_file` where the traceback passes through it.
    """
    frames = [(frame, line) for frame, line in traceback.walk_tb(error.__traceback__)]
    described: dict[str, Any] = {
        "type": type(error).__name__,
        "message": _message(error),
        "traceback": _traceback(error),
    }
    for frame, _ in frames:
        if frame.f_code.co_name in _COMPARISONS and "first" in frame.f_locals:
            actual, expected = frame.f_locals.get("first"), frame.f_locals.get("second")
            if isinstance(actual, str) and isinstance(expected, str):
                described |= {"expected": expected, "actual": actual}
            break
    described |= _place(error, frames, author_file)
    return described


def _message(error: BaseException) -> str:
    if isinstance(error, MemoryError) and not error.args:
        return "the memory that Python may use is used up"
    try:
        return str(error)
    except Exception as broken:  # an exception whose text is itself broken
        return f"<the message cannot be shown: {type(broken).__name__}>"


def _place(error: BaseException, frames: list[Any], author_file: str | None) -> dict[str, Any]:
    if (
        isinstance(error, SyntaxError)
        and error.filename
        and (path := tree.relative(error.filename))
    ):
        return {"path": path, "line": error.lineno or 1}
    places = [(tree.relative(frame.f_code.co_filename), line) for frame, line in frames]
    mine = [place for place in places if place[0] == author_file and author_file is not None]
    inside = [place for place in places if place[0]]
    webhook = [place for place in inside if place[0].startswith("zerver/webhooks/")]
    for path, line in (mine or webhook or inside)[-1:]:
        return {"path": path, "line": line}
    return {"path": author_file, "line": 1} if author_file else {}


def _traceback(error: BaseException) -> str:
    entries = traceback.extract_tb(error.__traceback__)
    inside = [(tree.relative(entry.filename), entry) for entry in entries]
    author = [pair for pair in inside if pair[0] and pair[0].startswith("zerver/webhooks/")]
    lines = ["Traceback (most recent call last):\n"]
    for path, entry in author or [pair for pair in inside if pair[0]]:
        lines.append(f'  File "{path}", line {entry.lineno}, in {entry.name}\n')
        if entry.line:
            lines.append(f"    {entry.line}\n")
    lines += traceback.format_exception_only(error)
    cause = error.__cause__
    if cause is not None:
        lines.append(f"Caused by {type(cause).__name__}: {_message(cause)}\n")
    return "".join(lines).replace(tree.root() + "/", "")
