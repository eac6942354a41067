"""Stand-in for django.core.handlers."""
