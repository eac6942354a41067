import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Browser, openBrowser } from "../../src/browser/index.ts";
import { openCheckout } from "../../src/checkout/index.ts";
import type { Integration, ScreenshotEntry } from "../../src/checkout/model.ts";
import type { Delivery, DeliveryRequest, SentMessage } from "../../src/engine/types.ts";
import { pixelAt, pngFacts, pngOf } from "../../src/image/index.ts";
import {
  coloursOfStream,
  type Delivers,
  drawPage,
  makeScreenshots,
  type PageMessage,
  PICTURE_DATE,
  type PictureTarget,
  type Theme,
  builtinTheme as theme,
} from "../../src/preview/index.ts";
import { temporaryWorkspace } from "../support/tree.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** What an engine says to a request, by the bot that is asked for; the engine's own tests are in test/engine. */
function answering(delivery: Partial<Delivery>, seen: DeliveryRequest[] = []): Delivers {
  return {
    async deliver(request) {
      seen.push(request);
      const { messages = [], ...rest } = delivery;
      const { botName: sender = "Bot" } = request;
      const sent = messages.map((one) => (one.sender === "Bot" ? { ...one, sender } : one));
      return { response: { status: 200, body: "{}" }, messages: sent, ...rest };
    },
  };
}

function says(content: string): Partial<Delivery> {
  return {
    messages: [{ type: "stream", stream: "deployments", topic: "main", sender: "Bot", content }],
  };
}

async function workspace(entry: Partial<ScreenshotEntry> = {}) {
  const checkout = await openCheckout(temporaryWorkspace());
  const integration = checkout.integrations[0] as Integration;
  const configured = integration.screenshots[0] as ScreenshotEntry;
  const target: PictureTarget = { integration, entry: { ...configured, ...entry } };
  return { checkout, integration, target, file: join(checkout.root, target.entry.imagePath) };
}

