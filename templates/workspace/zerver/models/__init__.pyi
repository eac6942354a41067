"""The tables, as far as integrations and their tests see them.

A Connect server keeps them in a database; here they live in memory, and start anew with each
test. This file tells your editor what there is: the tables themselves are part of
connect-webhook.
"""

from datetime import datetime
from typing import Any, ClassVar


class Realm:
    """An organization. Tests have one: `get_realm("zulip")`."""

    objects: ClassVar[Any]
    id: int
    name: str
    string_id: str

    @staticmethod
    def host_for_subdomain(subdomain: str) -> str:
        """The host name of an organization's server."""


class UserProfile:
    """A person or a bot."""

    class DoesNotExist(Exception): ...

    BOT_OWNER_STREAM_ALERT_WAITPERIOD: ClassVar[int]
    objects: ClassVar[Any]
    id: int
    email: str
    delivery_email: str
    full_name: str
    realm: Realm
    recipient: "Recipient"
    api_key: str
    is_bot: bool
    is_incoming_webhook: bool
    is_authenticated: bool
    bot_owner: "UserProfile | None"
    last_reminder: datetime | None

    def save(self, *, update_fields: list[str] | None = None) -> None:
        """Keep what was changed."""


class Client:
    """What sent a message: one row for each integration."""

    id: int
    name: str


class Stream:
    """A channel."""

    class DoesNotExist(Exception): ...

    MAX_NAME_LENGTH: ClassVar[int]
    objects: ClassVar[Any]
    id: int
    name: str
    realm: Realm
    recipient: "Recipient"
    recipient_id: int


class Recipient:
    """Where a message goes: `type_id` is the ID of a channel or of a person."""

    PERSONAL: ClassVar[int]
    STREAM: ClassVar[int]
    objects: ClassVar[Any]
    id: int
    type: int
    type_id: int

    def __init__(self, *, id: int, type_id: int, type: int) -> None: ...


class Subscription:
    """A person reads a channel."""

    objects: ClassVar[Any]
    user_profile: UserProfile
    recipient: "Recipient"


class Message:
    """A message that was sent."""

    objects: ClassVar[Any]
    id: int
    sender: UserProfile
    sending_client: Client
    recipient: "Recipient"
    realm: Realm
    content: str
    date_sent: datetime
    is_channel_message: bool

    def topic_name(self) -> str:
        """The topic; empty for a direct message."""

    def set_topic_name(self, topic_name: str) -> None:
        """Change the topic."""

    def save(self) -> None:
        """Keep the message."""
