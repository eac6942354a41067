"""What a module's top-level imports bind, taken out of its source so that each can wait until its name is read."""

import ast
import importlib
import importlib.util
from collections.abc import Iterator
from typing import Any

from .patches import lifted


class PendingImport:
    """`from module import attribute`, or `import module` when the attribute is None."""

    __slots__ = ("attribute", "module", "top_only")

    def __init__(self, module: str, attribute: str | None, top_only: bool = False) -> None:
        self.module = module
        self.attribute = attribute
        self.top_only = top_only

    def resolve(self, tolerate: Any) -> Any:
        """Imports the module and returns what the statement would have bound."""
        with lifted():
            return self._resolve(tolerate)

    def _resolve(self, tolerate: Any) -> Any:
        top = self.module.partition(".")[0]
        tolerate(top)
        module = importlib.import_module(self.module)
        if self.attribute is None:
            return importlib.import_module(top) if self.top_only else module
        try:
            return getattr(module, self.attribute)
        except AttributeError:
            name = f"{self.module}.{self.attribute}"
            try:
                return importlib.import_module(name)
            except ModuleNotFoundError as error:
                if error.name != name:
                    raise
                raise ImportError(
                    f"cannot import name {self.attribute!r} from {self.module!r}", name=self.module
                ) from None


def split_imports(tree: ast.Module, package: str, tolerate: Any) -> dict[str, PendingImport]:
    """Removes the top-level imports from `tree` and returns what they bind."""
    pending: dict[str, PendingImport] = {}
    kept: list[ast.stmt] = []
    for statement in tree.body:
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                top_only = alias.asname is None and "." in alias.name
                bound = alias.asname or alias.name.partition(".")[0]
                earlier = pending.get(bound)
                if earlier is not None and earlier.attribute is None:
                    # `import a.b` and `import a.c` bind the same `a`: these two run at once.
                    del pending[bound]
                    tolerate(bound)
                    both = [ast.alias(earlier.module), alias]
                    kept.append(ast.copy_location(ast.Import(both), statement))
                    continue
                pending[bound] = PendingImport(alias.name, None, top_only)
        elif (
            isinstance(statement, ast.ImportFrom)
            and statement.module != "__future__"
            and statement.names[0].name != "*"
        ):
            module = importlib.util.resolve_name(
                "." * statement.level + (statement.module or ""), package
            )
            for alias in statement.names:
                pending[alias.asname or alias.name] = PendingImport(module, alias.name)
        else:
            kept.append(statement)
    tree.body = kept
    return pending


def _evaluated_with_class(node: ast.AST) -> Iterator[ast.AST]:
    """The expressions that run while a class body runs, without the bodies of its methods."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        yield from node.decorator_list
        yield from (default for default in node.args.defaults + node.args.kw_defaults if default)
    elif isinstance(node, ast.ClassDef):
        yield from (
            *node.decorator_list,
            *node.bases,
            *(keyword.value for keyword in node.keywords),
        )
        for statement in node.body:
            yield from _evaluated_with_class(statement)
    elif isinstance(node, ast.AnnAssign):
        if node.value:
            yield node.value
    else:
        yield node


def resolve_before_classes(body: list[ast.stmt], pending: dict[str, PendingImport]) -> None:
    """Puts before each class a statement that reads the pending names its body will read."""
    position = 0
    while position < len(body):
        statement = body[position]
        for name in ("body", "orelse", "finalbody"):
            inner = getattr(statement, name, None)
            if isinstance(inner, list):
                resolve_before_classes(inner, pending)
        for handler in getattr(statement, "handlers", ()):
            resolve_before_classes(handler.body, pending)
        if isinstance(statement, ast.ClassDef):
            expressions = _evaluated_with_class(statement)
            used = {n.id for e in expressions for n in ast.walk(e) if isinstance(n, ast.Name)}
            names: list[ast.expr] = [
                ast.Name(name, ast.Load()) for name in sorted(used & pending.keys())
            ]
            if names:
                read = ast.copy_location(ast.Expr(ast.Tuple(names, ast.Load())), statement)
                body.insert(position, read)
                position += 1
        position += 1
