/** The page's live requests and its addresses: events, filter, pin, compare, sending all, and links that lead back. */
import { describe, expect, it } from "vitest";
import { devForFile } from "./dev-server.ts";
import { browserForFile, type DrivenPage, picture, until } from "./driven-page.ts";

const fixtures = {
  "hello__one.json": '{"text": "Hello one"}',
  "hello__two.json": '{"text": "Hello two"}',
  "broken.json": '{"no": "text"}',
};
const folded = { ...fixtures, "broken_too.json": '{"no": "text"}', "odd.json": '{"text": 7}' };
const dev = devForFile({ echo: { fixtures }, other: { fixtures }, folded: { fixtures: folded } });
const { browser, opened } = browserForFile(dev);

async function openedAt(name: string, file = "hello__one.json"): Promise<DrivenPage> {
  const page = await opened();
  await page.choose(name);
  await page.until("#fixtures", /hello/);
  await page.fixture(file);
  await page.message(/Hello one/);
  await page.quiet();
  return page;
}

/** Sends as a service does, and waits until the page lists it. */
async function serve(page: DrivenPage, text: string, event?: string): Promise<number> {
  const before = await page.page.$$eval("[data-request]", (rows) => rows.length);
  await dev.ask(await dev.hook("echo"), {
    method: "POST",
    headers: { "Content-Type": "application/json", ...(event && { "X-Hook-Event": event }) },
    body: JSON.stringify({ text }),
  });
  await until(
    async () => String((await page.page.$$("[data-request]")).length),
    new RegExp(`^${before + 1}$`),
  );
  const ids = await idsOf(page);
  return Math.max(...ids);
}

const idsOf = (page: DrivenPage): Promise<number[]> =>
  page.page.$$eval("[data-request]", (rows) =>
    rows.map((row) => Number((row as HTMLElement).dataset.request)),
  );

const type = (page: DrivenPage, selector: string, text: string): Promise<void> =>
  page.page.$eval(
    selector,
    (element, words) => {
      (element as HTMLInputElement).value = words;
      element.dispatchEvent(new Event("input"));
    },
    text,
  );

describe("live requests", () => {
  it("say their event and the header that names it, and are found by them", async () => {
    const page = await openedAt("echo");
    const pushed = await serve(page, "pushed", "push_to_main");
    await serve(page, "plain");
    const row = `[data-request="${pushed}"]`;
    expect(await page.text(`${row} .tag`)).toBe("push_to_main");
    expect(await page.text(`${row} code`)).toBe("X-Hook-Event: push_to_main");
    await type(page, "#live-filter", "push_to_main 200");
    expect(await idsOf(page)).toEqual([pushed]);
    await page.until("#live-count", /^1 of \d+$/);
    await type(page, "#live-filter", "nothing has this");
    await page.until("#requests", /No request has these words/);
  });

  it.each([
    1440, 1024, 400,
  ])("can be told apart by their events in a window of %i", async (width) => {
    const page = await openedAt("echo");
    const id = await serve(page, "pushed", "push_to_main");
    await page.page.setViewport({ width, height: 860 });
    const cut = await page.page.$eval(`[data-request="${id}"] .tag`, (tag) => [
      tag.textContent,
      tag.scrollWidth - tag.clientWidth,
    ]);
    expect(cut).toEqual(["push_to_main", 0]);
  });

  it("stay first, and through clearing and reloading, when they are pinned", async () => {
    const page = await openedAt("echo");
    const first = await serve(page, "to be pinned");
    await serve(page, "later");
    const pin = `[aria-label="Pin request ${first}"]`;
    await page.click(pin);
    await page.page.waitForSelector(`${pin}[aria-pressed="true"]`);
    expect((await idsOf(page))[0]).toBe(first);
    await page.click("#clear");
    await until(async () => JSON.stringify(await idsOf(page)), new RegExp(`^\\[${first}\\]$`));
    await page.page.reload();
    await page.page.waitForSelector(`${pin}[aria-pressed="true"]`);
    await page.click(pin);
    await page.page.waitForSelector(`${pin}[aria-pressed="false"]`);
  });

  it("are compared, two of them: what was sent and what became of it", async () => {
    const page = await openedAt("echo");
    const one = await serve(page, "first words");
    const other = await serve(page, "other words");
    await page.click(`[aria-label="Compare request ${one} with the open one"]`);
    await page.until("#toasts", /Open a live request first/);
    await page.click(`[data-request="${other}"]`);
    await page.message(/other words/);
    await page.click(`[aria-label="Compare request ${one} with the open one"]`);
    await page.until("dialog.comparing [role=status]", /^[12] parts? differs?\.$/);
    const sides = await page.page.$$eval("dialog.comparing .cm-content", (views) =>
      views.map((view) => view.textContent ?? ""),
    );
    expect(sides[0]).toMatch(/"text": "first words".*Answer: 200.*first words/);
    await picture(page, "comparing");
    expect(sides[1]).toMatch(/"text": "other words".*Answer: 200.*other words/);
  });
});

