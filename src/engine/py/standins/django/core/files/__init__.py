"""Stand-in for django.core.files."""
