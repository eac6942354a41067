"""Stand-in for django.utils.http."""

from urllib.parse import urlencode

__all__ = ["urlencode"]
