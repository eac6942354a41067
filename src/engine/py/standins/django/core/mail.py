"""Stand-in for django.core.mail: nothing is sent, and nothing is kept but the outbox's name."""

from typing import Any

outbox: list[Any] = []
