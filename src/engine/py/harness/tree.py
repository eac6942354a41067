"""The checkout that is loaded: where it is, and definitions read from its source."""

import ast
import os

# Our stand-ins for packages, beside this package.
STANDINS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "standins")

_root: str | None = None


def set_root(path: str) -> None:
    """Says where the checkout is."""
    global _root
    _root = path


def root() -> str:
    """The checkout's folder."""
    assert _root is not None, "no checkout is loaded"
    return _root


def relative(path: str) -> str | None:
    """A path below the checkout, or None for a path outside it."""
    real = os.path.abspath(path)
    prefix = os.path.abspath(root()) + os.sep
    return real[len(prefix) :].replace(os.sep, "/") if real.startswith(prefix) else None


def python_files(*names: str) -> list[str]:
    """Those of the named files and folders that exist, folders as the modules in them."""
    found: list[str] = []
    for name in names:
        path = os.path.join(root(), *name.split("/"))
        if os.path.isdir(path):
            found += sorted(
                os.path.join(path, entry) for entry in os.listdir(path) if entry.endswith(".py")
            )
        elif os.path.isfile(path):
            found.append(path)
    return found


class Definitions:
    """The top-level definitions of some files, by name; the first file wins."""

    def __init__(self, files: list[str]) -> None:
        self.files = files
        self.found: dict[str, tuple[str, ast.stmt]] = {}
        self.imports: list[tuple[str, ast.Module]] = []
        for path in files:
            with open(path, "rb") as file:
                module = ast.parse(file.read(), path)
            self.imports.append((path, module))
            for name, statement in bindings(module.body):
                self.found.setdefault(name, (path, statement))


def bindings(body: list[ast.stmt]) -> list[tuple[str, ast.stmt]]:
    """The names that the statements of a body bind, each with its statement."""
    bound: list[tuple[str, ast.stmt]] = []
    for statement in body:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            bound.append((statement.name, statement))
        elif isinstance(statement, ast.Assign):
            bound += [(t.id, statement) for t in statement.targets if isinstance(t, ast.Name)]
        elif (
            isinstance(statement, ast.AnnAssign)
            and statement.value
            and isinstance(statement.target, ast.Name)
        ):
            bound.append((statement.target.id, statement))
    return bound
