"""Names in other conventions."""

import re


def to_snake(name: str) -> str:
    """`fooBar` and `FooBar` become `foo_bar`."""
    name = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1_\2", name)
    name = re.sub(r"([a-z])([A-Z])", r"\1_\2", name)
    name = re.sub(r"([0-9])([A-Z])", r"\1_\2", name)
    name = re.sub(r"([a-z])([0-9])", r"\1_\2", name)
    return name.replace("-", "_").lower()


def to_pascal(name: str) -> str:
    """`foo_bar` becomes `FooBar`."""
    return re.sub(r"([0-9A-Za-z])_(?=[0-9A-Z])", r"\1", name.title())


def to_camel(name: str) -> str:
    """`foo_bar` becomes `fooBar`."""
    if re.match(r"^[a-z]+[A-Za-z0-9]*$", name) and not re.search(r"\d[a-z]+", name):
        return name
    pascal = to_pascal(name)
    return re.sub(r"(^_*[A-Z])", lambda match: match[1].lower(), pascal)
