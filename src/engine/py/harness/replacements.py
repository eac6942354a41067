"""Functions of the server that are ours in every tree.

They are the ends of the paths that integrations take: where a message would be rendered and
written to the database, where caches, queues and rate limits live, and where the test base makes
streams. They are found by their name, wherever a tree keeps them, because these names have been
stable while the modules were not.
"""

import difflib
import re
from typing import Any

from . import html_text, seed
from .lazy import METHODS, REPLACED, RULES
from .placeholder import Unavailable
from .tables import Client, Message, Realm, Recipient, Stream, Subscription, UserProfile


class SentMessage(int):
    """The id of a sent message; newer trees read it as an attribute."""

    automatic_new_visibility_policy = None

    @property
    def message_id(self) -> int:
        """The id."""
        return int(self)


class _Rendering:
    """What is known of a message that is not rendered: it mentions nobody."""

    mentions_user_ids: frozenset[int] = frozenset()
    mentions_user_group_ids: frozenset[int] = frozenset()
    mentions_stream_wildcard = False
    mentions_topic_wildcard = False
    mentions_wildcard = False

    def has_wildcard_mention(self) -> bool:
        """Whether everybody is mentioned."""
        return False

    def __getattr__(self, name: str) -> Any:
        raise Unavailable(f"rendering a message ({name})")


class SendRequest(dict):  # type: ignore[type-arg]
    """A message ready for sending. Its parts are attributes, and items in the oldest trees."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise Unavailable(f"sending a message ({name})") from None


def build_message_send_dict(message: Any, stream: Stream | None = None, **options: Any) -> Any:
    """Prepares a message for sending; the oldest trees hand it over in a dict."""
    parts = message if isinstance(message, dict) else {"message": message, "stream": stream}
    _mark_as_rendered(parts["message"])
    rendered = {"rendering_result": _Rendering(), "topic_participant_user_ids": frozenset()}
    return SendRequest(parts, **rendered)


def _mark_as_rendered(message: Message) -> None:
    """Older trees keep what a message mentions on the message itself."""
    message.mentions_wildcard = False
    message.mentions_user_ids = message.mentions_user_group_ids = frozenset()


def do_send_messages(send_message_requests: Any, *args: Any, **options: Any) -> list[SentMessage]:
    """Stores messages."""
    sent = []
    for request in send_message_requests:
        if request is None:
            continue
        message = request["message"]
        message.save()
        sent.append(SentMessage(message.id or 0))
    return sent


def recipient_for_user_profiles(
    user_profiles: Any,
    forwarded_mirror_message: bool,
    forwarder_user_profile: Any,
    sender: UserProfile,
    **options: Any,
) -> Recipient:
    """The recipient of a direct message."""
    others = {user.id: user for user in user_profiles if user.id != sender.id} or {
        sender.id: sender
    }
    if len(others) == 1:
        return next(iter(others.values())).recipient
    key = ",".join(map(str, sorted({*others, sender.id})))
    return Recipient.objects.get_or_create(type=Recipient.DIRECT_MESSAGE_GROUP, type_id=key)[0]


def num_subscribers_for_stream_id(stream_id: int) -> int:
    """How many are in a stream."""
    stream = Stream.objects.get(id=stream_id)
    return Subscription.objects.filter(recipient=stream.recipient, active=True).count()


def create_stream_if_needed(realm: Any, stream_name: str, **options: Any) -> tuple[Stream, bool]:
    """A stream by name, made if there is none."""
    found = Stream.objects.filter(name__iexact=stream_name, realm=realm).first()
    known = {k: v for k, v in options.items() if k in Stream.defaults and v is not None}
    return (found, False) if found else (seed.make_stream(realm, stream_name, **known), True)


def ensure_stream(realm: Any, stream_name: str, **options: Any) -> Stream:
    """A stream by name, made if there is none."""
    return create_stream_if_needed(realm, stream_name)[0]


def bulk_add_subscriptions(*args: Any, **options: Any) -> tuple[list[Any], list[Any]]:
    """Puts users into streams: `(realm, streams, users)`, without the realm in trees of 2020."""
    given = [value for value in args if not isinstance(value, Realm)]
    streams, users = [*given, options.get("streams"), options.get("users")][:2]
    for stream in streams:
        for user in users:
            seed.subscribe(user, stream)
    return [], []


def bulk_remove_subscriptions(*args: Any, **options: Any) -> tuple[list[Any], list[Any]]:
    """Takes users out of streams: `(realm, users, streams)`, without the realm in older trees."""
    given = [value for value in args if not isinstance(value, (Realm, Client))]
    users, streams = [*given, options.get("users"), options.get("streams")][:2]
    for stream in streams:
        Subscription.objects.filter(
            recipient=stream.recipient, user_profile__in=list(users)
        ).delete()
    return [], []


def diff_strings(output: str, expected_output: str) -> str:
    """How two texts differ; the server asks a Node program for it."""
    return "\n".join(difflib.ndiff(expected_output.splitlines(), output.splitlines()))


def get_api_key(user_profile: UserProfile) -> str:
    """A user's API key."""
    return user_profile.api_key


