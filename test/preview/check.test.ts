import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Browser, openBrowser } from "../../src/browser/index.ts";
import { openCheckout } from "../../src/checkout/index.ts";
import type { Integration, ScreenshotEntry } from "../../src/checkout/model.ts";
import { pixelHash, type Stamp, stamped, stampOf } from "../../src/image/index.ts";
import { noteOf, withNote } from "../../src/image/note.ts";
import {
  checkScreenshots,
  type Delivers,
  makeScreenshots,
  builtinTheme as theme,
} from "../../src/preview/index.ts";
import { temporaryWorkspace } from "../support/tree.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

function says(content: string): Delivers {
  const message = {
    type: "stream",
    stream: "deployments",
    topic: "main",
    sender: "Harbourline Bot",
  } as const;
  return {
    deliver: async () => ({
      response: { status: 200, body: "{}" },
      messages: [{ ...message, content }],
    }),
  };
}

/** An engine or a browser that nothing may ask. */
const forbidden = (): never => {
  throw new Error("Nothing had to be asked.");
};
const NO_ENGINE: Delivers = { deliver: async () => forbidden() };
const noBrowser = async (): Promise<Browser> => forbidden();

/** A workspace with a picture that was just drawn. */
async function drawn(imageName = "001.png") {
  const checkout = await openCheckout(temporaryWorkspace());
  const { root } = checkout;
  const integration = checkout.integrations[0] as Integration;
  const configured = integration.screenshots[0] as ScreenshotEntry;
  const imagePath = `static/drawn/${imageName}`;
  const target = { integration, entry: { ...configured, imageName, imagePath } };
  const targets = [target];
  const picture = join(root, imagePath);
  const redraw = async (engine: Delivers) => {
    const [image] = await makeScreenshots({ checkout, engine, browser, targets, theme });
    if (image?.change?.content) {
      mkdirSync(dirname(picture), { recursive: true });
      writeFileSync(picture, image.change.content);
    }
    return image?.result.status;
  };
  const check = async (engine = NO_ENGINE, open = noBrowser) => {
    const [result] = await checkScreenshots({ checkout, targets, theme, engine, browser: open });
    return result;
  };
  expect(await redraw(says("**Done**"))).toBe("written");
  const file = (path: string) => join(root, path);
  return { root, integration, target, picture, redraw, check, file };
}

