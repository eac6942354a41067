"""Small helpers of general use."""

from typing import TypeVar

T = TypeVar("T")


def assert_is_not_none(value: T | None) -> T:
    """The value, which cannot be None; for what a type checker cannot know."""
    assert value is not None
    return value
