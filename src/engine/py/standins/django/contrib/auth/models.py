"""Stand-in for django.contrib.auth.models."""


class AnonymousUser:
    """Somebody who did not say who they are."""

    id = None
    pk = None
    is_active = is_staff = is_superuser = False
    is_anonymous = True
    is_authenticated = False

    def __str__(self) -> str:
        return "AnonymousUser"
