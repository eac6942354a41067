"""Library modules of the checkout, executed whole but with lazy imports.

Connect's library modules import half of the server at their top. Executing a module while
leaving its top-level imports unresolved until a name is really read lets its own code run
unmodified without pulling in what the run never touches. The cut is made by use, not by a
list of modules, so it holds for trees that nobody tried it on.

The module's globals are a dict whose `__missing__` resolves the pending import. Python reads
globals through it whenever the dict is not exactly a dict, except in the body of a class: what
a class body names is therefore resolved just before it.
"""

import __future__

import ast
import builtins
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import re
import sys
import types
from collections.abc import Iterator
from typing import Any

from .patches import lifted
from .placeholder import Placeholder, Unavailable, loading

# Functions that are ours wherever the checkout defines or imports them; see replacements.py.
REPLACED: dict[str, Any] = {}
# The same for functions of some modules, found by what they are called: modules, names, and what replaces them.
RULES: list[tuple[re.Pattern[str], re.Pattern[str], Any]] = []
# Methods that are ours in the classes that define them.
METHODS: dict[str, Any] = {}

# Annotations name many types that nothing else needs. From 3.14 on they are lazy anyway.
_LAZY_ANNOTATIONS = 0 if sys.version_info >= (3, 14) else __future__.annotations.compiler_flag

_MODULE_FIELDS = (
    "__name__",
    "__file__",
    "__package__",
    "__spec__",
    "__loader__",
    "__path__",
    "__doc__",
)


def replacement(module: str, name: str) -> Any:
    """What is ours in place of a name of a module; None if it is the checkout's."""
    ruled = (ours for modules, names, ours in RULES if modules.fullmatch(module) and names.fullmatch(name))
    return REPLACED[name] if name in REPLACED else next(ruled, None)


def _replace(module: str, namespace: dict[str, Any]) -> None:
    """Replaces what is ours of what a module has defined."""
    for name in REPLACED.keys() & namespace.keys():
        namespace[name] = REPLACED[name]
    for modules, names, ours in RULES:
        if modules.fullmatch(module):
            namespace.update((name, ours) for name in list(namespace) if names.fullmatch(name))
    for value in namespace.values():
        if isinstance(value, type) and value.__module__ == module:
            for name in METHODS.keys() & vars(value).keys():
                setattr(value, name, METHODS[name])


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


class LazyNamespace(dict):  # type: ignore[type-arg]
    """The globals of a library module; pending imports are resolved on first use."""

    __slots__ = ("pending", "tolerate")

    def __init__(self, pending: dict[str, PendingImport], tolerate: Any) -> None:
        # A miss costs a Python call, so the builtins are copied in: only real misses are slow.
        super().__init__((k, v) for k, v in vars(builtins).items() if k not in pending)
        self["__builtins__"] = builtins
        self.pending = pending
        self.tolerate = tolerate

    def __missing__(self, name: str) -> Any:
        entry = self.pending.get(name)
        if entry is None:
            raise KeyError(name)
        value = replacement(entry.module, name) or entry.resolve(self.tolerate)
        # A nested import may have set it already; keep one object.
        return self.setdefault(name, value)


class LazyModule(types.ModuleType):
    """A module whose attributes live in a `LazyNamespace`."""

    def __init__(self, name: str, namespace: LazyNamespace) -> None:
        super().__init__(name)
        object.__setattr__(self, "_namespace", namespace)
        namespace["__name__"] = name

    @property
    def __dict__(self) -> dict[str, Any]:  # type: ignore[override]
        return self._namespace

    def __getattr__(self, name: str) -> Any:
        try:
            return object.__getattribute__(self, "_namespace")[name]
        except KeyError:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}") from None

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _MODULE_FIELDS:
            object.__setattr__(self, name, value)
        self._namespace[name] = value

    def __delattr__(self, name: str) -> None:
        self._namespace.pop(name, None)

    def __dir__(self) -> list[str]:
        return sorted({*self._namespace, *self._namespace.pending} - set(vars(builtins)))


