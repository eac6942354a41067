import { describe, expect, it } from "vitest";
import type { Dialect } from "../../src/checkout/dialect-model.ts";
import { openCheckout } from "../../src/checkout/index.ts";
import { readTestDialect } from "../../src/checkout/test-dialect.ts";
import { caseFile, makeTree } from "./tree.ts";

async function dialectOf(registry: string, files: Record<string, string>): Promise<Dialect> {
  return (await openCheckout(makeTree(registry, files))).dialect;
}

/** Views, tests and documents for the registry's integrations, all written alike. */
function written(
  names: string[],
  view: string,
  tests: string,
  doc: string,
): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => [
      [`zerver/webhooks/${name}/view.py`, view],
      [`zerver/webhooks/${name}/tests.py`, tests],
      [`zerver/webhooks/${name}/doc.md`, doc],
    ]),
  );
}

const names = ["appletree", "birch", "fir", "willow"];

describe("a tree of 2023", () => {
  const files = {
    ...written(
      names,
      "def api():\n    topic = 'x'\n",
      "class T(WebhookTestCase):\n    STREAM_NAME = 's'\n    URL_TEMPLATE = 'u'\n    WEBHOOK_DIR_NAME = 'd'\n",
      "Get Connect notifications for Trees!\n\n1. {!create-stream.md!}\n",
    ),
    "pyproject.toml": "[tool.black]\nline-length = 88\n\n[tool.ruff]\nselect = []\n",
    "zerver/models.py": "",
    "zerver/lib/typed_endpoint.py": "",
    "zerver/lib/webhooks/common.py":
      "def get_http_headers_from_filename(key): ...\n" +
      "def validate_extract_webhook_http_header(\n    request: HttpRequest, header: str, integration_name: str\n) -> str: ...\n",
    "zerver/lib/test_classes.py": `class ZulipTestCase: pass

class WebhookTestCase(ZulipTestCase):
    STREAM_NAME: Optional[str] = None
    URL_TEMPLATE: str
    WEBHOOK_DIR_NAME: Optional[str] = None
    VIEW_FUNCTION_NAME: Optional[str] = None

    def check_webhook(self, fixture_name: str, expected_topic: Optional[str] = None): ...

    def assert_stream_message(self): ...

class Other: pass
`,
    "templates/zerver/integrations/include/create-stream.md": "",
    "templates/zerver/integrations/include/congrats.md": "",
    "zproject/urls.py": 'path("integrations/doc-html/<integration_name>", integration_doc),\n',
  };

  it("is read from its own files", async () => {
    const dialect = await dialectOf(caseFile("dict-unsorted", "before.py"), files);
    expect(dialect.registry).toMatchObject({
      webhookClass: "WebhookIntegration",
      webhookList: "WEBHOOK_INTEGRATIONS",
      order: "free",
      streamParameter: "stream_name",
      screenshotStyle: "dict",
      screenshotDict: "DOC_SCREENSHOT_CONFIG",
      screenshotClass: "ScreenshotConfig",
      noScreenshotSet: undefined,
      lineLength: 88,
    });
    expect(dialect.registry.parameters.slice(0, 3)).toEqual(["name", "categories", "client_name"]);
    expect(dialect.view).toMatchObject({
      typing: "legacy",
      topicVariable: "topic",
      eventHeaderFunction: "validate_extract_webhook_http_header",
      eventHeaderParameters: ["request", "header", "integration_name"],
      fixtureHeadersFunction: "get_http_headers_from_filename",
      signatureFunction: undefined,
      typedEndpoint: true,
      realmModule: "zerver.models",
    });
    expect(dialect.tests).toEqual({
      streamAttribute: "STREAM_NAME",
      streamRequired: true,
      urlTemplateAttribute: "URL_TEMPLATE",
      urlTemplateRequired: true,
      directoryAttribute: "WEBHOOK_DIR_NAME",
      directoryRequired: true,
      viewFunctionAttribute: "VIEW_FUNCTION_NAME",
      checkMethod: "check_webhook",
      noopParameter: undefined,
      topicParameter: "expected_topic",
      topicVariable: "expected_topic",
      messageAssertion: "assert_stream_message",
    });
    expect(dialect.docs).toMatchObject({
      style: "plain",
      macros: new Set(["congrats", "create-stream"]),
      productName: "Connect",
      streamWord: "stream",
      urlPrefix: "/integrations/doc/",
    });
  });
});

