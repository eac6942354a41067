"""Loads the checkout's registry so that one entry that does not load takes no other with it.

On a server such an entry keeps everything from starting. Here the others are of use: what is wrong with
one is told where it is asked for.
"""

import ast
import os
import re
from dataclasses import dataclass
from typing import Any

from . import tree, urls
from .lazy import LazyLoader
from .pending_imports import PendingImport
from .placeholder import loading

_VIEW = re.compile(r"zerver\.webhooks\.(\w+)")


@dataclass
class Problem:
    """A statement or an entry of the registry that does not load."""

    # What the entry is called, and the folder that it speaks of; None for a statement.
    name: str | None
    folder: str | None
    line: int
    error: BaseException


problems: list[Problem] = []


class RegistryLoader(LazyLoader):
    """Loads what can be loaded of the registry."""

    def exec_module(self, module: Any) -> None:
        problems.clear()
        problems.extend(self._missing_modules(module.__dict__.pending))
        super().exec_module(module)

    def _missing_modules(self, pending: dict[str, PendingImport]) -> list[Problem]:
        """Imports wait until their names are read, but a module that the tree lacks stops a server at once."""
        missing = {entry.module for entry in pending.values() if _is_missing(entry.module)}
        if not missing:
            return []
        with open(self.path, "rb") as file:
            body = ast.parse(file.read(), self.path).body
        return [
            Problem(None, None, statement.lineno, ModuleNotFoundError(f"No module named {name!r}", name=name))
            for statement in body
            if isinstance(statement, (ast.Import, ast.ImportFrom))
            for name in sorted(missing & _named_modules(statement))
        ]

    def may_miss(self, error: BaseException) -> bool:
        return isinstance(error, Exception)

    def replace_failed(self, statement: ast.stmt, error: BaseException, module: str, namespace: Any) -> None:
        value = getattr(statement, "value", None)
        targets = [name for name, _ in tree.bindings([statement])]
        if targets and isinstance(value, (ast.List, ast.Dict)):
            with loading(module):
                rescued = self._rescue(value, namespace)
            namespace.update(dict.fromkeys(targets, rescued))
            return
        told = {getattr(problem.error, "name", None) for problem in problems}
        if not isinstance(error, ModuleNotFoundError) or error.name not in told:
            problems.append(Problem(None, None, statement.lineno, error))
        super().replace_failed(statement, error, module, namespace)

    def _rescue(self, display: ast.List | ast.Dict, namespace: Any) -> Any:
        """The items of a list or a dict that can be evaluated."""
        keys = display.keys if isinstance(display, ast.Dict) else []
        items = display.values if isinstance(display, ast.Dict) else display.elts
        rescued: list[Any] = []
        for index, item in enumerate(items):
            try:
                pair = [self._evaluate(keys[index], namespace)] if keys and keys[index] else []
                rescued.append((*pair, self._evaluate(item, namespace)))
            except Exception as error:
                problems.append(_problem(item, error))
        return {item[0]: item[1] for item in rescued if len(item) == 2} if keys else [item[0] for item in rescued]

    def _evaluate(self, node: ast.expr, namespace: Any) -> Any:
        return eval(compile(ast.Expression(node), self.path, "eval", dont_inherit=True), namespace)


def _is_missing(module: str) -> bool:
    """Whether a module belongs to a package of the tree, and the tree has neither a file nor a folder for it."""
    package, *rest = module.split(".")
    path = os.path.join(tree.root(), package, *rest)
    packaged = os.path.isfile(os.path.join(tree.root(), package, "__init__.py"))
    return packaged and not os.path.isdir(path) and not os.path.isfile(f"{path}.py")


def _named_modules(statement: ast.Import | ast.ImportFrom) -> set[str]:
    if isinstance(statement, ast.Import):
        return {alias.name for alias in statement.names}
    return {statement.module} if statement.module else set()


def _problem(item: ast.expr, error: Exception) -> Problem:
    texts = [n.value for n in ast.walk(item) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    folder = next((found[1] for found in map(_VIEW.match, texts) if found), None)
    stated = next((k.value for k in getattr(item, "keywords", ()) if k.arg == "dir_name"), None)
    name = texts[0] if isinstance(item, ast.Call) and texts else None
    return Problem(name, folder or getattr(stated, "value", None) or name, item.lineno, error)


def problem_of(*, name: str | None = None, folder: str | None = None) -> Problem | None:
    """What keeps an integration from loading: by its name, or by the name of its folder."""
    urls.integrations()
    fitting = (p for p in problems if (name is not None and p.name == name) or (folder is not None and p.folder == folder))
    return next(fitting, None)


def described(problem: Problem) -> dict[str, Any]:
    """A problem as an error of a test; see errors.describe."""
    from .errors import describe

    path = f"{urls.REGISTRY.replace('.', '/')}.py"
    error = describe(problem.error, path)
    what = f"the entry of {problem.name}" if problem.name else "a statement of the registry"
    message = f"{what} does not load: {error['type']}: {error['message']}"
    return {**error, "message": message, "path": path, "line": problem.line}


def in_words(problem: Problem) -> str:
    """A problem as a line."""
    error = described(problem)
    return f"{error['message']} ({error['path']}, line {error['line']})"
