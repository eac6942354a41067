"""Runs an integration's own tests and reports each result."""

import contextlib
import functools
import importlib
import inspect
import sys
import time
import types
import unittest
from collections.abc import Callable
from typing import Any

from . import tree, urls
from .broken_fixture import broken_fixture
from .errors import as_timeout, describe
from .output import Output

Emit = Callable[[dict[str, Any]], None]

_UNRUN = {
    "a coroutine": inspect.iscoroutine,
    "a generator": inspect.isgenerator,
    "an async generator": inspect.isasyncgen,
}


class NotRun(Exception):
    """A test of which nothing was run."""


def collect(name: str) -> dict[str, Any]:
    """The tests of `zerver.webhooks.<name>` as pairs of id and name; and why they do not load."""
    try:
        cases = _load(name)
    except (Exception, SystemExit, KeyboardInterrupt) as error:
        path = f"zerver/webhooks/{name}/tests.py"
        if isinstance(error, ModuleNotFoundError) and error.name == f"zerver.webhooks.{name}.tests":
            error = FileNotFoundError(f"there is no {path}, so there are no tests")
            return {"tests": [], "failure": {**describe(error), "path": path, "line": 1}}
        return {"tests": [], "failure": describe(as_timeout(error), path)}
    return {"tests": [[_id(test), test._testMethodName] for _, tests in cases for test in tests]}


def _load(name: str) -> list[tuple[type[unittest.TestCase], list[Any]]]:
    module = importlib.import_module(f"zerver.webhooks.{name}.tests")
    load = unittest.defaultTestLoader.loadTestsFromTestCase
    return [(case, list(load(case))) for case in _cases(module)]


def _id(test: unittest.TestCase) -> str:
    """As unittest's own; a test may say something else of itself."""
    return f"{type(test).__module__}.{type(test).__qualname__}.{test._testMethodName}"


def run_integration(name: str, emit: Emit, only: frozenset[str], bail: bool) -> None:
    """Runs those tests of `zerver.webhooks.<name>` whose ids are in `only`."""
    result = _Result(emit, bail)
    for case, tests in _load(name):
        wanted = [test for test in tests if _id(test) in only]
        if wanted:
            result.run_class(case, wanted)


def _cases(module: types.ModuleType) -> list[type[unittest.TestCase]]:
    cases = [
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, unittest.TestCase)
        and value.__module__ == module.__name__
    ]
    # A class may have two names.
    return list(dict.fromkeys(cases))


def _fail_unless_run(test: unittest.TestCase) -> None:
    """Has a test fail that is a coroutine or a generator: unittest calls it, and lets it pass without running it."""
    method = getattr(test, test._testMethodName)

    @functools.wraps(method)
    def checked(*args: Any, **kwargs: Any) -> Any:
        returned = method(*args, **kwargs)
        for kind, is_kind in _UNRUN.items():
            if is_kind(returned):
                raise NotRun(f"The test only makes {kind}, and nothing of it was run.")
        return returned

    setattr(test, test._testMethodName, checked)


def _fault(error: BaseException) -> dict[str, Any] | None:
    try:
        return broken_fixture(error)
    except BaseException:  # the exception is itself the author's code, and its time may be over just now
        return None


class _Result(unittest.TestResult):
    """Collects the outcome of one test at a time and emits it."""

    def __init__(self, emit: Emit, bail: bool) -> None:
        super().__init__()
        self.bail = bail
        self.has_failed = False
        self.emit = emit
        self.outcome: dict[str, Any] = {}
        self.broken: BaseException | None = None

    def run_class(self, case: type[unittest.TestCase], tests: list[Any]) -> None:
        """Runs tests of one class.

        What the class sets up for all of them belongs to the first test, and what it takes down to
        the last one: one of them has the time that it takes, and fails by it.
        """
        self.broken = None
        for index, test in enumerate(tests):
            self.run(test, case, index == 0, index == len(tests) - 1)
            if self.bail and self.has_failed:
                break

    def run(self, test: Any, case: Any, is_first: bool, is_last: bool) -> None:
        """Runs one test of a class, and emits its result."""
        self.outcome = {"status": "passed"}
        identity = {"id": _id(test), "name": test._testMethodName}
        self.emit({"event": "start", "id": identity["id"]})
        skipped = getattr(case, "__unittest_skip__", False)
        if is_first and not skipped:
            self.broken = self._attempt(case.setUpClass)
        measured = self._measure(test, self.broken)
        if is_last or (self.bail and self.has_failed):
            ended = None if self.broken or skipped else self._attempt(case.tearDownClass)
            for error in (ended, self._attempt(case.doClassCleanups)):
                if error is not None:
                    self._fail(test, error)
        self.emit({"event": "result", **identity, **self.outcome, **measured})

    def _attempt(self, work: Callable[[], Any]) -> BaseException | None:
        """What a call raises: SystemExit and the like must not end the run."""
        try:
            work()
        except BaseException as error:
            return as_timeout(error)
        return None

    def _measure(self, test: unittest.TestCase, broken: BaseException | None) -> dict[str, Any]:
        """Runs one test, or fails it with what broke its class."""
        output = Output()
        urls.answered.clear()
        started = time.perf_counter()
        try:
            if broken is not None:
                raise broken
            _fail_unless_run(test)
            with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
                test(self)
        except BaseException as error:
            self._fail(test, as_timeout(error))
        printed = output.text()
        duration = round((time.perf_counter() - started) * 1000, 3)
        return {"durationMs": duration, **({"output": printed} if printed else {})}

    def _fail(self, test: Any, error: BaseException) -> None:
        # A second error, in tearDown say, does not hide the first.
        self.has_failed = True
        if urls.answered and isinstance(error, AssertionError) and error.__cause__ is None:
            error.__cause__ = urls.answered[-1]
        if self.outcome.get("status") != "failed":
            module = sys.modules.get(type(test).__module__)
            path = tree.relative(getattr(module, "__file__", "") or "")
            described = describe(error, path)
            # Two texts that differ are what the test is about, even if it sends a fixture that is broken on purpose.
            fault = None if "expected" in described else _fault(error)
            self.outcome = {"status": "failed", "error": {**described, **(fault or {})}}

    def addError(self, test: Any, err: Any) -> None:  # noqa: N802
        self._fail(test, err[1])

    addFailure = addError  # noqa: N815

    def addSubTest(self, test: Any, subtest: Any, err: Any) -> None:  # noqa: N802
        if err is not None:
            self._fail(test, err[1])

    def addSkip(self, test: Any, reason: str) -> None:  # noqa: N802
        self.outcome = {"status": "skipped", "reason": str(reason)}

    def addUnexpectedSuccess(self, test: Any) -> None:  # noqa: N802
        self._fail(
            test, AssertionError("the test passed although it is marked as an expected failure")
        )
