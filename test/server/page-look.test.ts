/** The page in a tree that has a look of its own: messages are drawn in it, and nothing of it gets out of its frame. */
import { cpSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import { devForFile, VIEWS } from "./dev-server.ts";
import { browserForFile } from "./driven-page.ts";

const dev = devForFile(VIEWS, (root) =>
  cpSync(join(packageRoot, "fixtures/look"), root, { recursive: true }),
);
const { opened } = browserForFile(dev);

it("shows messages in the tree's look, cut out and no wider than the panel", async () => {
  const page = await opened();
  await page.choose("echo");
  await page.until("#fixtures", /hello/);
  await page.fixture("hello.json");
  await page.message(/Hello you/);
  for (const width of [1440, 420]) {
    await page.page.setViewport({ width, height: 860 });
    await page.page.waitForFunction(
      () => {
        const view = document.querySelector<HTMLElement>("#panel-message .view");
        const stage = view?.parentElement;
        return stage && view.offsetWidth > 100 && view.offsetWidth <= stage.clientWidth;
      },
      { polling: "raf" },
    );
  }
  const shown = await page.page.$eval("#panel-message iframe", (element) => {
    const { contentDocument, contentWindow } = element as HTMLIFrameElement;
    const row = contentDocument?.querySelector(".recipient_row");
    const style = row && contentWindow?.getComputedStyle(row);
    return { width: style?.width, text: row?.querySelector(".message_content p")?.innerHTML };
  });
  expect(shown).toEqual({ width: "750px", text: "Hello <strong>you</strong>" });
});
