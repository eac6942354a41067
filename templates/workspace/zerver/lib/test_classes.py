"""The base class of an integration's tests.

    class HarbourHookTests(WebhookTestCase):
        CHANNEL_NAME = "harbour"
        URL_TEMPLATE = "/api/v1/external/harbour?api_key={api_key}&stream={stream}"
        WEBHOOK_DIR_NAME = "harbour"

        def test_ship_arrived(self) -> None:
            self.check_webhook("ship_arrived", "Pier 4", "The *Aurora* has arrived.")

`check_webhook` posts `fixtures/ship_arrived.json` to the integration, and compares the message
that comes of it. Each test starts with the same users and channels, and without what other tests
did.
"""

from typing import Any
from unittest import mock

import orjson
from django.utils.module_loading import import_string
from typing_extensions import override

from zerver.lib.test_base import ZulipTestCase
from zerver.lib.webhooks.common import (
    check_send_webhook_message,
    get_fixture_http_headers,
    standardize_headers,
)
from zerver.models import Message, UserProfile
from zerver.models.realms import get_realm

__all__ = ["EmptyResponseError", "WebhookTestCase", "ZulipTestCase"]


class EmptyResponseError(Exception):
    """The request succeeded, and no message came of it."""


class WebhookTestCase(ZulipTestCase):
    """Tests of one integration. Set the attributes, and call `check_webhook` in each test."""

    # The channel that the URL names.
    CHANNEL_NAME: str | None = None
    # The bot that sends the messages.
    TEST_USER_EMAIL = "webhook-bot@zulip.com"
    # The URL, with `{api_key}` and `{stream}`. Without the latter, messages go to the bot's owner.
    URL_TEMPLATE: str
    # The folder in `zerver/webhooks`. With it, tests refuse events that `all_event_types` of
    # `webhook_view` does not name.
    WEBHOOK_DIR_NAME: str | None = None
    # The view, when it is not called api_<WEBHOOK_DIR_NAME>_webhook.
    VIEW_FUNCTION_NAME: str | None = None

    @property
    def test_user(self) -> UserProfile:
        """The bot that sends the messages."""
        return self.get_user_from_email(self.TEST_USER_EMAIL, get_realm("zulip"))

    @override
    def setUp(self) -> None:
        super().setUp()
        self.url = self.build_webhook_url()
        if self.WEBHOOK_DIR_NAME is not None:
            self._refuse_undeclared_events(f"zerver.webhooks.{self.WEBHOOK_DIR_NAME}.view")

    def _refuse_undeclared_events(self, view_module: str) -> None:
        name = self.VIEW_FUNCTION_NAME or f"api_{self.WEBHOOK_DIR_NAME}_webhook"
        declared = getattr(import_string(f"{view_module}.{name}"), "_all_event_types", None)
        if declared is None:
            return

        def check_and_send(*args: Any, **kwargs: Any) -> None:
            event = args[4] if len(args) > 4 else kwargs.get("complete_event_type")
            if event is not None and event not in declared:
                raise AssertionError(
                    f'The event "{event}" is missing in ALL_EVENT_TYPES, which goes to'
                    " @webhook_view(..., all_event_types=ALL_EVENT_TYPES)."
                )
            check_send_webhook_message(*args, **kwargs)

        patch = mock.patch(f"{view_module}.check_send_webhook_message", side_effect=check_and_send)
        patch.start()
        self.addCleanup(patch.stop)

    # For integrations that need another URL or another kind of body, override these.

    def build_webhook_url(self, *args: str, **kwargs: str) -> str:
        """The URL, with more parameters: `build_webhook_url(topic="Ships")`."""
        url = self.URL_TEMPLATE.format(api_key=self.test_user.api_key, stream=self.CHANNEL_NAME)
        parameters = [*(f"{name}={value}" for name, value in kwargs.items()), *args]
        if not parameters:
            return url
        return f"{url}{'&' if '?' in url else '?'}{'&'.join(parameters)}"

    def get_payload(self, fixture_name: str) -> str | dict[str, str]:
        """What to post; override it to post a form, as a dict."""
        return self.get_body(fixture_name)

    def get_body(self, fixture_name: str) -> str:
        """The text of a fixture, which must be JSON; override it for other formats."""
        assert self.WEBHOOK_DIR_NAME is not None
        body = self.webhook_fixture_data(self.WEBHOOK_DIR_NAME, fixture_name)
        orjson.loads(body)
        return body

    def check_webhook(
        self,
        fixture_name: str,
        expected_topic_name: str | None = None,
        expected_message: str | None = None,
        content_type: str | None = "application/json",
        expect_noop: bool = False,
        **extra: str,
    ) -> None:
        """Post a fixture, and compare the message in the channel.

        fixture_name: without the extension. Its headers come from the view's
            `fixture_to_headers`.
        expect_noop: the request must succeed without sending a message.
        extra: more headers, written `HTTP_X_EVENT="push"`.
        """
        assert self.CHANNEL_NAME is not None
        self.subscribe(self.test_user, self.CHANNEL_NAME)
        try:
            message = self._send_fixture(self.test_user, fixture_name, content_type, extra)
        except EmptyResponseError:
            if not expect_noop:
                raise AssertionError(
                    "No message was sent. If that is right, pass expect_noop=True."
                ) from None
            return
        if expect_noop:
            raise AssertionError(
                f"A message was sent, and expect_noop=True says there is none: {message.content}"
            )
        assert expected_topic_name is not None and expected_message is not None
        self.assert_channel_message(
            message, self.CHANNEL_NAME, expected_topic_name, expected_message
        )

    def api_channel_message(
        self,
        user: UserProfile,
        fixture_name: str,
        expected_topic: str | None = None,
        expected_message: str | None = None,
        content_type: str | None = "application/json",
        expect_noop: bool = False,
        **extra: str,
    ) -> None:
        """`check_webhook` for views with `authenticated_rest_api_view`."""
        self.check_webhook(
            fixture_name,
            expected_topic,
            expected_message,
            content_type,
            expect_noop,
            HTTP_AUTHORIZATION=self.encode_user(user),
            **extra,
        )

    def send_and_test_private_message(
        self,
        fixture_name: str,
        expected_message: str,
        content_type: str = "application/json",
        *,
        sender: UserProfile | None = None,
        **extra: str,
    ) -> Message:
        """Post a fixture, and compare the direct message that comes of it."""
        message = self._send_fixture(sender or self.test_user, fixture_name, content_type, extra)
        self.assertEqual(message.content, expected_message)
        return message

    def _send_fixture(
        self,
        sender: UserProfile,
        fixture_name: str,
        content_type: str | None,
        extra: dict[str, str],
    ) -> Message:
        if content_type is not None:
            extra["content_type"] = content_type
        if self.WEBHOOK_DIR_NAME is not None:
            headers = get_fixture_http_headers(self.WEBHOOK_DIR_NAME, fixture_name)
            extra.update(standardize_headers(headers))
        return self.send_webhook_payload(sender, self.url, self.get_payload(fixture_name), **extra)

    def send_webhook_payload(
        self,
        user_profile: UserProfile,
        url: str,
        payload: str | dict[str, Any],
        **extra: str,
    ) -> Message:
        """Post a payload that must succeed; returns the message that `user_profile` sent.

        Raises `EmptyResponseError` when no message was sent.
        """
        before = self.get_last_message()
        self.assert_json_success(self.client_post(url, payload, **extra))
        message = self.get_last_message()
        if message.id == before.id:
            raise EmptyResponseError
        self.assertEqual(message.sender.email, user_profile.email)
        return message

    def assert_channel_message(
        self, message: Message, channel_name: str, topic_name: str, content: str
    ) -> None:
        """The message went to this channel and topic, and says this."""
        self.assert_message_stream_name(message, channel_name)
        self.assertEqual(message.topic_name(), topic_name)
        self.assertEqual(message.content, content)
