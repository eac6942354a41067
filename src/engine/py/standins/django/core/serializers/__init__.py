"""Stand-in for django.core.serializers."""
