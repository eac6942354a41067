import base64
import hashlib
import hmac

from django.conf import settings
from django.core.exceptions import ValidationError
from django.test import override_settings

from zerver.lib.test_classes import WebhookTestCase
from zerver.lib.webhooks.common import (
    get_fixture_http_headers,
    parse_multipart_string,
    standardize_headers,
)
from zerver.models.realms import get_realm
from zerver.models.users import get_system_bot


class ProbeTestCase(WebhookTestCase):
    CHANNEL_NAME = "probes"
    URL_TEMPLATE = "/api/v1/external/probe?api_key={api_key}&stream={stream}"
    WEBHOOK_DIR_NAME = "probe"

    def post(self, event: str | None, body: str = '{"title": "T", "text": "x"}', **extra: str):
        if event is not None:
            extra["HTTP_X_PROBE_EVENT"] = event
        return self.client_post(self.url, body, content_type="application/json", **extra)


class DestinationTests(ProbeTestCase):
    def test_channel_by_name(self) -> None:
        self.check_webhook("open", "Gate", "It is open.")

    def test_channel_by_id(self) -> None:
        stream = self.subscribe(self.test_user, "probes")
        self.url = self.url.replace("stream=probes", f"stream={stream.id}")
        self.check_webhook("open", "Gate", "It is open.")

    def test_channel_name_that_was_encoded_twice(self) -> None:
        self.CHANNEL_NAME = "two words"
        self.url = self.url.replace("stream=probes", "stream=two%2520words")
        self.check_webhook("open", "Gate", "It is open.")

    def test_owner_when_there_is_no_channel(self) -> None:
        self.url = self.url.replace("&stream=probes", "")
        message = self.send_and_test_private_message("open", "It is open.")
        self.assertEqual(message.recipient, self.test_user.bot_owner.recipient)

    def test_topic_of_the_url(self) -> None:
        self.url = self.build_webhook_url(topic="Walls")
        self.check_webhook("open", "Walls", "It is open.")

    def test_missing_channel_is_told_to_the_owner_once(self) -> None:
        self.url = self.url.replace("stream=probes", "stream=nowhere")
        self.assert_json_success(self.post("open"))
        told = self.get_last_message()
        bot = get_system_bot(settings.NOTIFICATION_BOT, get_realm("zulip").id)
        self.assertEqual(told.sender, bot)
        self.assertEqual(told.recipient, self.test_user.bot_owner.recipient)
        self.assertIn("#**nowhere**", told.content)

        self.assert_json_success(self.post("open"))
        self.assertEqual(self.get_last_message().id, told.id)

    def test_missing_channel_id(self) -> None:
        self.url = self.url.replace("stream=probes", "stream=987654")
        result = self.post("open")
        self.assert_json_error(result, "Channel with ID '987654' does not exist")

    def test_long_topic_is_cut(self) -> None:
        self.subscribe(self.test_user, "probes")
        self.post("open", '{"title": "%s", "text": "x"}' % ("t" * 100))
        self.assertEqual(self.get_last_message().topic_name(), "t" * 57 + "...")

    def test_topic_of_two_lines_is_refused(self) -> None:
        self.subscribe(self.test_user, "probes")
        result = self.post("open", '{"title": "a\\nb", "text": "x"}')
        self.assert_json_error(result, "Invalid character in topic, at position 2!")

    def test_empty_message_is_refused(self) -> None:
        self.subscribe(self.test_user, "probes")
        result = self.post("open", '{"title": "T", "text": " \\n"}')
        self.assert_json_error(result, "Message must not be empty")

    def test_direct_message(self) -> None:
        self.assert_json_success(self.post("private"))
        self.assertEqual(self.get_last_message().content, "ZulipProbeWebhook")


class FilterTests(ProbeTestCase):
    def check(self, parameter: str, sent: bool) -> None:
        self.url = self.build_webhook_url(parameter)
        if sent:
            self.check_webhook("open", "Gate", "It is open.")
        else:
            self.check_webhook("open", expect_noop=True)

    def test_only_events(self) -> None:
        self.check('only_events=["open"]', sent=True)
        self.check('only_events=["close", "op*"]', sent=True)
        self.check('only_events=["close"]', sent=False)
        self.check("only_events=[]", sent=False)

    def test_exclude_events(self) -> None:
        self.check('exclude_events=["close"]', sent=True)
        self.check('exclude_events=["o*n"]', sent=False)
        self.check('only_events=["open"]&exclude_events=["open"]', sent=False)

    def test_events_that_are_no_list(self) -> None:
        self.url = self.build_webhook_url("only_events=open")
        self.assert_json_error(self.post("open"), "only_events is not valid JSON")
        self.url = self.build_webhook_url("only_events=[1]")
        self.assert_json_error(self.post("open"), "only_events[0] is not a string")

    def test_undeclared_event(self) -> None:
        with self.assertRaisesRegex(AssertionError, '"undeclared" is missing in ALL_EVENT_TYPES'):
            self.check_webhook("undeclared", "Gate", "It is open.")