describe("all fixtures", () => {
  it("say once what several of them fail of", async () => {
    const page = await openedAt("folded");
    await page.click("#send-all");
    await page.until("dialog.sending [role=status]", /^5 of 5 sent · 2 with a message · 3 failed$/);
    const rows = await page.page.$$eval("dialog.sending tbody tr", (lines) =>
      lines.map((line) => [...line.children].slice(0, 3).map((cell) => cell.textContent)),
    );
    expect(rows).toContainEqual(["broken.json", "500", expect.stringContaining("missing")]);
    expect(rows).toContainEqual(["broken_too.json", "500", "fails as broken.json does"]);
    expect(rows).toContainEqual(["odd.json", "500", expect.stringContaining("not a string")]);
  });

  it("are sent one after the other, those of the filter, with a table of what became of each", async () => {
    const page = await openedAt("other");
    await page.click("#send-all");
    await page.until("dialog.sending [role=status]", /^3 of 3 sent · 2 with a message · 1 failed$/);
    await picture(page, "sending");
    const rows = await page.page.$$eval("dialog.sending tbody tr", (lines) =>
      lines.map((line) => [...line.children].slice(0, 3).map((cell) => cell.textContent)),
    );
    expect(rows).toEqual([
      ["broken.json", "500", expect.stringContaining("missing")],
      ["hello__one.json", "200", "#other › greetings"],
      ["hello__two.json", "200", "#other › greetings"],
    ]);
    // The fixtures' names and the messages have the room.
    const [, answer = 0, message = 0] = await page.page.$$eval("dialog.sending thead th", (cells) =>
      cells.map((cell) => cell.getBoundingClientRect().width),
    );
    expect(answer).toBeLessThan(message / 2);
    const lines = await page.page.$$eval("dialog.sending td:last-child", (cells) =>
      cells.map((cell) => {
        const time = document.createRange();
        time.selectNodeContents(cell);
        return new Set([...time.getClientRects()].map(({ top }) => top)).size;
      }),
    );
    expect(lines).toEqual([1, 1, 1]);
    await page.click("dialog.sending tbody tr:last-child button");
    await page.message(/Hello two/);
    await page.until("#source", /^live request #\d+$/);
    await type(page, "#filter", "one");
    await page.page.keyboard.press("a");
    await page.until("dialog.sending [role=status]", /^1 of 1 sent/);
  });
});

describe("the address", () => {
  it("leads to a fixture and to a request, also in a new tab, and back", async () => {
    const page = await openedAt("echo");
    expect(new URL(page.page.url()).hash).toBe("#/fixture/echo/hello__one.json");
    const id = await serve(page, "by its address");
    await page.page.evaluate(`location.hash = "#/request/${id}"`);
    await page.message(/by its address/);
    await page.page.goBack();
    await page.message(/Hello one/);
    const tab = await page.page.browserContext().newPage();
    await tab.goto(`${dev.server.url}/#/fixture/other/hello__two.json`);
    const read = () =>
      tab.$eval(
        "#panel-message iframe",
        (frame) => (frame as HTMLIFrameElement).contentDocument?.body.textContent ?? "",
      );
    await until(read, /Hello two/);
    expect(await tab.$eval("#source", (source) => source.textContent)).toBe("hello__two.json");
    await tab.reload();
    await until(read, /Hello two/);
  });

  it("of what is not there is said, and one that is none does nothing", async () => {
    const page = await openedAt("echo");
    await page.page.evaluate('location.hash = "#/fixture/echo/gone.json"');
    await page.until("#banner", /no fixture called 'gone\.json'/);
    await page.page.evaluate('location.hash = "#/request/999999"');
    await page.until("#banner", /not kept any more/);
    await page.page.evaluate('location.hash = "#payload"');
    await page.message(/Hello one/);
    await page.fixture("hello__two.json");
    await page.message(/Hello two/);
    expect(await page.page.$eval("#banner", (banner) => (banner as HTMLElement).hidden)).toBe(true);
  });

  it("gives no access to a tab that has nobody to ask", async () => {
    const context = await browser().createBrowserContext();
    const tab = await context.newPage();
    await tab.goto(`${dev.server.url}/#/fixture/echo/hello__one.json`);
    await tab.waitForFunction(() =>
      /no access/.test(document.getElementById("banner")?.textContent ?? ""),
    );
    await context.close();
  });
});
