/** Avatars are in a review once, and take the room that they take in the card that they come from. */
import { readFileSync } from "node:fs";
import type { Browser } from "puppeteer";
import { afterAll, beforeAll, expect, it } from "vitest";
import { templatePath } from "../../src/host/assets.ts";
import { Pictures } from "../../src/review/page/pictures.ts";
import { startChromium } from "../support/chromium.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

const AVATAR = readFileSync(
  templatePath("workspace/static/images/integrations/bot_avatars/harbourline.png"),
);

/** The card of a look that only says how wide an avatar is at most, as Connect's own does. */
const CARD =
  '<div class="connect"><div class="connect"><div style="width: 35px"><img style="max-width: 100%"' +
  ` src="data:image/png;base64,${AVATAR.toString("base64")}" alt=""></div></div></div>`;

it("shows an avatar as large as its card does", async () => {
  const page = await browser.newPage();
  const sizeIn = async (markup: string): Promise<number[]> => {
    await page.setContent(markup, { waitUntil: "load" });
    return page.$eval("img", (image) => [image.clientWidth, image.clientHeight]);
  };
  const pictures = new Pictures();
  const card = pictures.card(CARD);
  expect(await sizeIn(`<style>${pictures.styles()}</style>${card.text}`)).toEqual(
    await sizeIn(CARD),
  );
  await page.close();
});
