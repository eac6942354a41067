"""The fixture that a failed test goes back to, where it is cut off, its merge was never finished, or it is not there."""

import os
from typing import Any

from . import tree
from .errors import CONFLICT, conflict_line


def broken_fixture(error: BaseException) -> dict[str, Any] | None:
    """Says which fixture is at fault, and where, if an exception is, or comes of, one that could not be parsed.

    A text that is read from a file of another kind, such as JSON from a form, may be the test's mistake.
    """
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        found = waiting.pop()
        if found is None or id(found) in seen:
            continue
        seen.add(id(found))
        # A view may answer a request instead, and raises its answer while it handles the parser's error.
        waiting += [found.__cause__, found.__context__]
        if isinstance(found, FileNotFoundError) and (message := missing_fixture(found.filename)):
            return {"message": message}
        document = getattr(found, "doc", None)
        if isinstance(document, str) and (path := _fixture_with(document, _format(found))):
            return _fault(path, document, found)
    return None


def missing_fixture(path: object) -> str | None:
    """What is said of a file that is not there, if it would be a fixture."""
    if not isinstance(path, str):
        return None
    folder, name = os.path.split(os.path.abspath(os.path.join(tree.root(), path)))
    if os.path.basename(folder) != "fixtures":
        return None
    return f"{tree.relative(folder)} has no file {name}"


def _format(error: BaseException) -> str:
    return "json" if hasattr(error, "colno") else "xml"


def _fault(path: str, document: str, error: Any) -> dict[str, Any]:
    name = os.path.basename(path)
    if line := conflict_line(document):
        message = f"{name}, line {line}: {CONFLICT}"
        return {"path": path, "line": line, "column": 1, "message": message, "of_fixture": True}
    if _format(error) == "json":
        line, column = error.lineno, error.colno
    else:
        line, column = error.position[0], error.position[1] + 1
    kind = _format(error).upper()
    message = f"{name} is not {kind} from line {line}, column {column} on"
    end = len(document.rstrip())
    if kind == "JSON" and (error.pos >= end or error.msg.startswith("Unterminated string")):
        # The words are those of `faultWords` in payload/json.ts.
        line = document.count("\n", 0, end) + 1
        column = end - (document.rfind("\n", 0, end) + 1) + 1
        message = f"{name} ends in the middle, at line {line}, column {column}"
    return {"path": path, "line": line, "column": column, "message": message, "of_fixture": True}


def _fixture_with(document: str, extension: str) -> str | None:
    """The path of the fixture that holds this text, as a test reads it."""
    wanted = document.replace("\r\n", "\n")
    webhooks = os.path.join(tree.root(), "zerver", "webhooks")
    for folder, _, names in os.walk(webhooks):
        if os.path.basename(folder) != "fixtures":
            continue
        for name in sorted(names):
            path = os.path.join(folder, name)
            if not name.endswith("." + extension) or os.path.getsize(path) < len(wanted):
                continue
            with open(path, encoding="utf-8", errors="replace") as file:
                if file.read() == wanted:
                    return tree.relative(path)
    return None
