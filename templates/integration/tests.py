# insert imports
from zerver.lib.test_classes import WebhookTestCase
# end


class CLASS_NAMEHookTests(WebhookTestCase):
    # insert attributes
    STREAM_NAME = "example"
    URL_TEMPLATE = "/api/v1/external/example?stream={stream}&api_key={api_key}"
    WEBHOOK_DIR_NAME = "example"
    # end

    # insert tests
    def test_message(self) -> None:
        expected_topic = "Example"
        expected_message = "Something happened."
        self.check_webhook("message", expected_topic, expected_message)

    # end
    # if events

    def UNSUPPORTED_TEST(self) -> None:
        result = self.client_post(
            self.url,
            # insert request
            '{"event": "unsupported_event"}',
            content_type="application/json",
            # end
            # if header
            # insert header argument
            HTTP_X_EXAMPLE_EVENT="unsupported_event",
            # end
            # endif
            # if basic
            HTTP_AUTHORIZATION=self.encode_user(self.test_user),
            # endif
        )
        self.assert_in_response("'UNSUPPORTED_EVENT' event isn't currently supported", result)

    # endif
    # if shapes

    def test_payload_of_unknown_kind(self) -> None:
        result = self.client_post(
            self.url,
            # insert shapeless request
            "{}",
            content_type="application/json",
            # end
            # if basic
            HTTP_AUTHORIZATION=self.encode_user(self.test_user),
            # endif
        )
        self.assert_in_response("'UNKNOWN_SHAPE' event isn't currently supported", result)

    # endif
    # if malformed

    def test_malformed_body(self) -> None:
        result = self.client_post(
            self.url,
            # insert malformed request
            "{",
            content_type="application/json",
            # end
            # if basic
            HTTP_AUTHORIZATION=self.encode_user(self.test_user),
            # endif
        )
        self.assert_json_error(result, "MALFORMED_ERROR")

    # endif
    # if body

    # insert method
    def get_body(self, fixture_name: str) -> str:
        return self.webhook_fixture_data("example", fixture_name, file_type="txt")
    # end
    # endif
