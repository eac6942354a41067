"""Looking up organizations."""

from zerver.models import Realm


def get_realm(string_id: str) -> Realm:
    """The organization at this subdomain."""
