import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { readLibraryDialect } from "../../src/checkout/library-dialect.ts";

/** A tree of these files only. */
function treeOf(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), "connect-webhook-library-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const TODAY = {
  unsupportedEvent: "UnsupportedWebhookEventTypeError",
  unsupportedEventTakesName: false,
  wildValue: true,
  webhookView: "webhook_view",
  declaresEvents: true,
  successTakesRequest: true,
  sendTakesEvent: true,
};

it("takes a tree that says nothing for one of today", async () => {
  expect(await readLibraryDialect(treeOf({}))).toEqual(TODAY);
});

it("reads the names of 2020", async () => {
  const root = treeOf({
    "zerver/lib/exceptions.py":
      "class UnexpectedWebhookEventType(JsonableError):\n    def __init__(self, webhook_name: str, event_type: str) -> None:\n        pass\n\nclass Other(Exception):\n    pass\n",
    "zerver/lib/validator.py": "def check_string(name, value):\n    pass\n",
    "zerver/decorator.py":
      "def api_key_only_webhook_view(\n        webhook_client_name: str,\n):\n    pass\n",
    "zerver/lib/response.py": "def json_success(data={}):\n    pass\n",
    "zerver/lib/webhooks/common.py":
      "def check_send_webhook_message(\n    request, user_profile, topic, body, stream=None,\n):\n    pass\n",
  });
  expect(await readLibraryDialect(root)).toEqual({
    unsupportedEvent: "UnexpectedWebhookEventType",
    unsupportedEventTakesName: true,
    wildValue: false,
    webhookView: "api_key_only_webhook_view",
    declaresEvents: false,
    successTakesRequest: false,
    sendTakesEvent: false,
  });
});

it("reads the names of 2022, whose error takes the event alone", async () => {
  const root = treeOf({
    "zerver/lib/exceptions.py":
      "class UnsupportedWebhookEventType(WebhookError):\n    def __init__(self, event_type: str) -> None:\n        pass\n\nclass Last(Exception):\n    def __init__(self, webhook_name):\n        pass\n",
    "zerver/decorator.py":
      "def webhook_view(\n    webhook_client_name: str,\n    all_event_types=None,\n):\n    pass\n",
  });
  expect(await readLibraryDialect(root)).toEqual({
    ...TODAY,
    unsupportedEvent: "UnsupportedWebhookEventType",
  });
});
