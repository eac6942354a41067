"""Stand-in for django.contrib."""
