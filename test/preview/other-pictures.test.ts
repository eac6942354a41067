import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Browser, openBrowser } from "../../src/browser/index.ts";
import { openCheckout } from "../../src/checkout/index.ts";
import {
  makeScreenshots,
  otherIntegrations,
  otherPictures,
  builtinTheme as theme,
} from "../../src/preview/index.ts";
import { temporaryWorkspace } from "../support/tree.ts";

const FIXTURE = "zerver/integration_fixtures/lighthouse/alarm.json";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** A workspace whose registry has a picture for an integration without a webhook. */
async function workspace(fixture: string, entry = "") {
  const root = temporaryWorkspace();
  const registry = join(root, "zerver/lib/integrations.py");
  const source = readFileSync(registry, "utf8")
    .replace(
      /(DOC_SCREENSHOT_CONFIG[^\n]*\{\n)/,
      '$1    "lighthouse": [ScreenshotConfig("alarm.json")],\n',
    )
    .concat(entry);
  writeFileSync(registry, source);
  mkdirSync(dirname(join(root, FIXTURE)), { recursive: true });
  writeFileSync(join(root, FIXTURE), fixture);
  return openCheckout(root);
}

const engine = {
  deliver: async (): Promise<never> => {
    throw new Error("There is no webhook to ask.");
  },
};

describe("pictures of integrations without a webhook", () => {
  it("show the subject and the body of their fixture", async () => {
    const checkout = await workspace('{"subject": "lamp", "body": "It is **dark**.\\n> since 9"}');
    const targets = otherPictures(checkout);
    expect(targets).toMatchObject([
      { integration: { name: "lighthouse", streamName: "lighthouse" }, messageFile: FIXTURE },
    ]);
    const [image] = await makeScreenshots({ checkout, engine, browser, targets, theme });
    expect(image?.result).toMatchObject({
      integration: "lighthouse",
      path: "static/images/integrations/lighthouse/001.png",
      width: 1520,
      status: "written",
    });
  });

  it("take the stream and the logo that the registry states", async () => {
    const entry =
      '\nclass Integration:\n    def __init__(self, name, stream_name=None, logo=None):\n        pass\n\nINTEGRATIONS = {"lighthouse": Integration("lighthouse", stream_name="coast", logo="images/integrations/logos/harbourline.svg")}\n';
    const [target] = otherPictures(await workspace("{}", entry));
    expect(target?.integration).toMatchObject({
      streamName: "coast",
      logo: "static/images/integrations/logos/harbourline.svg",
      avatar: "static/images/integrations/bot_avatars/harbourline.png",
    });
  });

  it.each([
    "{}",
    "[]",
    "no JSON",
    '{"subject": "lamp", "body": 1}',
  ])("say what is wrong with %s", async (fixture) => {
    const checkout = await workspace(fixture);
    const targets = otherPictures(checkout);
    const [image] = await makeScreenshots({ checkout, engine, browser, targets, theme });
    expect(image?.result).toMatchObject({
      status: "failed",
      reason: `${FIXTURE} contains no message. Write it as a JSON object with the strings "subject" and "body".`,
    });
  });
});

describe("integrations without a webhook", () => {
  it("are those with a logo, from lists and dictionaries alike", async () => {
    const logo = 'logo="images/integrations/logos/harbourline.svg"';
    const checkout = await workspace(
      "{}",
      [
        "\nclass Integration:\n    def __init__(self, name, stream_name=None, logo=None):\n        pass\n",
        'class BotIntegration(Integration):\n    DEFAULT_LOGO_STATIC_PATH_PNG = "generated/bots/{name}/logo.png"\n',
        `INTEGRATIONS = {"lighthouse": Integration("lighthouse", ${logo})}`,
        `BOT_INTEGRATIONS = [Integration("buoy", ${logo}), Integration("without_logo"), BotIntegration("embedded", ${logo})]`,
        "for bot in BOT_INTEGRATIONS:\n    INTEGRATIONS[bot.name] = bot\n",
      ].join("\n"),
    );
    expect(otherIntegrations(checkout).map(({ name }) => name)).toEqual(["buoy", "lighthouse"]);
  });
});
