"""Stand-in for django.utils.translation: messages stay in the language of the source."""

from contextlib import ContextDecorator
from typing import Any


def gettext(message: str) -> str:
    """The message itself."""
    return message


gettext_lazy = gettext_noop = ugettext = ugettext_lazy = gettext


def ngettext(singular: str, plural: str, number: float) -> str:
    """The form for a number."""
    return singular if number == 1 else plural


ngettext_lazy = ngettext


def pgettext(context: str, message: str) -> str:
    """The message itself."""
    return message


pgettext_lazy = pgettext


def activate(language: str | None) -> None:
    """There is one language."""


def deactivate() -> None:
    """There is one language."""


def get_language() -> str:
    """The language of the source."""
    return "en"


def get_language_from_request(request: Any, check_path: bool = False) -> str:
    """The language of the source."""
    return "en"


def to_locale(language: str) -> str:
    """`en-us` becomes `en_US`."""
    lang, _, country = language.lower().partition("-")
    return f"{lang}_{country.upper()}" if country else lang


class override(ContextDecorator):  # noqa: N801
    """Does nothing: there is one language."""

    def __init__(self, language: str | None, deactivate: bool = False) -> None:
        self.language = language

    def __enter__(self) -> None:
        return None

    def __exit__(self, *args: Any) -> None:
        return None
