"""Stand-in for django.utils.text."""

import re
import unicodedata


def slugify(value: object, allow_unicode: bool = False) -> str:
    """Lower-case words joined by dashes."""
    text = unicodedata.normalize("NFKC" if allow_unicode else "NFKD", str(value))
    if not allow_unicode:
        text = text.encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", text.lower())).strip("-_")


def capfirst(value: str) -> str:
    """The text with a capital first letter."""
    return value[:1].upper() + value[1:]
