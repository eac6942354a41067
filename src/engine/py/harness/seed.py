"""The data that each test starts with: the demo organization that the tree's tests know."""

import importlib
from typing import Any

from . import database, people
from .placeholder import Unavailable
from .settings import settings
from .tables import Client, Message, Realm, Recipient, Stream, Subscription, UserProfile

# Who may do what: by the part of the address that stays in every fork.
_ROLES = {"iago": 200, "polonius": 600, "desdemona": 100, "shiva": 300}
_MEMBER = 400
# Who a tree's notices come from: the setting with the address, and the name where the tree states none.
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
_organization: people.Organization | None = None


def organization() -> people.Organization:
    """The demo organization as the tree states it."""
    global _organization
    if _organization is None:
        _organization = people.read()
    return _organization


def realm() -> Realm:
    """The organization that tests and deliveries use."""
    return Realm.objects.get(string_id=organization().subdomain)


def webhook_bot() -> UserProfile:
    """The bot that tests send as."""
    return UserProfile.objects.get(email__iexact=organization().webhook_bot, realm=realm())


def administrator() -> UserProfile:
    """The person whose bots deliveries are sent by."""
    people_here = UserProfile.objects.filter(realm=realm(), is_bot=False)
    return people_here.filter(role=_ROLES["iago"]).first() or people_here.first()


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
    stated = organization()
    _make_system_bots()
    home = Realm.objects.create(string_id=stated.subdomain, name=stated.name)
    client = Client.objects.create(name="test suite")
    persons = {
        account.key: make_user(
            home, account.email, account.full_name, role=_ROLES.get(account.key, _MEMBER)
        )
        for account in stated.accounts
        if account.bot_type is None and not _is_system_bot(account.email)
    }
    anybody = next(iter(persons.values()))
    for account in stated.accounts:
        if account.bot_type is not None:
            kind = getattr(UserProfile, account.bot_type)
            owner = "zoe" if kind == UserProfile.INCOMING_WEBHOOK_BOT else "aaron"
            make_user(
                home,
                account.email,
                account.full_name,
                is_bot=True,
                bot_type=kind,
                bot_owner=persons.get(owner, anybody),
            )
    _make_streams(home, persons.get("hamlet", anybody), client)


def _make_system_bots() -> None:
    internal = Realm.objects.create(string_id=settings.SYSTEM_BOT_REALM, name="System bot realm")
    names = _stated_bot_names()
    for setting, full_name in _SYSTEM_BOTS:
        make_user(
            internal,
            getattr(settings, setting),
            names.get(setting, full_name),
            is_bot=True,
            bot_type=UserProfile.DEFAULT_BOT,
        )


def _stated_bot_names() -> dict[str, str]:
    try:
        return {bot["var_name"]: bot["name"] for bot in settings.INTERNAL_BOTS}
    except (Unavailable, KeyError, TypeError):  # a tree that states them in another way, or not at all
        return {}


def _is_system_bot(email: str) -> bool:
    return email in {getattr(settings, setting) for setting, _ in _SYSTEM_BOTS}


def _make_streams(home: Realm, subscriber: UserProfile, client: Client) -> None:
    names = dict.fromkeys((*_STREAMS, *organization().streams))
    streams = [make_stream(home, name) for name in names]
    for stream in streams:
        subscribe(subscriber, stream)
    for number in (1, 2):
        Message.objects.create(
            sender=subscriber,
            recipient=streams[0].recipient,
            realm=home,
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