class ErrorTests(ProbeTestCase):
    def test_api_key(self) -> None:
        key = self.test_user.api_key
        for url, error, status in [
            (self.url.replace(f"api_key={key}&", ""), "Missing 'api_key' argument", 400),
            (self.url.replace(key, "short"), "Malformed API key", 401),
            (self.url.replace(key, "x" * 32), "Invalid API key", 401),
        ]:
            result = self.client_post(url, "{}", content_type="application/json")
            self.assert_json_error(result, error, status)

    def test_errors_of_the_view(self) -> None:
        self.assert_json_error(self.post("refuse"), "The probe refuses.")
        message = "Unable to parse request: Did Probe generate this event?"
        with self.assertLogs("zulip.zerver.webhooks.anomalous"):
            self.assert_json_error(self.post("strange"), message)
        with self.assertLogs("zulip.zerver.webhooks.unsupported"):
            data = self.assert_json_success(self.post("unknown"))
        self.assertEqual(data["event_type"], "unknown")
        self.assertEqual(data["webhook_name"], "Probe")

    def test_part_of_an_event_that_is_not_known(self) -> None:
        self.subscribe(self.test_user, "probes")
        with self.assertLogs("zulip.zerver.webhooks.unsupported") as logs:
            self.assert_json_success(self.post("partly_unknown"))
        self.assertIn("a part of it", logs.output[0])
        self.assertEqual(self.get_last_message().content, "x")

    def test_a_bug_of_the_view_is_not_hidden(self) -> None:
        with self.assertLogs("zulip.zerver.webhooks"), self.assertRaises(ZeroDivisionError):
            self.post("crash")

    def test_body_that_is_not_json(self) -> None:
        self.assert_json_error(self.post("open", "nope"), "Malformed JSON")

    def test_missing_key_is_named(self) -> None:
        with self.assertLogs("zulip.zerver.webhooks"), self.assertRaises(ValidationError) as caught:
            self.post("open", "{}")
        self.assertEqual(caught.exception.messages, ["request['title'] is missing"])

    def test_missing_header_is_told_to_the_owner(self) -> None:
        with self.assertLogs("zulip.zerver.webhooks.anomalous"):
            result = self.post(None)
        self.assert_json_error(result, "Missing the HTTP event header 'X-Probe-Event'")
        self.assertIn("X-Probe-Event", self.get_last_message().content)

    def test_head(self) -> None:
        result = self.client_head(self.url)
        self.assertEqual(result.status_code, 200)
        self.assertEqual(result.content, b"")

    def test_signature(self) -> None:
        self.subscribe(self.test_user, "probes")
        body = '{"title": "T", "text": "signed"}'
        digest = hmac.new(b"s3cret", body.encode(), hashlib.sha256).hexdigest()
        for secret, signature, error in [
            ("s3cret", digest, None),
            ("other", digest, "Webhook signature verification failed."),
        ]:
            self.url = self.build_webhook_url(webhook_secret=secret, signature=signature)
            with override_settings(VERIFY_WEBHOOK_SIGNATURES=True):
                result = self.post("open", body)
            if error is None:
                self.assert_json_success(result)
                self.assertEqual(self.get_last_message().content, "signed")
            else:
                self.assert_json_error(result, error)


class BasicAuthTests(WebhookTestCase):
    CHANNEL_NAME = "probes"
    URL_TEMPLATE = "/api/v1/external/probebasic?stream={stream}"
    WEBHOOK_DIR_NAME = "probe"
    VIEW_FUNCTION_NAME = "api_probebasic_webhook"

    def authorize(self, credentials: str, scheme: str = "Basic") -> dict[str, str]:
        encoded = base64.b64encode(credentials.encode()).decode()
        return {"HTTP_AUTHORIZATION": f"{scheme} {encoded}"}

    def test_message(self) -> None:
        self.api_channel_message(self.test_user, "open", "basic", "It is open.")

    def test_email_without_at_sign(self) -> None:
        self.subscribe(self.test_user, "probes")
        user = self.test_user
        headers = self.authorize(f"{user.email.replace('@', '%40')}:{user.api_key}")
        result = self.client_post(
            self.url, '{"text": "hi"}', content_type="application/json", **headers
        )
        self.assert_json_success(result)

    def test_wrong_credentials(self) -> None:
        key = self.test_user.api_key
        for headers, error, status in [
            ({}, "Missing authorization header for basic auth", 401),
            (self.authorize("no colon"), "Invalid authorization header for basic auth", 401),
            (self.authorize(f"hamlet@zulip.com:{key}"), "Invalid API key", 401),
            (
                self.authorize("a:b", scheme="Bearer"),
                "This endpoint requires HTTP basic authentication.",
                400,
            ),
        ]:
            result = self.client_post(self.url, "{}", content_type="application/json", **headers)
            self.assert_json_error(result, error, status)


class HelperTests(ProbeTestCase):
    def test_headers_of_fixtures(self) -> None:
        self.assertEqual(
            get_fixture_http_headers("probe", "open__twice"), {"X-Probe-Event": "open"}
        )
        self.assertEqual(get_fixture_http_headers("no_such_integration", "open"), {})
        self.assertEqual(
            standardize_headers({"X-Probe-Event": "a", "Content-Type": "b", "HTTP_C": 1}),
            {"HTTP_X_PROBE_EVENT": "a", "CONTENT_TYPE": "b", "HTTP_C": "1"},
        )

    def test_multipart_fixture(self) -> None:
        part = '--b\nContent-Disposition: form-data; name="{}"\n\n{}\n'
        body = part.format("a", "1\n\n2") + part.format("b", "{}") + "--b--\n"
        self.assertEqual(parse_multipart_string(body), {"a": "1\n\n2\n", "b": "{}\n"})

    def test_unequal_strings_are_shown_line_by_line(self) -> None:
        with self.assertRaisesRegex(AssertionError, r"(?s)- b\n.*\+ c"):
            self.assertEqual("a\nb", "a\nc")
        with self.assertRaisesRegex(AssertionError, r"'a\\n' is not 'a'"):
            self.assertEqual("a\n", "a")

    def test_message_that_should_not_be(self) -> None:
        with self.assertRaisesRegex(AssertionError, "A message was sent"):
            self.check_webhook("open", expect_noop=True)
