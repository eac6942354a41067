"""Stand-in for django.views."""
