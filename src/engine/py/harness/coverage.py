"""Which statements of an integration's own code run, through `sys.monitoring`.

A place reports once and then never again, so watching costs next to nothing.
"""

import ast
import os
import re
import sys
import types
from typing import Any

from . import tree

_TOOL = sys.monitoring.COVERAGE_ID
_EVENTS = sys.monitoring.events


def watch(directory: str) -> "Watching":
    """Watches the files of a folder of `zerver/webhooks`; watching it again goes on as before."""
    global _current
    if _current is None or _current.directory != directory:
        if _current is not None:
            _current.stop()
        _current = Watching(directory)
    return _current


class Watching:
    """The lines that ran since it was made, in the files of one folder but its tests."""

    def __init__(self, directory: str) -> None:
        self.directory = directory
        self.folder = os.path.join(tree.root(), "zerver", "webhooks", directory) + os.sep
        self.ran: dict[str, set[int]] = {}
        # What was imported before cannot be seen to be imported.
        self.imported = {
            getattr(module, "__file__", None) or "" for module in list(sys.modules.values())
        }
        monitoring = sys.monitoring
        monitoring.use_tool_id(_TOOL, "connect-webhook")
        monitoring.register_callback(_TOOL, _EVENTS.PY_START, self._starts)
        monitoring.register_callback(_TOOL, _EVENTS.LINE, self._runs)
        monitoring.restart_events()
        monitoring.set_events(_TOOL, _EVENTS.PY_START)

    def _starts(self, code: types.CodeType, _offset: int) -> Any:
        if code.co_filename.startswith(self.folder):
            sys.monitoring.set_local_events(_TOOL, code, _EVENTS.LINE)
        return sys.monitoring.DISABLE

    def _runs(self, code: types.CodeType, line: int) -> Any:
        self.ran.setdefault(code.co_filename, set()).add(line)
        return sys.monitoring.DISABLE

    def stop(self) -> None:
        """Stops watching."""
        global _current
        _current = None
        sys.monitoring.set_events(_TOOL, 0)
        sys.monitoring.free_tool_id(_TOOL)

    def finish(self) -> dict[str, Any]:
        """Stops watching, and says what ran: the view first, then its other modules."""
        self.stop()
        files = [described for path in self._paths() if (described := self._describe(path))]
        files.sort(key=lambda file: (_rank(file["path"], self.directory), file["path"]))
        return {
            "lines": sum(file["lines"] for file in files),
            "covered": sum(file["covered"] for file in files),
            "missing": files[0]["missing"] if files else [],
            "files": files,
        }

    def _paths(self) -> list[str]:
        return [
            os.path.join(folder, name)
            for folder, _, names in os.walk(self.folder)
            for name in names
            if name.endswith(".py") and not name.startswith("test")
        ]

    def _describe(self, path: str) -> dict[str, Any] | None:
        try:
            with open(path, "rb") as file:
                source = file.read()
            statements = _statements(source, path)
        except (SyntaxError, ValueError) as error:
            # None of it can run: at the least the line that Python does not read is not covered.
            line = getattr(error, "lineno", None) or 1
            return {"path": tree.relative(path), "lines": 1, "covered": 0, "missing": [line]}
        if not statements:
            return None
        ran = self.ran.get(path, set())
        missing = [
            lines.start
            for lines, at_import in statements
            if not (at_import and path in self.imported) and not ran.intersection(lines)
        ]
        return {
            "path": tree.relative(path),
            "lines": len(statements),
            "covered": len(statements) - len(missing),
            "missing": missing,
        }


_current: Watching | None = None


def _rank(path: str, directory: str) -> int:
    inside = path.removeprefix(f"zerver/webhooks/{directory}/")
    return 0 if inside in ("view.py", "view/__init__.py") else 1


def _statements(source: bytes, path: str) -> list[tuple[range, bool]]:
    """The lines of each statement that can run, without those of its body, and whether an import runs it."""
    executable: set[int] = set()
    _add_lines(compile(source, path, "exec", dont_inherit=True), executable)
    found: list[tuple[range, bool]] = []
    pending: list[tuple[ast.AST, bool]] = [(ast.parse(source, path), True)]
    left_out = _left_out(source)
    while pending:
        node, at_import = pending.pop()
        if isinstance(node, ast.stmt) and not left_out.isdisjoint(_own_lines(node)):
            continue
        inside = at_import and not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        pending += [(child, inside) for child in ast.iter_child_nodes(node)]
        if isinstance(node, ast.stmt) and not _says_nothing(node):
            lines = _own_lines(node)
            if executable.intersection(lines):
                found.append((lines, at_import))
    return sorted(found, key=lambda pair: pair[0].start)


def _left_out(source: bytes) -> set[int]:
    """Lines that say `# nocoverage`, as Connect's own reports understand it."""
    return {
        number
        for number, line in enumerate(source.splitlines(), 1)
        if re.search(rb"#\s*nocoverage\b", line)
    }


def _add_lines(code: types.CodeType, lines: set[int]) -> None:
    # Annotations are code of their own that hardly anything runs.
    if code.co_name == "__annotate__":
        return
    lines.update(line for _, _, line in code.co_lines() if line)
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            _add_lines(constant, lines)


def _says_nothing(node: ast.stmt) -> bool:
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.AnnAssign):
        return node.value is None
    return isinstance(node, ast.Global | ast.Nonlocal | ast.Try)


def _own_lines(node: ast.stmt) -> range:
    decorators = getattr(node, "decorator_list", [])
    start = min([node.lineno, *(decorator.lineno for decorator in decorators)])
    body = getattr(node, "body", None) or getattr(node, "cases", None)
    if not body:
        return range(start, (node.end_lineno or start) + 1)
    first = body[0]
    below = first.pattern.lineno if isinstance(first, ast.match_case) else first.lineno
    for decorator in getattr(first, "decorator_list", []):
        below = min(below, decorator.lineno)
    return range(start, max(below, start + 1))
