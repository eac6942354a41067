"""Walks the paths that every test takes, so that a memory snapshot holds what they load lazily."""

import contextlib
import importlib
import os
import unittest
from typing import Any

from . import seed, tree


# Library modules that most views import, beside the webhook library itself.
_NAMED_BY_VIEWS = ("zerver.lib.exceptions", "zerver.lib.typed_endpoint", "zerver.lib.validator")


def run() -> None:
    """Sends messages of each kind, calls a view, then runs an empty test."""
    _import_ours()
    _import_what_views_name()
    seed.reset_data()
    tables: Any = importlib.import_module("zerver.models")
    sending: Any = importlib.import_module("zerver.actions.message_send")
    bot = seed.webhook_bot()
    client = tables.get_client("warm-up")
    sending.check_send_private_message(bot, client, bot.bot_owner, "to a person")
    seed.subscribe(bot, tables.Stream.objects.get(name="Denmark"))
    sending.check_send_stream_message(bot, client, "Denmark", "topic", "to a stream")
    _call_view(bot)
    _run_empty_test()
    try:
        sending.check_send_stream_message(bot, client, "no such stream", "topic", "to nowhere")
    except Exception:  # the tree's own error for it, which is what is to be loaded
        pass


def _import_ours() -> None:
    """Imports all stand-ins, and the parts of the harness that a run needs first."""
    for folder, _, files in os.walk(tree.STANDINS):
        package = os.path.relpath(folder, tree.STANDINS).replace(os.sep, ".").strip(".")
        for name in (file.removesuffix(".py") for file in files if file.endswith(".py")):
            importlib.import_module(f"{package}.{name}".strip(".").removesuffix(".__init__"))
    for name in ("delivery", "registry_code", "renewal", "runner", "urls"):
        importlib.import_module(f"harness.{name}")


def _import_what_views_name() -> None:
    paths = tree.python_files("zerver/lib/webhooks")
    library = [str(tree.relative(path)).removesuffix(".py").replace("/", ".") for path in paths]
    for name in (*_NAMED_BY_VIEWS, *library):
        # A tree may be without one of them, or have one that does not load: the views that import it will tell.
        with contextlib.suppress(Exception):
            importlib.import_module(name)


def _call_view(bot: Any) -> None:
    """Calls a view directly: going through its URL would load the registry."""
    from django.test import RequestFactory

    common: Any = importlib.import_module("zerver.lib.webhooks.common")
    decorator: Any = importlib.import_module("zerver.decorator")
    response: Any = importlib.import_module("zerver.lib.response")

    @decorator.webhook_view("WarmUp")
    def view(request: Any, user_profile: Any) -> Any:
        common.check_send_webhook_message(request, user_profile, "topic", "content")
        return response.json_success(request)

    url = f"/?api_key={bot.api_key}&stream=Denmark"
    view(
        RequestFactory().post(
            url, "{}", content_type="application/json", HTTP_HOST=bot.realm.host
        )
    )


def _run_empty_test() -> None:
    classes: Any = importlib.import_module("zerver.lib.test_classes")

    class Empty(classes.WebhookTestCase):  # type: ignore[misc]
        STREAM_NAME = CHANNEL_NAME = "Denmark"
        URL_TEMPLATE = "/no-such-place?stream={stream}&api_key={api_key}"

        def test_nothing(self) -> None:
            """Only what surrounds a test is run."""

    Empty("test_nothing")(unittest.TestResult())
