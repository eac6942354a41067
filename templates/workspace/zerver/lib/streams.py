"""Channels, which the code calls streams."""

from collections.abc import Iterable

from zerver.models import Realm, Recipient, Stream, Subscription, UserProfile


def create_stream_if_needed(
    realm: Realm, stream_name: str, *, acting_user: UserProfile | None = None
) -> tuple[Stream, bool]:
    """The channel of this name, and whether it had to be made."""
    stream, created = Stream.objects.get_or_create(
        realm=realm, name__iexact=stream_name, defaults={"name": stream_name}
    )
    if created:
        stream.recipient = Recipient.objects.create(type_id=stream.id, type=Recipient.STREAM)
        stream.save()
    return stream, created


def bulk_add_subscriptions(
    realm: Realm,
    streams: Iterable[Stream],
    users: Iterable[UserProfile],
    *,
    acting_user: UserProfile | None = None,
) -> None:
    """Subscribe users to channels."""
    for stream in streams:
        for user in users:
            Subscription.objects.get_or_create(user_profile=user, recipient=stream.recipient)
