"""Sending messages.

Integrations call `zerver.lib.webhooks.common.check_send_webhook_message`, which ends here. The
few that send to people rather than channels call `check_send_private_message` themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils.html import escape
from django.utils.timezone import now as timezone_now
from django.utils.translation import gettext as _

from zerver.lib.exceptions import (
    JsonableError,
    StreamDoesNotExistError,
    StreamWithIDDoesNotExistError,
)
from zerver.lib.message import normalize_body, normalize_topic
from zerver.models import Client, Message, Realm, Recipient, Stream, UserProfile
from zerver.models.clients import get_client
from zerver.models.streams import get_stream, get_stream_by_id_in_realm
from zerver.models.users import get_system_bot


@dataclass
class SendMessageRequest:
    """A checked message, ready to be sent."""

    message: Message
    stream: Stream | None


@dataclass
class SentMessageResult:
    """What became of a message."""

    message_id: int


def check_send_stream_message(
    sender: UserProfile,
    client: Client,
    stream_name: str,
    topic_name: str,
    body: str,
    *,
    realm: Realm | None = None,
    read_by_sender: bool = False,
    no_previews: bool = False,
) -> int:
    """Send to a channel, by its name; returns the message's ID.

    When there is no such channel, the bot's owner is told and `StreamDoesNotExistError` raised.
    """
    name = stream_name.strip()
    if not name:
        raise JsonableError(_("Channel name can't be empty."))
    realm = realm or sender.realm
    try:
        stream = get_stream(name, realm)
    except Stream.DoesNotExist:
        _tell_owner_about_missing_channel(sender, realm, f"#**{name}**")
        raise StreamDoesNotExistError(escape(name))
    return _send_to_stream(sender, client, stream, topic_name, body)


def check_send_stream_message_by_id(
    sender: UserProfile,
    client: Client,
    stream_id: int,
    topic_name: str,
    body: str,
    realm: Realm | None = None,
    no_previews: bool = False,
) -> int:
    """Send to a channel, by its ID; otherwise like `check_send_stream_message`."""
    realm = realm or sender.realm
    try:
        stream = get_stream_by_id_in_realm(stream_id, realm)
    except Stream.DoesNotExist:
        _tell_owner_about_missing_channel(sender, realm, f"{stream_id}")
        raise StreamWithIDDoesNotExistError(stream_id)
    return _send_to_stream(sender, client, stream, topic_name, body)


def check_send_private_message(
    sender: UserProfile,
    client: Client,
    receiving_user: UserProfile,
    body: str,
    no_previews: bool = False,
) -> int:
    """Send a direct message to one person; returns the message's ID."""
    realm = receiving_user.realm
    return _send(_new_message(sender, client, receiving_user.recipient, realm, body))


def send_rate_limited_pm_notification_to_bot_owner(
    sender: UserProfile, realm: Realm, content: str
) -> None:
    """Tell a bot's owner about a problem, at most once in a few minutes.

    A service that is set up wrongly sends many requests; its owner needs one message.
    """
    if not sender.is_bot or sender.bot_owner is None or sender.realm != realm:
        return
    pause = timedelta(minutes=UserProfile.BOT_OWNER_STREAM_ALERT_WAITPERIOD)
    if sender.last_reminder and timezone_now() - sender.last_reminder <= pause:
        return

    notification_bot = get_system_bot(settings.NOTIFICATION_BOT, realm.id)
    check_send_private_message(notification_bot, get_client("Internal"), sender.bot_owner, content)
    sender.last_reminder = timezone_now()
    sender.save(update_fields=["last_reminder"])


def _tell_owner_about_missing_channel(sender: UserProfile, realm: Realm, channel: str) -> None:
    content = _(
        "Your bot `{bot}` has a message for the channel {channel}, which does not exist."
        " [Create the channel](#channels/new), or correct the URL of the webhook."
    ).format(bot=sender.delivery_email, channel=channel)
    send_rate_limited_pm_notification_to_bot_owner(sender, realm, content)


def _send_to_stream(
    sender: UserProfile, client: Client, stream: Stream, topic_name: str, body: str
) -> int:
    recipient = Recipient(id=stream.recipient_id, type_id=stream.id, type=Recipient.STREAM)
    message = _new_message(sender, client, recipient, stream.realm, body)
    message.set_topic_name(normalize_topic(topic_name))
    return _send(message, stream)


def _new_message(
    sender: UserProfile, client: Client, recipient: Recipient, realm: Realm, body: str
) -> Message:
    message = Message()
    message.sender = sender
    message.sending_client = client
    message.recipient = recipient
    message.realm = realm
    message.content = normalize_body(body)
    message.date_sent = timezone_now()
    message.is_channel_message = recipient.type == Recipient.STREAM
    return message


def _send(message: Message, stream: Stream | None = None) -> int:
    request = build_message_send_dict(message=message, stream=stream)
    return do_send_messages([request])[0].message_id


def build_message_send_dict(message: Message, stream: Stream | None = None) -> SendMessageRequest:
    """What there is to know about a message before it is sent."""
    return SendMessageRequest(message, stream)


def do_send_messages(requests: Sequence[SendMessageRequest]) -> list[SentMessageResult]:
    """Keep the messages; a server would tell their readers now."""
    for request in requests:
        request.message.save()
    return [SentMessageResult(request.message.id) for request in requests]
