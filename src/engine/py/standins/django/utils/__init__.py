"""Stand-in for django.utils."""
