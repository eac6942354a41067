"""Stand-in for django.contrib.sessions."""
