"""Stand-in for django.utils.safestring."""


class SafeString(str):
    """Text that is HTML already."""

    __slots__ = ()

    def __add__(self, other: str) -> str:
        joined = super().__add__(other)
        return SafeString(joined) if isinstance(other, SafeString) else joined


SafeText = SafeString


def mark_safe(text: str) -> SafeString:
    """Says that a text is HTML already."""
    return SafeString(text)
