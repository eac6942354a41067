"""What every test has: users, channels, requests, and expectations about responses.

Tests import it from `zerver.lib.test_classes`, which builds on it.
"""

import base64
import difflib
import os
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlencode

import orjson
from django.http import HttpResponse
from django.test import TestCase
from django.test.client import MULTIPART_CONTENT
from typing_extensions import override

from zerver.lib.streams import bulk_add_subscriptions, create_stream_if_needed
from zerver.models import Message, Realm, Recipient, Stream, UserProfile
from zerver.models.realms import get_realm
from zerver.models.streams import get_stream
from zerver.models.users import get_user, get_user_by_delivery_email

WEBHOOKS_DIR = os.path.join(os.path.dirname(__file__), "..", "webhooks")


class ZulipTestCase(TestCase):
    """Requests, users and channels for a test."""

    maxDiff: int | None = None
    DEFAULT_SUBDOMAIN = "zulip"

    example_user_map = {
        "hamlet": "hamlet@zulip.com",
        "cordelia": "cordelia@zulip.com",
        "iago": "iago@zulip.com",
        "prospero": "prospero@zulip.com",
        "othello": "othello@zulip.com",
        "aaron": "AARON@zulip.com",
        "ZOE": "ZOE@zulip.com",
        "polonius": "polonius@zulip.com",
        "desdemona": "desdemona@zulip.com",
        "shiva": "shiva@zulip.com",
        "webhook_bot": "webhook-bot@zulip.com",
        "outgoing_webhook_bot": "outgoing-webhook@zulip.com",
        "default_bot": "default-bot@zulip.com",
    }

    # Users and channels

    def example_user(self, name: str) -> UserProfile:
        """A user that is always there, by their short name, such as "hamlet"."""
        return get_user_by_delivery_email(self.example_user_map[name], get_realm("zulip"))

    def get_user_from_email(self, email: str, realm: Realm) -> UserProfile:
        """A user, by their email address."""
        return get_user(email, realm)

    def make_stream(self, stream_name: str, realm: Realm | None = None) -> Stream:
        """Make a channel."""
        realm = realm or get_realm("zulip")
        stream, _created = create_stream_if_needed(realm, stream_name)
        return stream

    def subscribe(self, user_profile: UserProfile, stream_name: str) -> Stream:
        """Subscribe a user to a channel, which is made when there is none."""
        realm = user_profile.realm
        try:
            stream = get_stream(stream_name, realm)
        except Stream.DoesNotExist:
            stream = self.make_stream(stream_name, realm)
        bulk_add_subscriptions(realm, [stream], [user_profile], acting_user=None)
        return stream

    def get_last_message(self) -> Message:
        """The newest message."""
        return Message.objects.latest("id")

    def get_second_to_last_message(self) -> Message:
        """The message before the newest."""
        return Message.objects.all().order_by("-id")[1]

    # Requests. Additional keyword arguments are headers, written `HTTP_X_EVENT="push"`.

    def client_post(
        self,
        url: str,
        info: str | bytes | Mapping[str, Any] = {},
        *,
        content_type: str | None = None,
        **extra: Any,
    ) -> HttpResponse:
        """POST a body, or a dict as a form."""
        if content_type is None and isinstance(info, dict):
            content_type = "application/x-www-form-urlencoded"
            info = urlencode(info, doseq=True)
        elif content_type is None or content_type.startswith("multipart/form-data"):
            content_type = MULTIPART_CONTENT
        return self.client.post(url, info, content_type=content_type, **self._headers(extra))

    def client_get(self, url: str, info: Mapping[str, Any] = {}, **extra: Any) -> HttpResponse:
        """GET; `info` becomes the query string."""
        return self.client.get(url, info, **self._headers(extra))

    def client_head(self, url: str, info: Mapping[str, Any] = {}, **extra: Any) -> HttpResponse:
        """HEAD; `info` becomes the query string."""
        return self.client.head(url, info, **self._headers(extra))

    def api_post(
        self,
        user: UserProfile,
        url: str,
        info: str | bytes | Mapping[str, Any] = {},
        **extra: Any,
    ) -> HttpResponse:
        """POST with the user's name and API key, for `authenticated_rest_api_view`."""
        return self.client_post(url, info, HTTP_AUTHORIZATION=self.encode_user(user), **extra)

    def api_get(
        self, user: UserProfile, url: str, info: Mapping[str, Any] = {}, **extra: Any
    ) -> HttpResponse:
        """GET with the user's name and API key."""
        return self.client_get(url, info, HTTP_AUTHORIZATION=self.encode_user(user), **extra)

    def encode_user(self, user: UserProfile) -> str:
        """The Authorization header of a user."""
        return self.encode_credentials(user.delivery_email, user.api_key)

    def encode_email(self, email: str, realm: str = "zulip") -> str:
        """The Authorization header of the user with this email address."""
        return self.encode_user(get_user_by_delivery_email(email, get_realm(realm)))

    def encode_credentials(self, identifier: str, api_key: str) -> str:
        """The Authorization header of a user name and a password."""
        return "Basic " + base64.b64encode(f"{identifier}:{api_key}".encode()).decode()

    def _headers(self, extra: dict[str, Any]) -> dict[str, Any]:
        host = Realm.host_for_subdomain(extra.pop("subdomain", self.DEFAULT_SUBDOMAIN))
        return {"HTTP_HOST": host, **extra}

    # Expectations

    @override
    def assertEqual(self, first: Any, second: Any, msg: Any = None) -> None:
        """Like unittest's, with every line of two strings that differ."""
        if not (isinstance(first, str) and isinstance(second, str)):
            super().assertEqual(first, second, msg)
        elif first != second:
            raise AssertionError("\n".join([*_differences(first, second), str(msg or "")]).rstrip())

    def assert_length(self, items: Collection[Any], count: int) -> None:
        """There are so many items."""
        self.assertEqual(len(items), count, list(items))

    def assert_json_success(self, result: HttpResponse) -> dict[str, Any]:
        """The response is 200 and says success; returns its data."""
        data = self._json_of(result, 200)
        self.assertEqual(data.get("result"), "success")
        return data

    def get_json_error(self, result: HttpResponse, status_code: int = 400) -> str:
        """The response says error; returns its message."""
        data = self._json_of(result, status_code)
        self.assertEqual(data.get("result"), "error")
        return data["msg"]

    def assert_json_error(self, result: HttpResponse, msg: str, status_code: int = 400) -> None:
        """The response says error, with this message."""
        self.assertEqual(self.get_json_error(result, status_code), msg)

    def assert_json_error_contains(
        self, result: HttpResponse, msg_substring: str, status_code: int = 400
    ) -> None:
        """The response says error, with a message that contains this."""
        self.assertIn(msg_substring, self.get_json_error(result, status_code))

    def assert_in_response(self, substring: str, response: HttpResponse) -> None:
        """The response's body contains this."""
        self.assertIn(substring, response.content.decode())

    def assert_in_success_response(self, substrings: list[str], response: HttpResponse) -> None:
        """The response is 200, and its body contains these."""
        self.assertEqual(response.status_code, 200)
        for substring in substrings:
            self.assert_in_response(substring, response)

    def assert_message_stream_name(self, message: Message, stream_name: str) -> None:
        """The message went to this channel."""
        self.assertEqual(message.recipient.type, Recipient.STREAM)
        self.assertEqual(Stream.objects.get(id=message.recipient.type_id).name, stream_name)

    def _json_of(self, result: HttpResponse, status_code: int) -> dict[str, Any]:
        data = orjson.loads(result.content)
        try:
            self.assertEqual(result.status_code, status_code, data.get("msg"))
        except AssertionError as error:
            # The view's own exception says more than the status it led to.
            raise error from getattr(result, "exception", None)
        return data

    # Fixtures

    def webhook_fixture_data(self, type: str, action: str, file_type: str = "json") -> str:
        """The text of a fixture: integration, name and extension."""
        path = os.path.join(WEBHOOKS_DIR, type, "fixtures", f"{action}.{file_type}")
        with open(path, encoding="utf-8") as fixture:
            return fixture.read()


def _differences(actual: str, expected: str) -> list[str]:
    lines = list(difflib.ndiff(actual.splitlines(), expected.splitlines()))
    if all(line.startswith(" ") for line in lines):
        # They differ in line breaks only.
        return [f"{actual!r} is not {expected!r}"]
    return ["- is, + should be:", *(line for line in lines if not line.startswith("?"))]
