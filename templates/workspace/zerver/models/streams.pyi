"""Looking up channels."""

from zerver.models import Realm, Stream


def get_stream(stream_name: str, realm: Realm) -> Stream:
    """A channel by its name; `Stream.DoesNotExist` when there is none."""


def get_stream_by_id_in_realm(stream_id: int, realm: Realm) -> Stream:
    """A channel by its ID; `Stream.DoesNotExist` when there is none."""
