"""Types that several modules share."""

from collections.abc import Callable
from typing import TypeAlias, TypeVar

T = TypeVar("T")

# A validator takes the value's name (for the error message) and the value, and returns the value
# with its type known, or raises ValidationError.
Validator: TypeAlias = Callable[[str, object], T]
