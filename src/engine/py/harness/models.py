"""`zerver.models`: one namespace for the package and all its submodules, in any tree.

The tables that sending a message touches are classes of ours over harness/database.py. What the
checkout states itself completes them: constants and methods of its model classes, defaults of
their fields, module constants and functions. A name that only a database could give is
`Unavailable`.
"""

import ast
import types
from typing import Any

from . import lazy, tables, tree
from .database import Model, ModelMeta
from .placeholder import Placeholder, loading

_FIELD_SUFFIXES = ("Field", "ForeignKey", "OneToOneField", "Manager", "QuerySet")


class ModelsNamespace(lazy.LazyNamespace):
    """Globals of `zerver.models`: ours, else the checkout's own definition, else a placeholder."""

    __slots__ = ("definitions", "ready")

    def __init__(self, tolerate: Any) -> None:
        self.definitions = tree.Definitions(tree.python_files("zerver/models.py", "zerver/models"))
        pending: dict[str, lazy.PendingImport] = {}
        for path, module in self.definitions.imports:
            package = (
                "zerver"
                if path.endswith("models.py") and "/models/" not in path
                else "zerver.models"
            )
            for name, entry in lazy.split_imports(module, package, tolerate).items():
                if not entry.module.startswith("zerver.models"):
                    pending.setdefault(name, entry)
        super().__init__(pending, tolerate)
        self.update(vars(tables.getters))
        self.ready = {name: cls for name, cls in vars(tables).items() if _is_table(cls)}
        self.update(self.ready)

    def __missing__(self, name: str) -> Any:
        if name in lazy.REPLACED:
            return lazy.REPLACED[name]
        found = self.definitions.found.get(name)
        if found is None:
            if name in self.pending:
                return super().__missing__(name)
            raise KeyError(name)
        path, statement = found
        value = self._define(name, path, statement)
        return self.setdefault(name, value)

    def _define(self, name: str, path: str, statement: ast.stmt) -> Any:
        if isinstance(statement, ast.ClassDef) and self._is_model(statement):
            cls = ModelMeta(name, (Model,), {"__module__": "zerver.models"})
            self[name] = cls
            self.complete(cls)
            return cls
        module = ast.Module([statement], [])
        with loading("zerver.models"):
            try:
                exec(compile(module, path, "exec", dont_inherit=True), self)
            except RecursionError:
                raise
            except Exception:  # its definition needs a database
                self[name] = Placeholder(f"zerver.models.{name}")
        return self[name]

    def _is_model(self, node: ast.ClassDef) -> bool:
        for base in node.bases:
            text = ast.unparse(base)
            if text in ("models.Model", "AbstractBaseUser", "Model"):
                return True
            parent = self.definitions.found.get(text)
            if parent and isinstance(parent[1], ast.ClassDef) and self._is_model(parent[1]):
                return True
        return False

    def complete(self, cls: Any) -> None:
        """Adds to one of our tables what the checkout's class of the same name states."""
        missing = dict(getattr(cls, "defaults", {}))
        for path, node in self._lineage(cls.__name__):
            for statement in node.body:
                self._complete_with(cls, path, statement, missing)
        cls.defaults = missing

    def _lineage(self, name: str) -> list[tuple[str, ast.ClassDef]]:
        found = self.definitions.found.get(name)
        if found is None or not isinstance(found[1], ast.ClassDef):
            return []
        path, node = found
        parents = [entry for base in node.bases for entry in self._lineage(ast.unparse(base))]
        return [(path, node), *parents]

    def _complete_with(
        self, cls: Any, path: str, statement: ast.stmt, defaults: dict[str, Any]
    ) -> None:
        names = [name for name, _ in tree.bindings([statement])]
        if not names or any(name in ("objects", "Meta") or _defines(cls, name) for name in names):
            return
        value = getattr(statement, "value", None)
        field = _field_call(value)
        if field is not None:
            defaults.setdefault(names[0], self._default(path, field, cls))
            return
        scope = _ClassScope(cls, self)
        with loading("zerver.models"):
            try:
                exec(
                    compile(ast.Module([statement], []), path, "exec", dont_inherit=True),
                    self,
                    scope,
                )
            except Exception:  # a constant that needs more than the source
                return
        for name, item in scope.items():
            if isinstance(item, types.FunctionType):
                item.__qualname__ = f"{cls.__name__}.{name}"
            setattr(cls, name, item)

    def _default(self, path: str, call: ast.Call, cls: Any) -> Any:
        for keyword in call.keywords:
            if keyword.arg == "default":
                with loading("zerver.models"):
                    try:
                        return eval(
                            compile(ast.Expression(keyword.value), path, "eval"),
                            self,
                            _ClassScope(cls, self),
                        )
                    except Exception:  # made by the database or by another app
                        return None
        return None


class _ClassScope(dict):  # type: ignore[type-arg]
    """The names that a class body can read: what it has defined so far, and the namespace."""

    def __init__(self, cls: Any, namespace: ModelsNamespace) -> None:
        super().__init__()
        self._cls = cls
        self._namespace = namespace

    def __missing__(self, name: str) -> Any:
        if not name.startswith("__") and _defines(self._cls, name):
            return getattr(self._cls, name)
        return self._namespace[name]


def _is_table(value: Any) -> bool:
    return isinstance(value, ModelMeta) and value is not Model


def _defines(cls: Any, name: str) -> bool:
    return any(name in vars(parent) for parent in cls.__mro__ if parent is not object)


def _field_call(value: Any) -> ast.Call | None:
    if not isinstance(value, ast.Call):
        return None
    function = value.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return value if name.endswith(_FIELD_SUFFIXES) else None


class ModelsModule(lazy.LazyModule):
    """`zerver.models`, or any of its submodules: the same names in all of them."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        try:
            return object.__getattribute__(self, "_namespace")[name]
        except KeyError:
            if name in self._namespace.definitions.found:
                raise
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}") from None


_namespace: ModelsNamespace | None = None


def build(name: str, tolerate: Any) -> ModelsModule:
    """The module of that name; all share one namespace."""
    global _namespace
    if _namespace is None:
        _namespace = ModelsNamespace(tolerate)
        for cls in _namespace.ready.values():
            _namespace.complete(cls)
    module = ModelsModule(name, _namespace)
    _namespace["__name__"] = "zerver.models"
    module.__path__ = []
    return module
