"""The addresses Connect names in messages to people."""

from email.utils import parseaddr

from django.conf import settings


class FromAddress:
    """`FromAddress.SUPPORT` is whom to ask when an integration needs repair."""

    SUPPORT = parseaddr(settings.ZULIP_ADMINISTRATOR)[1]
