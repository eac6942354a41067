"""Stand-in for django.core."""
