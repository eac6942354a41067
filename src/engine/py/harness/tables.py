"""The tables that sending a message touches, and how their rows are looked up.

Only what a tree without its own models needs is stated here; harness/models.py adds the rest
from the checkout.
"""

import secrets
import types
from datetime import datetime, timezone
from typing import Any, ClassVar

from .database import Model
from .settings import settings


def _now() -> datetime:
    return datetime.now(timezone.utc)


class Realm(Model):
    """An organization."""

    SUBDOMAIN_FOR_ROOT_DOMAIN = ""
    defaults: ClassVar[dict[str, Any]] = {
        "string_id": "",
        "name": "",
        "deactivated": False,
        "mandatory_topics": False,
        "default_language": "en",
        "is_zephyr_mirror_realm": False,
    }

    @property
    def subdomain(self) -> str:
        """The part of the host before the server's own name."""
        return self.string_id

    @staticmethod
    def host_for_subdomain(subdomain: str) -> str:
        """The host of an organization."""
        return f"{subdomain}.{settings.EXTERNAL_HOST}" if subdomain else settings.EXTERNAL_HOST

    @property
    def host(self) -> str:
        """The organization's host."""
        return self.host_for_subdomain(self.subdomain)

    @property
    def url(self) -> str:
        """The organization's address."""
        return f"{settings.EXTERNAL_URI_SCHEME}{self.host}"

    uri = url


class Recipient(Model):
    """Somewhere a message can go to."""

    PERSONAL = 1
    STREAM = 2
    DIRECT_MESSAGE_GROUP = 3
    HUDDLE = 3
    defaults: ClassVar[dict[str, Any]] = {"type_id": None, "type": None}


class UserProfile(Model):
    """A person or a bot."""

    DEFAULT_BOT = 1
    INCOMING_WEBHOOK_BOT = 2
    OUTGOING_WEBHOOK_BOT = 3
    EMBEDDED_BOT = 4
    ROLE_REALM_OWNER = 100
    ROLE_REALM_ADMINISTRATOR = 200
    ROLE_MODERATOR = 300
    ROLE_MEMBER = 400
    ROLE_GUEST = 600
    BOT_OWNER_STREAM_ALERT_WAITPERIOD = 1
    is_anonymous = False
    is_authenticated = True
    defaults: ClassVar[dict[str, Any]] = {
        "email": "",
        "delivery_email": "",
        "full_name": "",
        "realm": None,
        "recipient": None,
        "is_active": True,
        "is_bot": False,
        "bot_type": None,
        "bot_owner": None,
        "role": 400,
        "default_language": "en",
        "timezone": "",
        "last_reminder": None,
        "long_term_idle": False,
        "date_joined": _now,
        "api_key": lambda: secrets.token_hex(16),
    }

    @property
    def is_incoming_webhook(self) -> bool:
        """Whether it is a bot that may only use webhooks."""
        return self.bot_type == self.INCOMING_WEBHOOK_BOT

    @property
    def is_guest(self) -> bool:
        """Whether it has a guest's rights."""
        return self.role == self.ROLE_GUEST

    def get_full_name(self) -> str:
        """The name that others see."""
        return self.full_name


class Client(Model):
    """A program that talks to the server."""

    defaults: ClassVar[dict[str, Any]] = {"name": ""}


class Stream(Model):
    """A stream."""

    MAX_NAME_LENGTH = 60
    defaults: ClassVar[dict[str, Any]] = {
        "name": "",
        "realm": None,
        "recipient": None,
        "invite_only": False,
        "is_web_public": False,
        "history_public_to_subscribers": True,
        "deactivated": False,
        "description": "",
    }


class Subscription(Model):
    """A user in a stream."""

    defaults: ClassVar[dict[str, Any]] = {"user_profile": None, "recipient": None, "active": True}


class Message(Model):
    """A message."""

    defaults: ClassVar[dict[str, Any]] = {
        "sender": None,
        "recipient": None,
        "realm": None,
        "subject": "",
        "content": "",
        "rendered_content": None,
        "date_sent": _now,
        "sending_client": None,
    }

    def topic_name(self) -> str:
        """The topic."""
        return self.subject

    def set_topic_name(self, topic_name: str) -> None:
        """Sets the topic."""
        self.subject = topic_name


def get_realm(string_id: str) -> Realm:
    """An organization by its subdomain."""
    return Realm.objects.get(string_id=string_id)


def get_client(name: str) -> Client:
    """A client by its name, made if there is none."""
    return Client.objects.get_or_create(name=name[:30])[0]


def get_user(email: str, realm: Realm) -> UserProfile:
    """A user by the address that others see."""
    return UserProfile.objects.get(email__iexact=email.strip(), realm=realm)


def get_user_by_delivery_email(email: str, realm: Realm) -> UserProfile:
    """A user by their real address."""
    return UserProfile.objects.get(delivery_email__iexact=email.strip(), realm=realm)


def get_user_profile_by_id(user_profile_id: int) -> UserProfile:
    """A user by id."""
    return UserProfile.objects.get(id=user_profile_id)


def get_user_profile_by_api_key(api_key: str) -> UserProfile:
    """A user by API key."""
    return UserProfile.objects.get(api_key=api_key)


def maybe_get_user_profile_by_api_key(api_key: str) -> UserProfile | None:
    """A user by API key, or None."""
    return UserProfile.objects.filter(api_key=api_key).first()


def get_system_bot(email: str, realm_id: int | None = None) -> UserProfile:
    """One of the server's own bots."""
    return UserProfile.objects.get(
        email__iexact=email.strip(), realm=get_realm(settings.SYSTEM_BOT_REALM)
    )


def get_user_including_cross_realm(email: str, realm: Realm) -> UserProfile:
    """A user of an organization, or one of the server's own bots."""
    if email.lower() in {address.lower() for address in settings.CROSS_REALM_BOT_EMAILS}:
        return get_system_bot(email, realm.id or 0)
    return get_user(email, realm)


def get_stream(stream_name: str, realm: Realm) -> Stream:
    """A stream by name."""
    return Stream.objects.get(name__iexact=stream_name.strip(), realm=realm)


def get_realm_stream(stream_name: str, realm_id: int) -> Stream:
    """A stream by name."""
    return Stream.objects.get(name__iexact=stream_name.strip(), realm_id=realm_id)


def get_stream_by_id_in_realm(stream_id: int, realm: Realm) -> Stream:
    """A stream by id."""
    return Stream.objects.get(id=stream_id, realm=realm)


def clear_supported_auth_backends_cache() -> None:
    """Nothing is cached."""


# The functions above, as the namespace of `zerver.models` takes them.
getters = types.SimpleNamespace(
    **{
        name: value
        for name, value in list(globals().items())
        if isinstance(value, types.FunctionType) and not name.startswith("_")
    }
)
