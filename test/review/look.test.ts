/**
 * How a review's page looks in a browser. With CONNECT_WEBHOOK_PICTURES it makes the picture of docs/review.md on its way.
 */
import { join } from "node:path";
import type { Browser } from "puppeteer";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import { startChromium } from "../support/chromium.ts";
import { edit, repository, reviewTexts, VIEW } from "../support/review.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

/** The page of a change that renames an event, and words another one anew without a look at its test. */
async function pageOfChange(): Promise<string> {
  const cwd = repository();
  edit(cwd, VIEW, (text) =>
    text
      .replace(":check: The {deployment}", ":check: {deployment}")
      .replaceAll('"rollback_finished"', '"rollback_done"'),
  );
  return (await reviewTexts(cwd)).page;
}

it("fits wide and narrow windows, with what matters at the top", async () => {
  const html = await pageOfChange();
  const page = await browser.newPage();
  for (const width of [400, 1200]) {
    await page.setViewport({ width, height: 980 });
    await page.setContent(html, { waitUntil: "load" });
    const seen = await page.evaluate(() => ({
      width: document.documentElement.scrollWidth,
      text: document.body.innerText,
    }));
    expect(seen.width).toBeLessThanOrEqual(width);
    const places = ["Needs a look", "For existing users", "Messages"].map((heading) =>
      seen.text.indexOf(heading),
    );
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  }
  if (process.env.CONNECT_WEBHOOK_PICTURES === undefined) return;
  const picture = sharp(await page.screenshot()).png({ palette: true });
  await picture.toFile(join(packageRoot, "docs/pictures/review.png"));
});
