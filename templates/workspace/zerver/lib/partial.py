"""`functools.partial`, under the name by which integrations import it.

A Connect checkout has a version here that type checkers understand better.
"""

from functools import partial

__all__ = ["partial"]
