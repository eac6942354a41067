"""Stand-in for django.contrib.staticfiles."""
