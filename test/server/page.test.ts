/**
 * The page of `dev` in a real browser: choose, edit, see, replay, save, documentation, checklist. Each test opens the
 * page anew and sets up what it needs. With CONNECT_WEBHOOK_PICTURES they make the pictures of docs/dev.md on their way.
 */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { lowContrast } from "./contrast.ts";
import { devForFile, fixturesOf } from "./dev-server.ts";
import { browserForFile, type DrivenPage, picture, until } from "./driven-page.ts";

const hello = {
  fixtures: { "hello.json": '{\n  "text": "Hello **you**"\n}', "empty.json": '{"text": ""}' },
};
/** As a program on Windows writes it, and an editor on Linux has changed it. */
const MIXED = '{\r\n  "text":\n  "one"\r\n}\r\n';
/** Tests that change files have an integration of their own. */
const dev = devForFile({
  echo: hello,
  saving: hello,
  following: hello,
  lines: { fixtures: { "mixed.json": MIXED } },
});
const { browser, opened } = browserForFile(dev);

/** The page with `hello.json` of an integration open. */
async function openedAt(name: string): Promise<DrivenPage> {
  const page = await opened();
  await page.choose(name);
  await page.until("#fixtures", /hello/);
  await page.fixture("hello.json");
  await page.message(/Hello you/);
  return page;
}

/** Sends as a service does; the page has it in its list then. */
async function serve(page: DrivenPage, text: string): Promise<void> {
  await dev.ask(await dev.hook("echo"), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ text }),
  });
  await page.page.waitForSelector("[data-request]");
}

const idsOf = (page: DrivenPage): Promise<number[]> =>
  page.page.$$eval("[data-request]", (rows) =>
    rows.map((row) => Number((row as HTMLElement).dataset.request)),
  );

/** Waits until the list has a request that was not in it. */
async function untilServed(page: DrivenPage, before: readonly number[]): Promise<void> {
  await page.page.waitForSelector(`[data-request="${Math.max(...before) + 1}"]`);
}

