"""Runs an integration's own tests and reports each result."""

import contextlib
import functools
import importlib
import inspect
import json
import re
import sys
import time
import traceback
import types
import unittest
from collections.abc import Callable
from typing import Any

from . import tree, urls
from .output import (
    LONGEST_COMPARED,
    LONGEST_MESSAGE,
    LONGEST_NAME,
    LONGEST_TRACEBACK,
    Output,
    cut,
)

Emit = Callable[[dict[str, Any]], None]

# What git leaves in a file whose merge it could not finish.
_CONFLICT = "a conflict marker of an unfinished merge"
_CONFLICT_MARKER = re.compile(r"^[<>|]{7} \S", re.MULTILINE)
_CONFLICT_SEPARATOR = re.compile(r"={7}$")
_COMPARISONS = ("assertEqual", "assertMultiLineEqual", "assertNotEqual")


_UNRUN = {
    "a coroutine": inspect.iscoroutine,
    "a generator": inspect.isgenerator,
    "an async generator": inspect.isasyncgen,
}


class NotRun(Exception):
    """A test of which nothing was run."""


class TestTimeout(Exception):
    """A test, or a view, took longer than it may."""


def as_timeout(error: BaseException) -> BaseException:
    """What the engine's interrupt means; a Ctrl-C never gets here, it ends the whole process."""
    if not isinstance(error, KeyboardInterrupt):
        return error
    stopped = TestTimeout("stopped because it took too long")
    return stopped.with_traceback(error.__traceback__)


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
            self.outcome = {"status": "failed", "error": describe(error, path)}

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


def describe(error: BaseException, author_file: str | None = None) -> dict[str, Any]:
    """An exception as data: its traceback holds the checkout's frames only, its texts are bounded.

    `path` and `line` point into `author_file` where the traceback passes through it.
    """
    try:
        return _describe(error, author_file)
    except BaseException as broken:  # the exception is itself the author's code
        # Its time may be over just while it is described.
        text = f"the error cannot be shown: {as_timeout(broken)!r}"
        return {"type": type(error).__name__, "message": text, "traceback": text}


def _describe(error: BaseException, author_file: str | None) -> dict[str, Any]:
    if isinstance(error, SyntaxError):
        _blame_conflict(error)
    frames = [(frame, line) for frame, line in traceback.walk_tb(error.__traceback__)]
    described: dict[str, Any] = {
        "type": cut(type(error).__name__, LONGEST_NAME),
        "message": cut(_message(error), LONGEST_MESSAGE),
        "traceback": cut(_traceback(error), LONGEST_TRACEBACK),
    }
    for frame, _ in frames:
        if frame.f_code.co_name in _COMPARISONS and "first" in frame.f_locals:
            actual, expected = frame.f_locals.get("first"), frame.f_locals.get("second")
            if isinstance(actual, str) and isinstance(expected, str):
                described |= {
                    "expected": cut(expected, LONGEST_COMPARED),
                    "actual": cut(actual, LONGEST_COMPARED),
                    "cut": max(len(expected), len(actual)) > LONGEST_COMPARED,
                }
            break
    described |= _place(error, frames, author_file)
    return described


def _message(error: BaseException) -> str:
    if isinstance(error, MemoryError) and not error.args:
        return "the memory that Python may use is used up"
    try:
        text = str(error)
        if isinstance(error, json.JSONDecodeError) and isinstance(error.doc, str):
            if marker := _CONFLICT_MARKER.search(error.doc):
                line = error.doc.count("\n", 0, marker.start()) + 1
                return f"the JSON holds {_CONFLICT}, line {line}"
        return text.replace(tree.root() + "/", "")
    except Exception as broken:  # an exception whose text is itself broken
        return f"<the message cannot be shown: {type(broken).__name__}>"


def _blame_conflict(error: SyntaxError) -> None:
    """Lets the error of a file with a conflict marker point to that: Python stumbles over what comes before or after it."""
    try:
        with open(error.filename or "", encoding="utf-8") as file:
            lines = file.read().split("\n")
    except (OSError, ValueError):
        return
    for number, line in enumerate(lines, 1):
        # The line between two versions may as well underline a heading, but not where Python stumbles over it.
        between = number == error.lineno and _CONFLICT_SEPARATOR.match(line)
        if between or _CONFLICT_MARKER.match(line):
            error.msg, error.lineno, error.text = _CONFLICT, number, line
            error.offset, error.end_lineno, error.end_offset = 1, number, len(line) + 1
            return


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
    # Python's own import machinery is called `<frozen …>`.
    files = [entry for entry in entries if not entry.filename.startswith("<")]
    inside = [(path, entry) for entry in files if (path := tree.relative(entry.filename))]
    author = [pair for pair in inside if pair[0].startswith("zerver/webhooks/")]
    lines = ["Traceback (most recent call last):\n"]
    for path, entry in author or inside:
        lines.append(f'  File "{path}", line {entry.lineno}, in {entry.name}\n')
        if entry.line:
            lines.append(f"    {entry.line}\n")
    # Of the library's own frames the last one says where it was noticed; the others are left out.
    if author and inside[-1] != author[-1]:
        path, entry = inside[-1]
        lines.append(f"    raised in {path}, line {entry.lineno}\n")
    lines += traceback.format_exception_only(error)
    cause = error.__cause__
    if cause is not None:
        lines.append(f"Caused by {type(cause).__name__}: {_message(cause)}\n")
    return "".join(lines).replace(tree.root() + "/", "")
