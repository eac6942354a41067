/** The list of all messages in a driven page: its blocks, and edits of the views behind them. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DevForFile } from "./dev-server.ts";
import type { DrivenPage } from "./driven-page.ts";

export const FRAME = "#panel-all iframe";

/** What is to be seen in the frame: of each block its heading, and its classes. */
export const blocks = (page: DrivenPage): Promise<string[]> =>
  page.page.$eval(FRAME, (frame) =>
    [
      ...((frame as HTMLIFrameElement).contentDocument?.querySelectorAll<HTMLElement>(
        ".message-review:not([hidden])",
      ) ?? []),
    ].map((block) => `${block.classList[1]} ${block.querySelector("h2")?.textContent}`),
  );

/** What of a block has this selector, as text. */
export const inBlock = (page: DrivenPage, file: string, selector: string): Promise<string[]> =>
  page.page.$eval(
    FRAME,
    (frame, wanted, inside) => {
      const all = (frame as HTMLIFrameElement).contentDocument?.querySelectorAll(".message-review");
      const block = [...(all ?? [])].find((one) =>
        one.querySelector("h2")?.textContent?.startsWith(wanted),
      );
      return [...(block?.querySelectorAll(inside) ?? [])].map((one) => one.textContent ?? "");
    },
    file,
    selector,
  );

/** How the tests of a file open the list, and edit views. */
export function allMessagesOf(dev: DevForFile, opened: () => Promise<DrivenPage>) {
  const viewOf = (name: string): string => join(dev.root, "zerver/webhooks", name, "view.py");
  return {
    viewOf,
    /** The page with all messages of an integration, once they are there. */
    async openedAt(name: string, count = /^\d+ fixtures?/): Promise<DrivenPage> {
      const page = await opened();
      await page.choose(name);
      await page.until("#source", /\w/);
      await page.click("#all-messages");
      await page.until("#all-count", count);
      return page;
    },
    edit(name: string, change: (text: string) => string): void {
      writeFileSync(viewOf(name), change(readFileSync(viewOf(name), "utf8")));
    },
  };
}
