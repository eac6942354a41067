"""Stand-in for django.utils.html."""

import html
import re
from typing import Any

from .safestring import SafeString, mark_safe


def escape(text: Any) -> SafeString:
    """Escapes the five characters that mean something in HTML."""
    return SafeString(html.escape(str(text)))


def conditional_escape(text: Any) -> SafeString:
    """Escapes what is not marked as safe."""
    return text if isinstance(text, SafeString) else escape(text)


def format_html(template: str, *args: Any, **kwargs: Any) -> SafeString:
    """Fills a template with escaped values."""
    safe = {name: conditional_escape(value) for name, value in kwargs.items()}
    return mark_safe(template.format(*map(conditional_escape, args), **safe))


def strip_tags(value: Any) -> str:
    """Removes what looks like a tag."""
    return re.sub(r"<[^>]*>", "", str(value))
