"""Stand-in for django.contrib.auth: webhooks authenticate by key, nobody logs in."""

REDIRECT_FIELD_NAME = "next"
