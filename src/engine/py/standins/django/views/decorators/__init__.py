"""Stand-in for django.views.decorators."""
