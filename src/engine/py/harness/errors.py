"""An exception of a view or a test as data, whatever its author made of it."""

import json
import linecache
import re
import traceback
from typing import Any

from . import tree
from .output import LONGEST_COMPARED, LONGEST_MESSAGE, LONGEST_NAME, LONGEST_TRACEBACK, cut

# What git leaves in a file whose merge it could not finish.
CONFLICT = "a conflict marker of an unfinished merge"
_CONFLICT_MARKER = re.compile(r"^[<>|]{7} \S", re.MULTILINE)
_CONFLICT_SEPARATOR = re.compile(r"={7}$")
_COMPARISONS = ("assertEqual", "assertMultiLineEqual", "assertNotEqual")


class TestTimeout(Exception):
    """A test, or a view, took longer than it may."""


def as_timeout(error: BaseException) -> BaseException:
    """What the engine's interrupt means; a Ctrl-C never gets here, it ends the whole process."""
    if not isinstance(error, KeyboardInterrupt):
        return error
    stopped = TestTimeout("stopped because it took too long")
    return stopped.with_traceback(error.__traceback__)


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
    for index, (frame, _) in enumerate(frames):
        if frame.f_code.co_name in _COMPARISONS and "first" in frame.f_locals:
            actual, expected = frame.f_locals.get("first"), frame.f_locals.get("second")
            if isinstance(actual, str) and isinstance(expected, str):
                described |= {
                    "expected": cut(expected, LONGEST_COMPARED),
                    "actual": cut(actual, LONGEST_COMPARED),
                    "cut": max(len(expected), len(actual)) > LONGEST_COMPARED,
                    "of_topic": index > 0 and _is_about_topic(*frames[index - 1]),
                }
            break
    described |= _place(error, frames, author_file)
    return described


def _is_about_topic(frame: Any, line: int) -> bool:
    """Whether the line of the test base or the test that compares two texts names a topic."""
    return "topic" in linecache.getline(frame.f_code.co_filename, line).lower()


def _message(error: BaseException) -> str:
    if isinstance(error, MemoryError) and not error.args:
        return "the memory that Python may use is used up"
    try:
        text = str(error)
        if isinstance(error, json.JSONDecodeError) and isinstance(error.doc, str):
            if line := conflict_line(error.doc):
                return f"the JSON holds {CONFLICT}, line {line}"
        return text.replace(tree.root() + "/", "")
    except Exception as broken:  # an exception whose text is itself broken
        return f"<the message cannot be shown: {type(broken).__name__}>"


def conflict_line(text: str) -> int | None:
    """The line (from 1) of the first conflict marker of a text."""
    marker = _CONFLICT_MARKER.search(text)
    return text.count("\n", 0, marker.start()) + 1 if marker else None


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
            error.msg, error.lineno, error.text = CONFLICT, number, line
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
