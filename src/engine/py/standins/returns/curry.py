"""Stand-in for returns.curry: its `partial` is functools' with better types."""

from functools import partial

__all__ = ["partial"]
