"""Stand-in for the parts of Django that integrations and their tests touch.

A submodule that is not here is a placeholder: it may be imported, not used.
"""

VERSION = (5, 0, 0, "final", 0)


def setup(set_prefix: bool = True) -> None:
    """Nothing to set up."""
