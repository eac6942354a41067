/** Integrations whose view a test writes, and `extend` run on them. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { cli } from "./cli.ts";
import { temporaryWorkspace } from "./tree.ts";

export function write(root: string, path: string, content: unknown): string {
  const text = typeof content === "string" ? content : JSON.stringify(content, null, 2);
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), text);
  return path;
}

export const read = (root: string, path: string): string => readFileSync(join(root, path), "utf8");

export const HEAD = `from django.http import HttpRequest, HttpResponse

from zerver.decorator import webhook_view
from zerver.lib.exceptions import UnsupportedWebhookEventTypeError
from zerver.lib.response import json_success
from zerver.lib.typed_endpoint import JsonBodyPayload, typed_endpoint
from zerver.lib.validator import WildValue, check_string
from zerver.lib.webhooks.common import check_send_webhook_message
from zerver.models import UserProfile
`;

export const endpoint = (body: string, declared = ""): string => `
@webhook_view("Acme"${declared})
@typed_endpoint
def api_acme_webhook(
    request: HttpRequest,
    user_profile: UserProfile,
    *,
    payload: JsonBodyPayload[WildValue],
) -> HttpResponse:
${body}
    return json_success(request)
`;

/** An integration called acme whose view and tests are these. */
export async function acme(view: string): Promise<string> {
  const root = temporaryWorkspace();
  const made = await cli(["new", "acme", "--category", "misc", "--yes", "--no-screenshot", "-q"], {
    cwd: root,
  });
  expect(made.exitCode).toBe(0);
  const tests = `from zerver.lib.test_classes import WebhookTestCase


class AcmeHookTests(WebhookTestCase):
    CHANNEL_NAME = "acme"
    URL_TEMPLATE = "/api/v1/external/acme?stream={stream}&api_key={api_key}"
    WEBHOOK_DIR_NAME = "acme"

    def test_opened(self) -> None:
        expected_topic_name = "press"
        expected_message = "Opened by Ada."
        self.check_webhook("opened", expected_topic_name, expected_message)
`;
  write(root, "zerver/webhooks/acme/view.py", view);
  write(root, "zerver/webhooks/acme/tests.py", tests);
  write(root, "zerver/webhooks/acme/fixtures/opened.json", {
    type: "door.opened",
    project: "press",
    user: { name: "Ada" },
  });
  return root;
}

export const CLOSED = {
  type: "door.closed",
  project: "press",
  user: { name: "Ada" },
  door: "north",
};

export async function extend(root: string, ...words: string[]) {
  const { exitCode, stdout, stderr } = await cli(["extend", ...words, "--json"], { cwd: root });
  return { exitCode, stderr, report: JSON.parse(stdout) };
}

export async function testsOf(root: string, name: string) {
  const { stdout } = await cli(["test", name, "--json"], { cwd: root });
  const { summary } = JSON.parse(stdout);
  return { passed: summary.passed, failed: summary.failed };
}
