"""What pydantic calls a type in an error: `list[int]`, `constrained-str`."""

import collections.abc
import types
from typing import Annotated, Any, Literal, Union, get_args, get_origin


def label_of(annotation: Any) -> str:
    """The name of a type."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _of_annotated(arguments[0], arguments[1:])
    if origin is Literal:
        return f"literal[{','.join(map(repr, arguments))}]"
    if origin in (Union, types.UnionType):
        return _of_union(arguments)
    if isinstance(origin, type) and issubclass(origin, collections.abc.Collection):
        inner = ["..." if one is Ellipsis else label_of(one) for one in arguments]
        return f"{origin.__name__.lower()}[{','.join(inner)}]"
    if annotation is Any:
        return "any"
    if annotation in (None, type(None)):
        return "none"
    if annotation in (list, set, frozenset):
        return f"{annotation.__name__}[any]"
    if annotation is dict:
        return "dict[any,any]"
    return getattr(annotation, "__name__", str(annotation))


def _of_union(choices: tuple[Any, ...]) -> str:
    labels = [label_of(one) for one in choices if one is not type(None)]
    inner = labels[0] if len(labels) == 1 else f"union[{','.join(labels)}]"
    return f"nullable[{inner}]" if len(labels) < len(choices) else inner


def _of_annotated(base: Any, metadata: tuple[Any, ...]) -> str:
    label = label_of(base)
    for item in metadata:
        wrap = getattr(item, "label_around", None)
        label = wrap(label) if wrap else label
    return label


def choices_of(arguments: tuple[Any, ...]) -> list[tuple[str, Any]]:
    """The types of a union, each with its name; what may only be None besides has none."""
    several = sum(one is not type(None) for one in arguments) > 1
    return [(label_of(one) if several and one is not type(None) else "", one) for one in arguments]
