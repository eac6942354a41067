/** The list of all messages, narrowed to what somebody has to read, and what it says where fixtures or the view are broken. */
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { allMessagesOf, blocks, FRAME, inBlock } from "./all-messages.ts";
import { devForFile, fixturesOf } from "./dev-server.ts";
import { browserForFile } from "./driven-page.ts";

const plain = {
  fixtures: {
    "one.json": '{"text": "Hello **one**"}',
    "two.json": '{"text": "Hello two"}',
    "three.json": '{"text": "Hello three"}',
    "bye.json": '{"text": "Bye"}',
  },
};
const dev = devForFile({
  seeing: plain,
  ways: plain,
  renaming: plain,
  cutting: plain,
  importing: plain,
  narrow: plain,
});
const { opened } = browserForFile(dev);
const { openedAt, viewOf, edit } = allMessagesOf(dev, opened);

const greet = (text: string): string =>
  text.replace("tame(check_string)", 'tame(check_string).replace("Hello", "Hi")');

it("marks as seen what the filter shows, and counts that in heading and title", async () => {
  const page = await openedAt("seeing");
  edit("seeing", greet);
  await page.until("#all-count", /^4 fixtures · 3 changed$/);
  await page.page.focus("#filter");
  await page.page.keyboard.type("two");
  await page.until("#all-count", /^1 of 4 fixtures · 1 changed$/);
  expect(await page.page.title()).toMatch(/^\(1\) Seeing/);
  await page.leaveField();
  await page.page.keyboard.press("s");
  await page.until("#all-count", /^1 of 4 fixtures$/);
  await page.page.$eval("#filter", (input) => {
    (input as HTMLInputElement).value = "";
    input.dispatchEvent(new Event("input"));
  });
  await page.until("#all-count", /^4 fixtures · 2 changed$/);
  expect(await blocks(page)).toEqual([
    "same bye.json",
    "changed one.json changed",
    "changed three.json changed",
    "same two.json",
  ]);
});

it("shows each change once, and marks with it those that are alike", async () => {
  const page = await openedAt("ways");
  edit("ways", (text) =>
    greet(text).replace("    check_send", '    text = text.replace("three", "3!")\n    check_send'),
  );
  await page.until("#all-count", /^4 fixtures · 3 changed in 2 ways$/);
  await page.page.keyboard.press("d");
  await page.page.keyboard.press("o");
  await expect
    .poll(() => blocks(page))
    .toEqual(["changed one.json changed", "changed three.json changed"]);
  const said = await page.page.$eval(FRAME, (frame) =>
    [
      ...((frame as HTMLIFrameElement).contentDocument?.querySelectorAll<HTMLElement>(
        ".message-review:not([hidden]) h2",
      ) ?? []),
    ].map(({ dataset }) => dataset.alike),
  );
  expect(said).toEqual(["and 1 more in the same way", ""]);
  await page.page.keyboard.press("s");
  await page.until("#all-count", /^4 fixtures$/);
});

it("knows a renamed fixture again", async () => {
  const page = await openedAt("renaming");
  const folder = fixturesOf(dev.root, "renaming");
  renameSync(join(folder, "two.json"), join(folder, "second.json"));
  await page.until("#all-count", /^4 fixtures · 1 renamed$/);
  expect(await inBlock(page, "second.json", "h2 .dim")).toEqual(["renamed from two.json"]);
  await page.page.keyboard.press("s");
  await page.until("#all-count", /^4 fixtures$/);
  renameSync(join(folder, "second.json"), join(folder, "two.json"));
  await page.until("#all-count", /^4 fixtures · 1 renamed$/);
  rmSync(join(folder, "two.json"));
  await page.until("#all-count", /^3 fixtures · 1 gone$/);
});

it("says of a fixture that is cut off where, and shows and marks what fails", async () => {
  const page = await openedAt("cutting");
  writeFileSync(join(fixturesOf(dev.root, "cutting"), "two.json"), '{\n  "text": "Hel');
  await page.until("#all-count", /^4 fixtures · 1 changed · 1 fails$/);
  await page.page.keyboard.press("x");
  await expect.poll(() => blocks(page)).toEqual(["changed two.json changed fails"]);
  expect(await inBlock(page, "two.json", ".failure")).toEqual([
    "Not JSON: from line 2, column 15 onzerver/webhooks/cutting/fixtures/two.json:2",
  ]);
  const marks = (): Promise<(string | undefined)[]> =>
    page.page.$$eval("#fixtures .mark", (all) =>
      all.map((one) => `${one.closest("button")?.dataset.file} ${one.textContent}`),
    );
  await expect.poll(marks).toEqual(["two.json fails"]);
});

it("says once that the view does not load, above the messages of before", async () => {
  const page = await openedAt("importing");
  const good = readFileSync(viewOf("importing"), "utf8");
  writeFileSync(viewOf("importing"), `from zerver.lib.nothing import nobody\n${good}`);
  await page.until(
    "#all-trouble",
    /^The view does not load: ModuleNotFoundError: .*zerver\.lib\.nothing.* \(zerver\/webhooks\/importing\/view\.py:1\)\. These messages are from before\.$/,
  );
  await page.quiet();
  expect(await inBlock(page, "two.json", ".content")).toEqual(["Hello two"]);
  expect(await inBlock(page, "two.json", ".failure")).toEqual([]);
  // It was asked of the first fixture only.
  const waiting = await page.page.$eval(
    FRAME,
    (frame) => (frame as HTMLIFrameElement).contentDocument?.querySelectorAll(".waits").length,
  );
  expect(waiting).toBe(4);
  writeFileSync(viewOf("importing"), greet(good));
  await page.until("#all-count", /^4 fixtures · 3 changed$/);
  expect(await page.page.$eval("#all-trouble", (one) => (one as HTMLElement).hidden)).toBe(true);
});

it("comes first in a narrow window, and leaves its messages the room there is", async () => {
  const page = await openedAt("narrow");
  await page.page.setViewport({ width: 400, height: 800 });
  const { list, fixtures } = await page.page.evaluate(() => ({
    list: document.querySelector("#all")?.getBoundingClientRect().top ?? 0,
    fixtures: document.querySelector("#fixtures")?.getBoundingClientRect().top ?? 0,
  }));
  expect(list).toBeLessThan(fixtures);
  const frame = await (await page.page.$(FRAME))?.contentFrame();
  const width = await frame?.$eval(".content", (one) => one.getBoundingClientRect().width);
  expect(width).toBeGreaterThan(230);
});
