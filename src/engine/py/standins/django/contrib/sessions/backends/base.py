"""Stand-in for django.contrib.sessions.backends.base: a session that is kept nowhere."""

from typing import Any


class SessionBase(dict[str, Any]):
    """What a session holds."""

    modified = accessed = False

    def __setitem__(self, key: str, value: Any) -> None:
        super().__setitem__(key, value)
        self.modified = True