describe("a tree of 2026", () => {
  const files = {
    ...written(
      ["appletree", "birch", "fir"],
      "def api():\n    topic_name = 'x'\n",
      "class T(WebhookTestCase):\n    def test_a(self): ...\n",
      "# Zulip Trees integration\n\nReceive OneHash Connect notifications for Trees!\n\n{start_tabs}\n",
    ),
    "pyproject.toml": "[tool.ruff]\nline-length = 110\n\n[tool.black]\nline-length = 88\n",
    "zerver/models/realms.py": "",
    "zerver/models/users.py": "",
    "zerver/lib/webhooks/common.py":
      "def default_fixture_to_headers(key): ...\n" +
      "def get_event_header(request, header, integration_name): ...\n" +
      "def validate_webhook_signature(request, payload, signature): ...\n",
    "zerver/lib/test_classes.py": `class WebhookTestCase(ZulipTestCase):
    CHANNEL_NAME: str | None = None
    URL_TEMPLATE: str
    WEBHOOK_DIR_NAME: str | None = None

    def setUp(self):
        if self.WEBHOOK_DIR_NAME is None:
            self.WEBHOOK_DIR_NAME = self.__module__.split(".")[2]

    def check_webhook(self, fixture_name, expected_topic_name=None, *, expect_noop=False): ...

    def assert_channel_message(self): ...
`,
    "templates/zerver/integrations/include/create-channel.md": "",
  };

  it("is read from its own files", async () => {
    const dialect = await dialectOf(caseFile("inline", "before.py"), files);
    expect(dialect.registry).toMatchObject({
      webhookClass: "IncomingWebhookIntegration",
      webhookList: "INCOMING_WEBHOOK_INTEGRATIONS",
      order: "sorted",
      streamParameter: undefined,
      screenshotStyle: "inline",
      screenshotParameter: "webhook_screenshot_configs",
      screenshotClass: "WebhookScreenshotConfig",
      screenshotDict: undefined,
      noScreenshotSet: "INTEGRATIONS_WITHOUT_SCREENSHOTS",
      lineLength: 110,
    });
    expect(dialect.registry.screenshotFields).toContain("channel");
    expect(dialect.view).toMatchObject({
      typing: "modern",
      topicVariable: "topic_name",
      eventHeaderFunction: "get_event_header",
      fixtureHeadersFunction: "default_fixture_to_headers",
      signatureFunction: "validate_webhook_signature",
      typedEndpoint: false,
      realmModule: "zerver.models.realms",
      userModule: "zerver.models.users",
    });
    expect(dialect.tests).toMatchObject({
      streamAttribute: "CHANNEL_NAME",
      streamRequired: false,
      urlTemplateRequired: false,
      directoryAttribute: "WEBHOOK_DIR_NAME",
      directoryRequired: false,
      viewFunctionAttribute: undefined,
      noopParameter: "expect_noop",
      topicParameter: "expected_topic_name",
      messageAssertion: "assert_channel_message",
    });
    expect(dialect.docs).toMatchObject({
      style: "sections",
      productName: "OneHash Connect",
      streamWord: "channel",
      urlPrefix: "/integrations/",
    });
  });
});

it.each([
  ["from typing_extensions import override\n", "typing_extensions"],
  ["from typing import (\n    Any,\n    override,\n)\n", "typing"],
  ["from overrides import override_settings\n", undefined],
])("finds where marks of replaced methods come from: %j", (source, expected) => {
  expect(readTestDialect(source, []).overrideModule).toBe(expected);
  expect(readTestDialect("", [source]).overrideModule).toBe(expected);
});

it("says something sensible about a tree with a registry and nothing else", async () => {
  const dialect = await dialectOf(caseFile("single-quotes", "before.py"), {});
  expect(dialect.registry).toMatchObject({ screenshotStyle: "none", lineLength: 100 });
  expect(dialect.docs).toMatchObject({ style: "plain", productName: "Connect" });
  expect(dialect.tests.topicParameter).toBe("expected_topic_name");
});
