"""The data that each test starts with: the demo organization that Connect's tests know."""

import importlib
from typing import Any

from . import database
from .settings import settings
from .tables import Client, Message, Realm, Recipient, Stream, Subscription, UserProfile

# The names are looked up by integrations (jira, harbor, teamcity), so they are Connect's own.
_PEOPLE = (
    ("ZOE", "Zoe", 400),
    ("othello", "Othello, the Moor of Venice", 400),
    ("iago", "Iago", 200),
    ("prospero", "Prospero from The Tempest", 400),
    ("cordelia", "Cordelia, Lear's daughter", 400),
    ("hamlet", "King Hamlet", 400),
    ("aaron", "aaron", 400),
    ("polonius", "Polonius", 600),
    ("desdemona", "Desdemona", 100),
    ("shiva", "Shiva", 300),
)
_BOTS = (
    ("webhook-bot", "Zulip Webhook Bot", UserProfile.INCOMING_WEBHOOK_BOT),
    ("default-bot", "Zulip Default Bot", UserProfile.DEFAULT_BOT),
    ("outgoing-webhook", "Outgoing Webhook", UserProfile.OUTGOING_WEBHOOK_BOT),
)
_SYSTEM_BOTS = (
    ("NOTIFICATION_BOT", "Notification Bot"),
    ("WELCOME_BOT", "Welcome Bot"),
    ("EMAIL_GATEWAY_BOT", "Email Gateway"),
)
_STREAMS = (
    "Denmark",
    "Rome",
    "Scotland",
    "Venice",
    "Verona",
    "Zulip",
    "core team",
    "devel",
    "errors",
    "general",
)

_saved: database.SavedState | None = None


def make_user(realm: Realm, email: str, full_name: str, **values: Any) -> UserProfile:
    """Stores a user with their recipient."""
    # Keys must not differ from run to run: they can end up in messages.
    key = (email.encode().hex() * 4)[:32].ljust(32, "0")
    user = UserProfile.objects.create(
        email=email, delivery_email=email, full_name=full_name, realm=realm, api_key=key, **values
    )
    user.recipient = Recipient.objects.create(type_id=user.id, type=Recipient.PERSONAL)
    return user


def make_stream(realm: Realm, name: str, **values: Any) -> Stream:
    """Stores a stream with its recipient."""
    stream = Stream.objects.create(name=name, realm=realm, **values)
    stream.recipient = Recipient.objects.create(type_id=stream.id, type=Recipient.STREAM)
    return stream


def subscribe(user: UserProfile, stream: Stream) -> None:
    """Puts a user into a stream."""
    Subscription.objects.get_or_create(user_profile=user, recipient=stream.recipient, active=True)


def _fill() -> None:
    # The checkout's models complete the tables; rows made before that would lack fields.
    importlib.import_module("zerver.models")
    database.clear()
    internal = Realm.objects.create(string_id=settings.SYSTEM_BOT_REALM, name="System bot realm")
    realm = Realm.objects.create(string_id="zulip", name="Zulip Dev")
    client = Client.objects.create(name="test suite")
    for setting, full_name in _SYSTEM_BOTS:
        make_user(
            internal,
            getattr(settings, setting),
            full_name,
            is_bot=True,
            bot_type=UserProfile.DEFAULT_BOT,
        )
    people = {
        name: make_user(realm, f"{name}@zulip.com", full_name, role=role)
        for name, full_name, role in _PEOPLE
    }
    for name, full_name, kind in _BOTS:
        owner = people["ZOE" if kind == UserProfile.INCOMING_WEBHOOK_BOT else "aaron"]
        make_user(
            realm, f"{name}@zulip.com", full_name, is_bot=True, bot_type=kind, bot_owner=owner
        )
    streams = [make_stream(realm, name) for name in _STREAMS]
    for stream in streams:
        subscribe(people["hamlet"], stream)
    for number in (1, 2):
        Message.objects.create(
            sender=people["hamlet"],
            recipient=streams[0].recipient,
            realm=realm,
            subject="test",
            content=f"seed message {number}",
            sending_client=client,
        )


def reset_data() -> None:
    """Goes back to the data that a test starts with."""
    global _saved
    if _saved is None:
        _fill()
        _saved = database.SavedState()
    _saved.restore()
