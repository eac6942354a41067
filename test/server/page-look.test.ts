/** The page in a tree that has a look of its own: messages are drawn in it, and nothing of it gets out of its frame. */
import { cpSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import { devForFile, VIEWS } from "./dev-server.ts";
import { browserForFile, type DrivenPage } from "./driven-page.ts";

const dev = devForFile(VIEWS, (root) =>
  cpSync(join(packageRoot, "fixtures/look"), root, { recursive: true }),
);
const { opened } = browserForFile(dev);

/** The message in its frame: how large it is there, and its colours. */
const messageIn = (page: DrivenPage) =>
  page.page.$eval("#panel-message iframe", (element) => {
    const { contentDocument, contentWindow } = element as HTMLIFrameElement;
    const row = contentDocument?.querySelector(".recipient_row");
    const paragraph = row?.querySelector(".message_content p");
    if (!row || !paragraph || !contentWindow) throw new Error("There is no message.");
    return {
      html: paragraph.innerHTML,
      ground: contentWindow.getComputedStyle(row).backgroundColor,
      size: Number.parseFloat(contentWindow.getComputedStyle(paragraph).fontSize),
      right: element.getBoundingClientRect().left + row.getBoundingClientRect().right,
      scale: element.getBoundingClientRect().width / (element as HTMLElement).offsetWidth,
    };
  });

it("shows messages in the tree's look at their own size, as wide as the panel", async () => {
  const page = await opened();
  await page.choose("echo");
  await page.until("#fixtures", /hello/);
  await page.fixture("hello.json");
  await page.message(/Hello you/);
  for (const width of [1440, 1024, 400]) {
    await page.page.setViewport({ width, height: 860 });
    await page.page.waitForFunction(
      () => {
        const view = document.querySelector<HTMLElement>("#panel-message .view");
        const room = view?.parentElement?.clientWidth ?? 0;
        return view && view.offsetWidth > Math.min(room, 750) - 20 && view.offsetWidth <= room;
      },
      { polling: "raf" },
    );
    const { html, scale, size, right } = await messageIn(page);
    expect({ html, scale }).toEqual({ html: "Hello <strong>you</strong>", scale: 1 });
    expect(size).toBeGreaterThanOrEqual(14);
    expect(right).toBeLessThanOrEqual(width);
  }
});

it("shows them dark where the tree's look has that, as the page is", async () => {
  const page = await opened();
  await page.choose("echo");
  await page.until("#fixtures", /hello/);
  await page.fixture("hello.json");
  await page.message(/Hello you/);
  // The page is told of another scheme a moment later.
  const ground = async () => (await messageIn(page)).ground;
  await expect.poll(ground).toBe("rgb(255, 255, 255)");
  await page.page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
  await expect.poll(ground).toBe("rgb(20, 24, 32)");
  await page.click("#theme");
  await expect.poll(ground).toBe("rgb(255, 255, 255)");
});

it("shows all messages in it, and nothing of it around them", async () => {
  const page = await opened();
  await page.choose("echo");
  await page.until("#source", /\w/);
  await page.page.keyboard.press("m");
  await page.until("#all-count", /^2 fixtures$/);
  const seen = () =>
    page.page.$eval("#panel-all iframe", (element) => {
      const { contentDocument } = element as HTMLIFrameElement;
      const row = contentDocument?.querySelector(".recipient_row");
      const heading = contentDocument?.querySelector("h2 a");
      if (!contentDocument || !row || !heading) throw new Error("There is no message.");
      const { right } = row.getBoundingClientRect();
      return {
        text: row.querySelector(".message_content")?.textContent?.trim(),
        ground: getComputedStyle(row).backgroundColor,
        around: getComputedStyle(contentDocument.body).backgroundColor,
        heading: getComputedStyle(heading).color,
        fits: right <= contentDocument.documentElement.clientWidth,
      };
    });
  const light = { ground: "rgb(255, 255, 255)", around: "rgb(246, 246, 248)" };
  const dark = { ground: "rgb(20, 24, 32)", around: "rgb(20, 22, 26)" };
  const other = { text: expect.stringContaining("Hello you"), fits: true };
  for (const width of [1440, 400]) {
    await page.page.setViewport({ width, height: 860 });
    await page.page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]);
    await expect.poll(seen).toEqual({ ...light, ...other, heading: "rgb(7, 87, 179)" });
    await page.page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
    await expect.poll(seen).toEqual({ ...dark, ...other, heading: "rgb(121, 180, 255)" });
  }
});