describe("makeScreenshots", () => {
  it("asks for the configured request, and draws the message that comes back", async () => {
    const { checkout, integration, target } = await workspace({
      useBasicAuth: true,
      customHeaders: { X_EVENT: "push" },
      extraParams: { topic: "own" },
      channel: "elsewhere",
    });
    const seen: DeliveryRequest[] = [];
    const engine = answering(says("**Done** :tada:\n* one\n* two"), seen);
    const [image] = await makeScreenshots({ checkout, engine, browser, targets: [target], theme });
    expect(seen).toEqual([
      {
        integration: integration.name,
        fixture: target.entry.fixture,
        headers: { X_EVENT: "push" },
        query: { topic: "own" },
        stream: "elsewhere",
        useBasicAuth: true,
        payloadAsQueryParam: false,
        payloadParamName: "payload",
        botName: "Harbourline Bot",
        now: PICTURE_DATE.getTime(),
      },
    ]);
    expect(image?.result).toMatchObject({
      integration: integration.name,
      path: target.entry.imagePath,
      width: 1520,
      height: 278,
      status: "written",
    });
    const bytes = image?.change?.content as Uint8Array;
    expect(bytes.length).toBe(image?.result.bytes);
    expect(await pngFacts(bytes)).toEqual({ width: 1520, height: 278 });
  });

  it("draws the last message, by its configured bot, the same every time", async () => {
    const { checkout, target } = await workspace({ botName: "Deploy Watcher" });
    const two = [...(says("first").messages ?? []), ...(says("second").messages ?? [])];
    const draw = async (delivery: Partial<Delivery>) => {
      const options = { checkout, engine: answering(delivery), browser, targets: [target], theme };
      return (await makeScreenshots(options))[0]?.change?.content as Buffer;
    };
    const last = await draw({ messages: two });
    expect(last.equals(await draw(says("second")))).toBe(true);
    expect(last.equals(await draw(says("first")))).toBe(false);
  });

  it("keeps the stream's colour of the picture that is there, and knows an equal picture", async () => {
    const { checkout, target, file } = await workspace();
    const colours = coloursOfStream("#e4523d");
    const before: PageMessage = {
      recipient: { type: "stream", stream: "x", topic: "y" },
      senderName: "z",
      avatar: undefined,
      html: "<p>old</p>",
      time: "1:00 AM",
      colours,
    };
    const old = await pngOf(await drawPage(browser, await theme.page([before]), theme));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, old);
    const run = { checkout, engine: answering(says("new")), browser, targets: [target], theme };
    const [changed] = await makeScreenshots(run);
    expect(changed).toMatchObject({ result: { status: "written" }, change: { kind: "update" } });
    const drawn = changed?.change?.content as Buffer;
    expect(await pixelAt(drawn, 1300, 40)).toEqual(await pixelAt(old, 1300, 40));
    writeFileSync(file, drawn);
    const [again] = await makeScreenshots(run);
    expect(again).toMatchObject({ result: { status: "unchanged", width: 1520 } });
    expect(again?.change).toBeUndefined();
  });

  it("fails loudly when the message is not whole in its picture, and takes a theme's own cards as they are", async () => {
    const { checkout, target } = await workspace();
    const spot =
      '<i style="position:fixed;top:50px;left:2px;width:2px;height:2px;background:red"></i>';
    const spotted = (isSpotted: (text: string) => boolean): Theme => ({
      ...theme,
      async page(messages) {
        const page = await theme.page(messages);
        return isSpotted(page.body) ? { ...page, body: page.body + spot } : page;
      },
    });
    const draw = async (other: Theme) => {
      const engine = answering(says("text"));
      const run = { checkout, engine, browser, targets: [target], theme: other };
      return (await makeScreenshots(run))[0]?.result;
    };
    expect(await draw(spotted((body) => !body.includes("sample-text")))).toMatchObject({
      status: "failed",
      reason: expect.stringContaining("Its margin at the left is not empty."),
    });
    expect(await draw(spotted(() => true))).toMatchObject({ status: "written" });
  });

  it("puts the picture into an SVG when its name asks for one", async () => {
    const { checkout, target } = await workspace({
      imageName: "001.svg",
      imagePath: "static/a.svg",
    });
    const engine = answering(says("text"));
    const [image] = await makeScreenshots({ checkout, engine, browser, targets: [target], theme });
    const svg = Buffer.from(image?.change?.content as Uint8Array).toString();
    expect(svg).toMatch(/^<svg [^>]*width="760" height="100"/);
    const inside = /base64,([^"]+)/.exec(svg)?.[1] ?? "";
    expect(await pngFacts(Buffer.from(inside, "base64"))).toEqual({ width: 1520, height: 200 });
  });

  it("shows a direct message as a conversation with the bot, and a topic's links", async () => {
    const { checkout, target } = await workspace();
    const draw = async (message: Partial<SentMessage>) => {
      const messages = [
        { type: "stream", sender: "Bot", content: "text", ...message } as SentMessage,
      ];
      const options = {
        checkout,
        engine: answering({ messages }),
        browser,
        targets: [target],
        theme,
      };
      return (await makeScreenshots(options))[0]?.change?.content as Buffer;
    };
    const direct = await draw({ type: "direct", to: "Zoe" });
    expect(direct.equals(await draw({ type: "direct", to: "Somebody else" }))).toBe(true);
    const controls = { left: 300, top: 20, width: 500, height: 40 };
    const cut = async (topic: string) =>
      sharp(await draw({ stream: "s", topic }))
        .extract(controls)
        .raw()
        .toBuffer();
    expect(await cut("example.com")).not.toEqual(await cut("example-com"));
  });

  it("tells what an entry lacks, and where it is", async () => {
    const { checkout, target } = await workspace();
    const body = JSON.stringify({
      result: "error",
      msg: "Missing 'lamp' argument",
      var_name: "lamp",
      code: "REQUEST_VARIABLE_MISSING",
    });
    const engine = answering({ response: { status: 400, body } });
    const reasonFor = async (wanted: PictureTarget) =>
      (await makeScreenshots({ checkout, engine, browser, targets: [wanted], theme }))[0]?.result
        .reason;
    const { line } = target.integration.screenshots[0] as ScreenshotEntry;
    expect(line).toBeGreaterThan(0);
    expect(await reasonFor(target)).toContain(
      `400: Missing 'lamp' argument. Its screenshot entry does not give it: add 'lamp' to the entry's extra_params in zerver/lib/integrations.py, line ${line}.`,
    );
    const oneOff = {
      ...target,
      entry: { ...target.entry, imagePath: "other.png" },
    } as PictureTarget;
    expect(await reasonFor(oneOff)).not.toContain("extra_params");
  });

  it("tells why a picture could not be made, and makes the others", async () => {
    const { checkout, integration, target } = await workspace();
    const answers: Record<string, Partial<Delivery>> = {
      "bad.json": { response: { status: 400, body: '{"msg": "Unknown event"}' } },
      "broken.json": {
        response: { status: 500, body: "" },
        error: { type: "KeyError", message: "'id'", traceback: "" },
      },
      "silent.json": {},
      "unsent.json": {
        messages: [
          { type: "direct", to: "Owner", sender: "Notice Bot", content: "No such stream.\nMore" },
        ],
      },
      "merged.json": { response: { status: 400, body: '{"msg": "Malformed JSON"}' } },
      "fine.json": says("fine"),
    };
    const fixtures = `${integration.directory}/fixtures`;
    writeFileSync(join(checkout.root, fixtures, "merged.json"), "{\n<<<<<<< HEAD\n}\n");
    const engine: Delivers = {
      deliver: (request) => answering(answers[request.fixture ?? ""] ?? {}).deliver(request),
    };
    const targets = Object.keys(answers).map((fixture) => ({
      integration,
      entry: { ...target.entry, fixture },
    }));
    const told: string[] = [];
    const images = await makeScreenshots({
      checkout,
      engine,
      browser,
      targets,
      theme,
      onImage: ({ status }) => told.push(status),
    });
    expect(told.sort()).toEqual(["failed", "failed", "failed", "failed", "failed", "written"]);
    const view = `The view of ${integration.name}`;
    const preview = `Run \`connect-webhook preview ${integration.name}\` to see the whole answer.`;
    expect(images.map(({ result }) => result.reason)).toEqual([
      `${view} answered the fixture bad.json with 400: Unknown event. ${preview}`,
      `${view} failed on the fixture broken.json with KeyError: 'id'. ${preview}`,
      `${view} sent no message for the fixture silent.json. Choose a fixture that makes a message, with --fixture or in the registry.`,
      `${view} sent no message for the fixture unsent.json. Notice Bot wrote: No such stream. Choose a fixture that makes a message, with --fixture or in the registry.`,
      `${fixtures}/merged.json, line 2: a conflict marker of an unfinished merge. Finish the merge, and make the picture again.`,
      undefined,
    ]);
  });

  it("stops when the user cancels", async () => {
    const { checkout, target } = await workspace();
    const run = { checkout, engine: answering(says("x")), browser, targets: [target], theme };
    const made = makeScreenshots({ ...run, signal: AbortSignal.abort() });
    await expect(made).rejects.toMatchObject({ name: "CancelledError" });
  });
});