def forget_imports_of(module: LazyModule, name: str) -> None:
    """Lets what `module` took from the module `name` be imported anew when it is next used."""
    namespace: Any = module.__dict__
    for bound, entry in namespace.pending.items():
        if name in (entry.module, f"{entry.module}.{entry.attribute}"):
            namespace.pop(bound, None)


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


# What a module's imports bind, the packages that they need, and the code of the rest.
Compiled = tuple[list[tuple[str, str, str | None, bool]], list[str], types.CodeType]

# Modules by path that need not be compiled; see registry_code.py.
COMPILED: dict[str, Compiled] = {}


class LazyLoader(importlib.abc.Loader):
    """Loads one library module of the checkout."""

    def __init__(self, path: str, tolerate: Any) -> None:
        self.path = path
        self.tolerate = tolerate

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        imports, tolerated, code = COMPILED.get(self.path) or self.compile(spec)
        for package in tolerated:
            self.tolerate(package)
        pending = {bound: PendingImport(*entry) for bound, *entry in imports}
        module = LazyModule(spec.name, LazyNamespace(pending, self.tolerate))
        module._code = code
        return module

    def compile(self, spec: importlib.machinery.ModuleSpec) -> Compiled:
        """The module's code; nothing of it runs."""
        tolerated: list[str] = []
        tree, pending = self._parse(spec, tolerated.append)
        imports = [(n, e.module, e.attribute, e.top_only) for n, e in pending.items()]
        return imports, tolerated, self._code_of(tree)

    def _parse(self, spec: importlib.machinery.ModuleSpec, tolerate: Any) -> Any:
        """The module without its imports, and these."""
        with open(self.path, "rb") as file:
            tree = ast.parse(file.read(), self.path)
        package = spec.name if spec.submodule_search_locations is not None else spec.parent
        pending = split_imports(tree, package or "", tolerate)
        resolve_before_classes(tree.body, pending)
        return ast.fix_missing_locations(tree), pending

    def _code_of(self, tree: ast.Module) -> types.CodeType:
        return compile(tree, self.path, "exec", _LAZY_ANNOTATIONS, dont_inherit=True)

    def exec_module(self, module: types.ModuleType) -> None:
        namespace: LazyNamespace = module.__dict__
        code = namespace.pop("_code")
        tree: ast.Module | None = None
        with lifted(), loading(module.__name__):
            while True:
                try:
                    exec(code, namespace)
                    break
                except Exception as error:
                    if not self.may_miss(error):
                        raise
                    if tree is None:
                        tree, _ = self._parse(module.__spec__, self.tolerate)
                    done = _failed_statement(tree, code, error)
                    self.replace_failed(tree.body[done], error, module.__name__, namespace)
                    tree.body = tree.body[done + 1 :]
                    code = self._code_of(tree)
        _replace(module.__name__, namespace)


    def may_miss(self, error: BaseException) -> bool:
        """Whether a module can do without the statement that raised this: it needs something of a server."""
        return isinstance(error, (OSError, Unavailable))

    def replace_failed(
        self, statement: ast.stmt, error: BaseException, module: str, namespace: Any
    ) -> None:
        """Binds what a failed statement would have bound: only these names are missing."""
        _bind_placeholders(statement, module, namespace)


def _failed_statement(tree: ast.Module, code: types.CodeType, error: BaseException) -> int:
    """The index of the top-level statement in which the module's code failed."""
    traceback = error.__traceback__
    while traceback is not None and traceback.tb_frame.f_code is not code:
        traceback = traceback.tb_next
    if traceback is None:
        raise error
    line = traceback.tb_lineno
    return next(
        index
        for index, statement in enumerate(tree.body)
        if _first_line(statement) <= line <= (statement.end_lineno or statement.lineno)
    )


def _first_line(statement: ast.stmt) -> int:
    decorators = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(decorator.lineno for decorator in decorators)])


def _bind_placeholders(statement: ast.stmt, module: str, namespace: dict[str, Any]) -> None:
    """Binds what a failed statement would have bound to placeholders."""
    for node in ast.walk(statement):
        name = (
            getattr(node, "name", None)
            if isinstance(node, (ast.FunctionDef, ast.ClassDef))
            else None
        )
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            name = node.id
        if name:
            namespace.setdefault(name, Placeholder(f"{module}.{name}"))
