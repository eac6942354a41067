"""Limits of a message: what is too long is cut, what cannot be kept is refused."""

import unicodedata

from django.conf import settings
from django.utils.translation import gettext as _

from zerver.lib.exceptions import JsonableError
from zerver.models.constants import MAX_TOPIC_NAME_LENGTH


def truncate_content(content: str, max_length: int, truncation_message: str) -> str:
    """`content`, cut to `max_length` characters that end with `truncation_message` if too long."""
    if len(content) <= max_length:
        return content
    return content[: max_length - len(truncation_message)] + truncation_message


def normalize_body(body: str) -> str:
    """The content as it is kept: no blank lines around it, not empty, not too long."""
    content = body.lstrip("\n").rstrip()
    if not content:
        raise JsonableError(_("Message must not be empty"))
    if "\x00" in content:
        raise JsonableError(_("Message must not contain null bytes"))
    return truncate_content(content, settings.MAX_MESSAGE_LENGTH, "\n[message truncated]")


def normalize_topic(topic_name: str) -> str:
    """The topic as it is kept: no blanks around it, one line, not too long."""
    topic_name = topic_name.strip()
    for position, character in enumerate(topic_name, start=1):
        # A line break in a topic is the usual mistake: a title from the payload went in whole.
        if unicodedata.category(character) in ("Cc", "Cs"):
            raise JsonableError(
                _("Invalid character in topic, at position {position}!").format(position=position)
            )
    return truncate_content(topic_name, MAX_TOPIC_NAME_LENGTH, "...")
