/** The same integrations in the form that newer trees have: entries with inline screenshots, tests without attributes. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { asText, cleanTree, lintTree, replaceIn } from "./trees.ts";

const registry = "zerver/lib/integrations.py";
const tests = "zerver/webhooks/lanternpost/tests.py";

/** Rewrites the clean tree in the newer form. */
function newerTree(): string {
  const root = cleanTree();
  const source = readFileSync(join(root, registry), "utf8");
  const start = source.indexOf("WEBHOOK_INTEGRATIONS:");
  const newer = `${source.slice(0, start)}INCOMING_WEBHOOK_INTEGRATIONS: List[IncomingWebhookIntegration] = [
    IncomingWebhookIntegration("ferryboard", ["monitoring"], display_name="Ferry Board"),
    IncomingWebhookIntegration(
        "lanternpost",
        ["deployment"],
        [WebhookScreenshotConfig("lamp_out.json")],
        display_name="LanternPost",
    ),
]

INTEGRATIONS_WITHOUT_SCREENSHOTS = {"ferryboard"}
`;
  writeFileSync(
    join(root, registry),
    newer
      .replaceAll("class WebhookIntegration", "class IncomingWebhookIntegration")
      .replaceAll("ScreenshotConfig:", "WebhookScreenshotConfig:")
      .replace("class ScreenshotConfig", "class WebhookScreenshotConfig")
      .replace(
        "        logo: Optional[str] = None,\n        function",
        "        screenshot_configs: List[WebhookScreenshotConfig] = [],\n" +
          "        logo: Optional[str] = None,\n        function",
      ),
  );
  writeFileSync(
    join(root, "zerver/lib/test_classes.py"),
    "class WebhookTestCase:\n    def check_webhook(self, fixture_name, expected_topic_name=None):\n        pass\n",
  );
  for (const attribute of ["STREAM_NAME", "URL_TEMPLATE", "WEBHOOK_DIR_NAME"]) {
    for (const path of [tests, tests.replace("lanternpost", "ferryboard")]) {
      const text = readFileSync(join(root, path), "utf8");
      writeFileSync(join(root, path), text.replace(new RegExp(` {4}${attribute} = .*\n`), ""));
    }
  }
  return root;
}

describe("a newer tree", () => {
  it("is not asked for what only older trees have", async () => {
    expect(asText((await lintTree(newerTree())).problems)).toBe("");
  });

  it("is told about its own way of configuring screenshots", async () => {
    const root = newerTree();
    replaceIn(root, registry, '        [WebhookScreenshotConfig("lamp_out.json")],\n', "");
    const { problems } = await lintTree(root);
    expect(problems.map(({ rule, fix }) => [rule, fix])).toEqual([
      [
        "screenshot-entry",
        'Add `[WebhookScreenshotConfig("<fixture>.json")]` to its entry, or its name to `INTEGRATIONS_WITHOUT_SCREENSHOTS`.',
      ],
    ]);
  });
});