describe("checkScreenshots", () => {
  it("asks nobody about a picture whose inputs are as they were", async () => {
    const { check, target } = await drawn();
    expect(await check()).toMatchObject({
      status: "unchanged",
      path: target.entry.imagePath,
      width: 1520,
      height: 200,
    });
  });

  it.each([
    ["the fixture", (i: Integration) => `${i.fixturesDirectory}/deployment_finished__failed.json`],
    ["the view", (i: Integration) => `${i.directory}/view.py`],
    ["a module it imports", () => "zerver/lib/webhooks/git.py"],
    ["the library", () => "zerver/lib/timestamp.py"],
  ])("asks for the message when %s has changed", async (_what, path) => {
    const { integration, check, file } = await drawn();
    appendFileSync(file(path(integration)), "\n");
    expect(await check(says("**Done**"))).toMatchObject({ status: "unchanged" });
    expect(await check(says("**Failed**"))).toMatchObject({
      status: "stale",
      reason: "What it shows has changed since it was drawn.",
    });
  });

  it("sees another avatar", async () => {
    const { integration, check, file } = await drawn();
    const red = { create: { width: 100, height: 100, channels: 3, background: "#f00" } } as const;
    writeFileSync(file(integration.avatar), await sharp(red).png().toBuffer());
    expect(await check(says("**Done**"))).toMatchObject({ status: "stale" });
  });

  it("is not moved by tests, other integrations or the registry's other entries", async () => {
    const { integration, check, file } = await drawn();
    appendFileSync(file(integration.testsFile), "\n# more\n");
    appendFileSync(file("zerver/lib/integrations.py"), "\n# more\n");
    mkdirSync(file("zerver/webhooks/elsewhere"));
    writeFileSync(file("zerver/webhooks/elsewhere/view.py"), "");
    expect(await check()).toMatchObject({ status: "unchanged" });
  });

  it("follows what a view takes from another integration", async () => {
    const { integration, redraw, check, file, picture } = await drawn();
    const other = file("zerver/webhooks/elsewhere/words.py");
    mkdirSync(dirname(other));
    writeFileSync(other, "WORD = 'one'\n");
    appendFileSync(
      file(`${integration.directory}/view.py`),
      "\nfrom zerver.webhooks.elsewhere.words import WORD\n",
    );
    rmSync(picture);
    await redraw(says("one"));
    expect(await check()).toMatchObject({ status: "unchanged" });
    writeFileSync(other, "WORD = 'two'\n");
    expect(await check(says("two"))).toMatchObject({ status: "stale" });
  });

  it("says what is missing, and what is no picture", async () => {
    const { check, picture } = await drawn();
    writeFileSync(picture, "no picture");
    expect(await check()).toMatchObject({ status: "stale", width: 0 });
    rmSync(picture);
    expect(await check()).toMatchObject({ status: "missing", bytes: 0 });
  });

  it.each<[string, (picture: Buffer) => Promise<Buffer>]>([
    [
      "is cut and filled up",
      (picture) =>
        sharp(picture)
          .extract({ left: 0, top: 20, width: 1520, height: 180 })
          .extend({ bottom: 20, background: "#f0f0f0" })
          .png()
          .toBuffer(),
    ],
    [
      "has one pixel painted over",
      (picture) =>
        sharp(picture)
          .composite([{ input: Buffer.from([9, 9, 9]), raw: { width: 1, height: 1, channels: 3 } }])
          .png()
          .toBuffer(),
    ],
    [
      "lost pixels on the way",
      async (picture) => {
        const broken = Buffer.from(picture);
        broken.fill(7, broken.length - 80, broken.length - 40);
        return broken;
      },
    ],
  ])("sees, without drawing, a stamped picture that %s", async (_what, damage) => {
    const { check, redraw, picture } = await drawn();
    const stamp = noteOf(readFileSync(picture), "connect-webhook") ?? "";
    const damaged = await damage(readFileSync(picture));
    writeFileSync(picture, withNote(damaged, "connect-webhook", stamp));
    const reason = "It was changed after it was drawn.";
    expect(await check()).toMatchObject({ status: "stale", reason });
    expect(await redraw(says("**Done**"))).toBe("written");
    expect(await check()).toMatchObject({ status: "unchanged" });
  });

  it("draws a picture that shows no whole message, although its stamp holds", async () => {
    const { check, picture } = await drawn();
    const whole = readFileSync(picture);
    const cut = sharp(whole).extract({ left: 0, top: 0, width: 1520, height: 170 }).removeAlpha();
    const pixels = pixelHash(await cut.clone().raw().toBuffer());
    const stamp = stampOf(whole) as Stamp;
    writeFileSync(picture, stamped(await cut.png().toBuffer(), { ...stamp, pixels }));
    await expect(check(says("**Done**"), noBrowser)).rejects.toThrow("Nothing had to be asked.");
    expect(await check(says("**Done**"), async () => browser)).toMatchObject({
      status: "stale",
      reason: "Its size differs from the size with which it would be drawn now.",
    });
  });

  it("lets a stamped picture be packed anew", async () => {
    const { check, picture } = await drawn();
    const before = readFileSync(picture);
    const packed = await sharp(before).png({ compressionLevel: 1 }).toBuffer();
    writeFileSync(
      picture,
      withNote(packed, "connect-webhook", noteOf(before, "connect-webhook") ?? ""),
    );
    expect(await check()).toMatchObject({ status: "unchanged" });
  });

  it("looks at a picture that was made elsewhere", async () => {
    const { check, picture } = await drawn();
    const open = async () => browser;
    // Repacking loses the hash, and leaves the look.
    writeFileSync(picture, await sharp(picture).png({ compressionLevel: 1 }).toBuffer());
    expect(await check(says("**Done**"), open)).toMatchObject({ status: "unchanged" });
    expect(await check(says("one\ntwo\nthree"), open)).toMatchObject({
      status: "stale",
      reason: "Its size differs from the size with which it would be drawn now.",
    });
    expect(await check(says("W".repeat(40)), open)).toMatchObject({
      status: "stale",
      reason: "It looks different from what would be drawn now.",
    });
  });

  it("knows the hash inside an SVG, and keeps the colour of its bar", async () => {
    const { check, redraw, picture } = await drawn("001.svg");
    expect(await check()).toMatchObject({ status: "unchanged", width: 1520, height: 200 });
    const before = readFileSync(picture);
    expect(await redraw(says("**Done**"))).toBe("unchanged");
    expect(readFileSync(picture).equals(before)).toBe(true);
  });

  it("tells when the message cannot be made any more", async () => {
    const { integration, check, file } = await drawn();
    appendFileSync(file(`${integration.directory}/view.py`), "\n");
    const refuses: Delivers = {
      deliver: async () => ({
        response: { status: 400, body: '{"result": "error", "msg": "Missing \'event\' argument"}' },
        messages: [],
      }),
    };
    const result = await check(refuses);
    expect(result?.status).toBe("failed");
    expect(result?.reason).toContain("with 400: Missing 'event' argument");
  });
});

describe("makeScreenshots", () => {
  it("replaces a picture that looks the same, but says that it was made from something else", async () => {
    const { picture, redraw } = await drawn();
    const before = readFileSync(picture);
    // A space at the end of a line is in the page, and not in the picture.
    expect(await redraw(says("**Done** &nbsp;"))).toBe("written");
    expect(readFileSync(picture).equals(before)).toBe(false);
    expect(await redraw(says("**Done** &nbsp;"))).toBe("unchanged");
  });
});