describe("the page", () => {
  it("takes the token out of the address and asks for an integration", async () => {
    const page = await opened();
    await page.until("#engine", /Ready/);
    expect(page.page.url()).not.toContain("token");
    await page.choose("echo");
    await page.until("#fixtures", /hello/);
    expect(await page.value("#address")).toMatch(
      /\/api\/v1\/external\/echo\?api_key=\w{32}&stream=echo$/,
    );
  });

  it("shows what an edit becomes, and keeps the edit over a reload", async () => {
    const page = await openedAt("echo");
    await page.typePayload('{"text": "Edited **live**"}');
    await page.message(/Edited live/);
    await page.until("#source", /hello\.json · edited/);
    await page.page.reload();
    await page.message(/Edited live/);
    expect(await page.payload()).toContain("Edited **live**");
    await page.page.keyboard.press("u");
    await page.message(/Hello you/);
    expect(await page.text("#source")).toBe("hello.json");
  });

  it("draws no script of a payload", async () => {
    const page = await openedAt("echo");
    await page.typePayload(
      '{"text": "<img src=x onerror=alert(1)> <script>top.hurt = 1</script>"}',
    );
    await page.message(/<script>top\.hurt = 1<\/script>/);
    expect(await page.page.evaluate(() => "hurt" in window)).toBe(false);
  });

  it("shows the Markdown, the answer, and why there is no message", async () => {
    const page = await openedAt("echo");
    await page.page.keyboard.press("2");
    await page.until("#panel-markdown", /Hello \*\*you\*\*/);
    await page.page.keyboard.press("3");
    await page.until("#panel-response", /"result": "success"/);
    await page.page.keyboard.press("1");
    await page.typePayload("not json");
    await page.until("#panel-message .cover", /The view answered 400/);
    await page.until("#payload-state", /text/);
    await page.page.keyboard.press("u");
    await page.message(/Hello you/);
  });

  it("lists live requests, and replays one as it is and edited", async () => {
    const page = await openedAt("echo");
    await dev.ask(`${await dev.hook("echo")}x`, { method: "POST", body: "{}" });
    await serve(page, "from outside");
    await page.until("#requests li:first-child", /greetings/);
    await page.click("#requests li:first-child button");
    await page.message(/from outside/);
    expect(await page.text("#send")).toBe("Replay");
    const atFirst = await idsOf(page);
    await page.page.click("#send");
    await untilServed(page, atFirst);
    await page.typePayload('{"text": "replayed edited"}');
    await page.message(/replayed edited/);
    expect(await page.text("#send")).toBe("Replay edited");
    const then = await idsOf(page);
    await page.page.keyboard.down("Control");
    await page.page.keyboard.press("Enter");
    await page.page.keyboard.up("Control");
    await untilServed(page, then);
  });

  it("copies a request as a curl command that sends the same", async () => {
    const page = await openedAt("echo");
    await page.typePayload('{"text": "by curl"}');
    await page.page.keyboard.press("c");
    // A browser without a clipboard shows the text to be copied by hand.
    await page.page.waitForSelector("dialog.sheet textarea, .toast");
    const command = (await page.page.$("dialog.sheet textarea"))
      ? await page.value("dialog.sheet textarea")
      : await page.page.evaluate(() => navigator.clipboard.readText());
    expect(command).toMatch(/^curl --globoff --request POST .*--data-raw '\{"text": "by curl"\}'/);
  });

  it("saves a fixture, and shows a secret before it does", async () => {
    const page = await openedAt("saving");
    const token = `ghp_${"aB3".repeat(12)}`;
    await page.typePayload(`{"text": "${token}"}`);
    await page.nameFixture("saved__here.json");
    await page.page.keyboard.press("Enter");
    const words = await page.until("dialog.saving .notes", /GitHub token/);
    expect(words).not.toContain(token);
    const file = join(fixturesOf(dev.root, "saving"), "saved__here.json");
    expect(existsSync(file)).toBe(false);
    await page.page.waitForSelector("dialog.saving button.danger:enabled");
    await page.page.keyboard.press("Enter");
    await page.until("#fixtures", /saved here/);
    expect(readFileSync(file, "utf8")).toBe(`{"text": "${token}"}\n`);
    await page.until("#source", /^saved__here\.json$/);
  });

  it("suggests the name that a capture would give, and says which fixture is like it", async () => {
    const page = await openedAt("echo");
    await page.page.keyboard.press("h");
    await page.page.keyboard.type("\nX-GitHub-Event: pull_request");
    await page.leaveField();
    await page.until("#source", /edited/);
    await page.click("#save");
    await until(() => page.value("#fixture-name"), /^pull_request\.json$/);
    await page.page.keyboard.press("Escape");
    // On a busy machine it counts as hidden before it lets go of the keys.
    await page.page.waitForFunction("document.querySelector('dialog') === null");
    await page.page.keyboard.press("u");
    await page.until("#source", /^hello\.json$/);
    await page.click("#save");
    await page.until("dialog.saving [role=status]", /^hello\.json has a payload of this shape/);
    expect(await page.value("#fixture-name")).toBe("hello__2.json");
  });

  it("sends and saves line endings as they came, also after an edit", async () => {
    const page = await opened();
    await page.choose("lines");
    await page.until("#source", /^mixed\.json$/);
    expect(await page.payload()).not.toContain("\r");
    await page.page.keyboard.press("e");
    const at = (await page.payload()).indexOf("one");
    await page.selectPayload(at, at + 3);
    await page.page.keyboard.type("1");
    await page.page.keyboard.press("Escape");
    await page.until("#source", /edited/);
    await page.nameFixture("edited.json");
    await page.page.keyboard.press("Enter");
    await page.until("#source", /^edited\.json$/);
    const bytes = readFileSync(join(fixturesOf(dev.root, "lines"), "edited.json"), "utf8");
    expect(bytes).toBe(MIXED.replace("one", "1"));
  });

  it("follows edits of a fixture, the view and the documentation", async () => {
    const page = await openedAt("following");
    const folder = join(dev.root, "zerver/webhooks/following");
    writeFileSync(join(folder, "fixtures/hello.json"), '{"text": "from the disk"}');
    await page.message(/from the disk/);
    const view = join(folder, "view.py");
    writeFileSync(
      view,
      readFileSync(view, "utf8").replace('"greetings", text)', '"greetings", text + "!!!")'),
    );
    await page.message(/from the disk!!!/);
    const good = readFileSync(view, "utf8");
    appendFileSync(view, "\nthis is no Python\n");
    await page.until("#panel-message .cover", /SyntaxError/);
    writeFileSync(view, good);
    await page.message(/from the disk!!!/);
    await page.page.keyboard.press("4");
    await page.until("#panel-documentation .cover", /No documentation yet/);
    writeFileSync(join(folder, "doc.md"), "1. First **step**\n");
    await until(() => page.frameText("#panel-documentation"), /First step/);
  });

  it("shows the documentation with macros and pictures, and the checklist", async () => {
    const page = await openedAtHarbourline();
    await page.page.keyboard.press("4");
    await until(() => page.frameText("#panel-documentation"), /Harbourline deploys your projects/);
    const shown = await page.page.$eval("#panel-documentation iframe", async (frame) => {
      const body = (frame as HTMLIFrameElement).contentDocument?.body;
      const image = body?.querySelector("img");
      await image?.decode();
      return { steps: body?.querySelectorAll("ol > li").length, width: image?.naturalWidth };
    });
    expect(shown.steps).toBe(4);
    expect(shown.width).toBeGreaterThan(500);
    await page.quiet();
    await picture(page, "documentation");
    await page.page.keyboard.press("5");
    await page.until("#panel-checklist", /done/i);
    await page.until("#panel-checklist", /view|fixtures/i);
  });

  it("can be used with the keyboard alone, and every control has a name", async () => {
    const page = await openedAt("echo");
    await page.page.focus('[data-file="empty.json"]');
    await page.page.keyboard.press("Enter");
    await page.until("#source", /^empty\.json$/);
    // The row is another element then, and still the one with the focus.
    expect(
      await page.page.evaluate(() => (document.activeElement as HTMLElement).dataset.file),
    ).toBe("empty.json");
    await page.page.keyboard.press("?");
    await page.until("dialog.helping", /Send the request to the endpoint/);
    await page.page.keyboard.press("Escape");
    const nameless = await page.page.$$eval("button, input, select, textarea, iframe", (elements) =>
      elements
        .filter((element) => {
          const labelled =
            element.getAttribute("aria-label") ??
            element.getAttribute("aria-labelledby") ??
            element.getAttribute("title");
          return !labelled && (element.textContent ?? "").trim() === "";
        })
        .map((element) => element.outerHTML),
    );
    expect(nameless).toEqual([]);
  });

  it.each([
    "light",
    "dark",
  ])("has text with enough contrast when it is %s, in windows of any width", async (scheme) => {
    const page = await openedAtHarbourline();
    await serve(page, "Hello");
    await page.page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    for (const width of [1440, 1000, 420]) {
      await page.page.setViewport({ width, height: 860 });
      const wide = await page.page.evaluate(
        () => document.documentElement.scrollWidth - innerWidth,
      );
      expect([width, wide]).toEqual([width, 0]);
      if (width === 420) await narrowPicture(page, scheme);
    }
    await page.page.setViewport({ width: 1440, height: 860 });
    await page.quiet();
    await picture(page, scheme);
    expect(await page.page.evaluate(lowContrast)).toEqual([]);
  });

  it("has the system's colours, or the chosen ones, which stay over a reload", async () => {
    const page = await opened();
    const ground = () => page.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const [light, dark] = ["rgb(238, 240, 244)", "rgb(15, 19, 26)"];
    await page.page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
    expect(await ground()).toBe(dark);
    await page.click("#theme");
    expect(await ground()).toBe(light);
    await page.page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]);
    await page.click("#theme");
    expect(await ground()).toBe(dark);
    await page.page.reload();
    await page.page.waitForSelector("dialog.picking");
    expect(await ground()).toBe(dark);
  });

  it("says so when its token is of another start", async () => {
    const context = await browser().createBrowserContext();
    onTestFinished(() => context.close());
    const other = await context.newPage();
    await other.goto(`${dev.server.url}/#token=old`);
    await other.waitForFunction(() =>
      /no access/.test(document.getElementById("banner")?.textContent ?? ""),
    );
  });
});

/** The page with the integration of the workspace, which has everything. */
async function openedAtHarbourline(): Promise<DrivenPage> {
  const page = await opened();
  await page.choose("harbourline");
  await page.until("#source", /\.json/);
  await page.message(/./);
  return page;
}

/** At the end of the page, where the result is. */
async function narrowPicture(page: DrivenPage, scheme: string): Promise<void> {
  if (scheme !== "light") return;
  await page.page.setViewport({ width: 400, height: 860 });
  await page.quiet();
  await page.page.evaluate("scrollTo(0, document.body.scrollHeight)");
  await picture(page, "narrow");
}
