"""Stand-in for django.conf; the values come from the checkout, see harness/settings.py."""

from harness.settings import settings

__all__ = ["settings"]
