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
import importlib.abc
import importlib.machinery
import re
import sys
import types
from typing import Any

from .patches import lifted
from .pending_imports import PendingImport, resolve_before_classes, split_imports
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
