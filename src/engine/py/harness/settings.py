"""`django.conf.settings`: values that the checkout's own settings files state.

Only those a test server must decide for itself are fixed here. A setting is read when it is
first asked for: its expression is evaluated with the other settings as names. One that cannot
be evaluated without a server is `Unavailable`.
"""

import ast
import builtins
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from . import tree
from .placeholder import Placeholder, Unavailable, is_loading

# In the order in which the first that states a setting wins, as on a test server.
_FILES = (
    "zproject/test_extra_settings.py",
    "zproject/test_settings.py",
    "zproject/configured_settings.py",
    "zproject/computed_settings.py",
    "zproject/default_settings.py",
    "zproject/settings.py",
    "zproject/prod_settings_template.py",
)

# Holds the functions that ask the server's own configuration and secrets.
_FUNCTIONS = "zproject/config.py"

_FIXED: dict[str, Any] = {
    "DEBUG": False,
    "DEVELOPMENT": True,
    "PRODUCTION": False,
    "TEST_SUITE": True,
    "ZILENCER_ENABLED": False,
    "CORPORATE_ENABLED": False,
    "BAN_CONSOLE_OUTPUT": False,
    "RATE_LIMITING": False,
    "RUNNING_INSIDE_TORNADO": False,
    "USING_RABBITMQ": False,
    "LANGUAGE_CODE": "en-us",
    "LOCAL_UPLOADS_DIR": "var/engine-uploads",
    "SECRET_KEY": "embedded-engine",
    "SHARED_SECRET": "embedded-engine",
    "STATIC_URL": "/static/",
    "TIME_ZONE": "UTC",
    "EXTERNAL_HOST": "testserver",
    "EXTERNAL_URI_SCHEME": "http://",
}

# Folders of the checkout.
_FOLDERS = {"DEPLOY_ROOT": "", "STATIC_ROOT": "static"}

# For trees that state no settings at all, such as a workspace.
_DEFAULTS: dict[str, Any] = {
    "ROOT_DOMAIN_URI": "http://testserver",
    "ROOT_DOMAIN_URL": "http://testserver",
    "ROOT_SUBDOMAIN_ALIASES": ["www"],
    "REALM_HOSTS": {},
    "SYSTEM_BOT_REALM": "zulipinternal",
    "NOTIFICATION_BOT": "notification-bot@zulip.com",
    "WELCOME_BOT": "welcome-bot@zulip.com",
    "EMAIL_GATEWAY_BOT": "emailgateway@zulip.com",
    "CROSS_REALM_BOT_EMAILS": {
        "notification-bot@zulip.com",
        "welcome-bot@zulip.com",
        "emailgateway@zulip.com",
    },
    "ZULIP_ADMINISTRATOR": "Support <support@testserver>",
    "TOKENIZED_NOREPLY_EMAIL_ADDRESS": "noreply-{token}@testserver",
    "NOREPLY_EMAIL_ADDRESS": "noreply@testserver",
    "VERIFY_WEBHOOK_SIGNATURES": True,
    "HOME_NOT_LOGGED_IN": "/login/",
    "MAX_MESSAGE_LENGTH": 10000,
    # Connect's, in all its years; Django's own is a tenth of it.
    "DATA_UPLOAD_MAX_MEMORY_SIZE": 25 * 1024 * 1024,
    # Django's own.
    "DATA_UPLOAD_MAX_NUMBER_FIELDS": 1000,
    "DATA_UPLOAD_MAX_NUMBER_FILES": 100,
}


class UnknownSetting(Unavailable, AttributeError):
    """A setting that no file of the checkout states."""


class _Names(dict):  # type: ignore[type-arg]
    """The names that a setting's expression may use."""

    def __init__(self, functions: tree.Definitions) -> None:
        super().__init__()
        self.functions = functions

    def __missing__(self, name: str) -> Any:
        if hasattr(builtins, name) or name == "os":
            return os if name == "os" else getattr(builtins, name)
        _, definition = self.functions.found.get(name, ("", None))
        if isinstance(definition, ast.FunctionDef):
            return lambda *args, **kwargs: _default_of(definition, args, kwargs)
        return getattr(settings, name)


def _default_of(function: ast.FunctionDef, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """What a function that looks something up on a server gives where that is not stated."""
    parameters = [parameter.arg for parameter in function.args.args]
    given = {**dict(zip(parameters, args, strict=False)), **kwargs}
    default = next((name for name in parameters if name.startswith("default")), None)
    if default is None:
        raise Unavailable(f"{function.name}()")
    return given.get(default)


class Settings:
    """Attributes are settings."""

    def __init__(self) -> None:
        self.__dict__["_definitions"] = None
        # What is changed for a while, each with what it was before.
        self.__dict__["_overrides"] = []

    def __getattr__(self, name: str) -> Any:
        if not name.isupper():
            raise AttributeError(name)
        if name in _FIXED:
            value = _FIXED[name]
        elif name in _FOLDERS:
            value = os.path.join(tree.root(), _FOLDERS[name])
        else:
            value = self._read(name)
            if isinstance(value, Placeholder):
                return value
        self.__dict__[name] = value
        return value

    def __setattr__(self, name: str, value: Any) -> None:
        self.__dict__[name] = value

    def _read(self, name: str) -> Any:
        if self._definitions is None:
            self.__dict__["_definitions"] = tree.Definitions(tree.python_files(*_FILES))
            self.__dict__["_functions"] = tree.Definitions(tree.python_files(_FUNCTIONS))
        found = self._definitions.found.get(name)
        if found is None:
            if name in _DEFAULTS:
                return _DEFAULTS[name]
            raise UnknownSetting(f"settings.{name}")
        path, statement = found
        try:
            return eval(compile(ast.Expression(statement.value), path, "eval"), _Names(self._functions))
        except Exception:  # the expression needs a server: a secret, a file, a package
            if name in _DEFAULTS:
                return _DEFAULTS[name]
            if is_loading():
                return Placeholder(f"settings.{name}")
            raise Unavailable(f"settings.{name}") from None

    def override(self, values: dict[str, Any]) -> dict[str, Any]:
        """Changes settings and returns what they were."""
        saved = {name: self.__dict__.get(name, _Unset) for name in values}
        self.__dict__.update(values)
        self._overrides.append(saved)
        return saved

    def restore(self, saved: dict[str, Any]) -> None:
        """Undoes `override`."""
        self._overrides[:] = [other for other in self._overrides if other is not saved]
        self._put(saved)

    def is_overridden(self) -> bool:
        """Whether settings are changed for a while."""
        return any(self._overrides)

    @contextmanager
    def as_stated(self) -> Iterator[None]:
        """Undoes all overrides, and does them again at the end."""
        overrides = self._overrides[:]
        redone = {name: self.__dict__.get(name, _Unset) for saved in overrides for name in saved}
        for saved in reversed(overrides):
            self._put(saved)
        self._overrides.clear()
        try:
            yield
        finally:
            self._put(redone)
            self._overrides[:] = overrides

    def _put(self, saved: dict[str, Any]) -> None:
        for name, value in saved.items():
            if value is _Unset:
                self.__dict__.pop(name, None)
            else:
                self.__dict__[name] = value


class _Unset:
    """A setting that has not been read yet."""


settings = Settings()
