"""Stand-in for django.test.utils."""

from contextlib import ContextDecorator
from typing import Any

from harness.settings import settings


class override_settings(ContextDecorator):  # noqa: N801
    """Changes settings for a while."""

    def __init__(self, **options: Any) -> None:
        self.options = options

    def __enter__(self) -> None:
        self.saved = settings.override(self.options)

    def __exit__(self, *args: Any) -> None:
        settings.restore(self.saved)

    def __call__(self, target: Any) -> Any:
        if isinstance(target, type):
            target._overridden_settings = {
                **getattr(target, "_overridden_settings", {}),
                **self.options,
            }
            return target
        return super().__call__(target)


class modify_settings:  # noqa: N801
    """Changing lists of settings is not supported."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        from harness.placeholder import Unavailable

        raise Unavailable("django.test.utils.modify_settings")