def _nothing(*args: Any, **kwargs: Any) -> None:
    """Does nothing: there is no cache, queue, event system, limit or API description to serve."""


def _allow(*args: Any, **kwargs: Any) -> None:
    """Everybody may send to every stream: who may is not an integration's business."""


def _uncached(*args: Any, **kwargs: Any) -> Any:
    """A cache decorator that never caches."""
    return lambda function: function


def _nobody(*args: Any, **kwargs: Any) -> set[int]:
    """Every user is accessible."""
    return set()


def make_stream(
    test: Any,
    stream_name: str,
    realm: Realm | None = None,
    invite_only: bool = False,
    **options: Any,
) -> Stream:
    """The test base's method that makes a stream."""
    known = {name: value for name, value in options.items() if name in Stream.defaults and value is not None}
    return seed.make_stream(realm or seed.realm(), stream_name, invite_only=invite_only, **known)


def subscribe(
    test: Any, user: UserProfile, stream_name: str, invite_only: bool = False, **options: Any
) -> Stream:
    """The test base's method that puts a user into a stream, made if there is none."""
    stream, _ = create_stream_if_needed(
        user.realm, stream_name, invite_only=invite_only, **options
    )
    seed.subscribe(user, stream)
    return stream


def unsubscribe(test: Any, user: UserProfile, stream_name: str) -> None:
    """The test base's method that takes a user out of a stream."""
    bulk_remove_subscriptions([user], [Stream.objects.get(name__iexact=stream_name, realm=user.realm)])


# Whether somebody may do something with a stream, a topic, a user or a group is asked in other words every year.
_PERMISSION = re.compile(
    r"check_(for_)?can_\w+|check_sender_can_\w+|check_for_\w+_violation|check_user_can_\w+"
)
_PERMISSION_MODULES = re.compile(r"zerver\.(lib\.(streams|stream_\w+|user_groups|users)|actions\.message_send)")


_NO_OPS = (
    "bounce_key_prefix_for_testing",
    "bounce_redis_key_prefix_for_testing",
    "capture_exception",
    "clear_client_event_queues_for_testing",
    "clear_supported_auth_backends_cache",
    "log_to_file",
    "queue_event_on_commit",
    "queue_json_publish",
    "queue_json_publish_rollback_unsafe",
    "rate_limit_request_by_ip",
    "rate_limit_user",
    "send_event",
    "send_event_on_commit",
    "send_event_rollback_unsafe",
    "validate_against_openapi_schema",
    "validate_request",
    "validate_test_request",
    "validate_test_response",
)


def install() -> None:
    """Makes these functions the ones that library modules see."""
    REPLACED.update({name: _nothing for name in _NO_OPS})
    REPLACED.update(
        {
            function.__name__: function
            for function in (
                build_message_send_dict,
                bulk_add_subscriptions,
                bulk_remove_subscriptions,
                create_stream_if_needed,
                diff_strings,
                do_send_messages,
                ensure_stream,
                get_api_key,
                num_subscribers_for_stream_id,
                recipient_for_user_profiles,
            )
        }
    )
    RULES.append((_PERMISSION_MODULES, _PERMISSION, _allow))
    METHODS.update(make_stream=make_stream, subscribe=subscribe, unsubscribe=unsubscribe)
    REPLACED.update(
        access_stream_for_send_message=_allow,
        cache_with_key=_uncached,
        subprocess=html_text.Programs(),
        get_inaccessible_user_ids=_nobody,
    )
