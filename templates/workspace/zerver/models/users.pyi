"""Looking up people and bots."""

from zerver.models import Realm, UserProfile


def get_user(email: str, realm: Realm) -> UserProfile:
    """A user by their email address; `UserProfile.DoesNotExist` when there is none."""


def get_user_by_delivery_email(email: str, realm: Realm) -> UserProfile:
    """Like `get_user`."""


def get_user_profile_by_api_key(api_key: str) -> UserProfile:
    """A user by their API key; `UserProfile.DoesNotExist` when there is none."""


def get_system_bot(email: str, realm_id: int) -> UserProfile:
    """A bot of the server itself, such as `settings.NOTIFICATION_BOT`."""
