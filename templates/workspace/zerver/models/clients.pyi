"""Looking up clients."""

from zerver.models import Client


def get_client(name: str) -> Client:
    """The client of this name, made if there is none."""
