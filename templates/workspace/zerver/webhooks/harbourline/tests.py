from zerver.lib.test_classes import WebhookTestCase

DEPLOYMENTS_URL = "https://app.harbourline.example/projects/storefront/deployments"
COMMITS_URL = "https://git.storefront.example/storefront/commit"


class HarbourlineHookTests(WebhookTestCase):
    CHANNEL_NAME = "deployments"
    URL_TEMPLATE = "/api/v1/external/harbourline?api_key={api_key}&stream={stream}"
    WEBHOOK_DIR_NAME = "harbourline"

    TOPIC = "storefront / production"

    def test_ping(self) -> None:
        expected_message = "Harbourline webhook has been successfully configured by Ines Okafor."
        self.check_webhook("ping", "storefront", expected_message)

    def test_deployment_started(self) -> None:
        expected_message = (
            f"Ines Okafor started [deployment #482]({DEPLOYMENTS_URL}/482) of"
            f" [9e1b4c07d2a]({COMMITS_URL}/9e1b4c07d2a6f35810c4be77d3f0a9126e5d84bb)."
        )
        self.check_webhook("deployment_started", self.TOPIC, expected_message)

    def test_deployment_started_by_the_scheduler(self) -> None:
        expected_message = (
            f"The scheduler started [deployment #485]({DEPLOYMENTS_URL}/485) of `c27f8830e95`."
        )
        self.check_webhook(
            "deployment_started__scheduled", "storefront / staging", expected_message
        )

    def test_deployment_succeeded(self) -> None:
        expected_message = (
            f":check: The [deployment #482]({DEPLOYMENTS_URL}/482) of"
            f" [9e1b4c07d2a]({COMMITS_URL}/9e1b4c07d2a6f35810c4be77d3f0a9126e5d84bb)"
            " succeeded after 3 min 14 s."
        )
        self.check_webhook("deployment_finished__succeeded", self.TOPIC, expected_message)

    def test_deployment_failed(self) -> None:
        expected_message = f"""\
:cross_mark: The [deployment #483]({DEPLOYMENTS_URL}/483) of \
[c27f8830e95]({COMMITS_URL}/c27f8830e9514ad6b0f1e62d95a7c84310bd6f2e) \
failed after 41 s, in the step **migrate**:

~~~ quote
column "attempts" of relation "payments" already exists
migration 0091 was rolled back
~~~"""
        self.check_webhook("deployment_finished__failed", self.TOPIC, expected_message)

    def test_rollback_finished(self) -> None:
        expected_message = (
            f":rewind: Tomasz Wilk rolled back from [deployment #482]({DEPLOYMENTS_URL}/482)"
            f" to [deployment #479]({DEPLOYMENTS_URL}/479), which runs"
            f" [41d7a5be60c]({COMMITS_URL}/41d7a5be60c8f2937b15e0c6a84d92f7730ebc19)."
        )
        self.check_webhook("rollback_finished", self.TOPIC, expected_message)

    def test_approval_requested(self) -> None:
        expected_message = (
            "Tomasz Wilk asks **Ines Okafor** or **Priya Raman** to approve"
            f" [deployment #482]({DEPLOYMENTS_URL}/482) of"
            f" [9e1b4c07d2a]({COMMITS_URL}/9e1b4c07d2a6f35810c4be77d3f0a9126e5d84bb)."
        )
        self.check_webhook("approval_requested", self.TOPIC, expected_message)

    def test_excluded_event(self) -> None:
        self.url = self.build_webhook_url(exclude_events='["deployment_*"]')
        self.check_webhook("deployment_started", expect_noop=True)

    def test_unknown_event(self) -> None:
        before = self.get_last_message()
        result = self.client_post(
            self.url,
            self.get_body("ping"),
            content_type="application/json",
            HTTP_X_HARBOURLINE_EVENT="project_archived",
        )
        # The service is told that all is well: it could do nothing about it.
        self.assert_json_success(result)
        self.assertEqual(self.get_last_message().id, before.id)

    def test_missing_event_header(self) -> None:
        result = self.client_post(self.url, self.get_body("ping"), content_type="application/json")
        self.assert_json_error(result, "Missing the HTTP event header 'X-Harbourline-Event'")

    def test_body_that_is_not_json(self) -> None:
        result = self.client_post(self.url, "event=ping", content_type="application/json")
        self.assert_json_error(result, "Malformed JSON")
