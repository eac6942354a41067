/**
 * The page of `dev` in a real browser: choose, edit, see, replay, save, documentation, checklist. With
 * CONNECT_WEBHOOK_PICTURES it makes the pictures of docs/dev.md on its way.
 */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "puppeteer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import { startChromium } from "../support/chromium.ts";
import { devForFile, fixturesOf, VIEWS } from "./dev-server.ts";

const dev = devForFile(VIEWS);
const faults: string[] = [];
let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await startChromium();
  page = await browser.newPage();
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    // Answers that are errors are part of the tests; what breaks the policy or the script is not.
    if (message.type() === "error" && !/status of/.test(message.text()))
      faults.push(message.text());
  });
  await page.setViewport({ width: 1440, height: 860 });
  await page.goto(`${dev.server.url}/#token=${dev.server.token}`);
});
afterAll(async () => {
  await browser.close();
  expect(faults).toEqual([]);
  expect(dev.errors).toEqual([]);
});

const textOf = (selector: string): Promise<string> =>
  page.$eval(selector, (element) => element.textContent ?? "");
/** The text of the frame that a panel holds. */
const frameText = (panel: string): Promise<string> =>
  page.$eval(
    `${panel} iframe`,
    (frame) => (frame as HTMLIFrameElement).contentDocument?.body.textContent ?? "",
  );
const inputOf = (selector: string): Promise<string> =>
  page.$eval(selector, (element) => (element as HTMLInputElement).value);

/** Waits until something reads like this. */
async function until(read: () => Promise<string>, pattern: RegExp): Promise<string> {
  const end = Date.now() + 30_000;
  for (;;) {
    const text = await read().catch(String);
    if (pattern.test(text)) return text;
    if (Date.now() > end)
      throw new Error(`${pattern} never came; there is ${JSON.stringify(text)}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}
const message = (pattern: RegExp): Promise<string> =>
  until(() => frameText("#panel-message"), pattern);

async function choose(name: string): Promise<void> {
  await page.keyboard.press("Escape");
  if (!(await page.$("dialog.picking"))) await page.keyboard.press("i");
  await page.waitForSelector("dialog.picking");
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
  await until(() => page.title(), new RegExp(name, "i"));
}

async function typePayload(text: string): Promise<void> {
  await page.keyboard.press("e");
  await page.$eval("#payload", (area) => (area as HTMLTextAreaElement).select());
  await page.keyboard.type(text);
  await page.keyboard.press("Escape");
}

async function picture(name: string): Promise<void> {
  if (process.env.CONNECT_WEBHOOK_PICTURES === undefined) return;
  await page.screenshot({ path: join(packageRoot, "docs/pictures", `dev-${name}.png`) });
}

describe("the page", () => {
  it("takes the token out of the address and asks for an integration", async () => {
    await until(() => textOf("#engine"), /Ready/);
    expect(page.url()).not.toContain("token");
    await page.waitForSelector("dialog.picking");
    await choose("echo");
    await until(() => textOf("#fixtures"), /hello/);
    expect(await inputOf("#address")).toMatch(
      /\/api\/v1\/external\/echo\?api_key=\w{32}&stream=echo$/,
    );
  });

  it("shows what an edit becomes, and keeps the edit over a reload", async () => {
    await page.evaluate(() =>
      document.querySelector<HTMLElement>('[data-file="hello.json"]')?.click(),
    );
    await message(/Hello you/);
    await typePayload('{"text": "Edited **live**"}');
    await message(/Edited live/);
    await until(() => textOf("#source"), /hello\.json · edited/);
    await new Promise((done) => setTimeout(done, 400));
    await page.reload();
    await message(/Edited live/);
    expect(await inputOf("#payload")).toContain("Edited **live**");
    await page.keyboard.press("u");
    await message(/Hello you/);
  });

  it("draws no script of a payload", async () => {
    await typePayload('{"text": "<img src=x onerror=alert(1)> <script>top.hurt = 1</script>"}');
    await message(/<script>top\.hurt = 1<\/script>/);
    expect(await page.evaluate(() => "hurt" in window)).toBe(false);
    await page.keyboard.press("u");
  });

  it("shows the Markdown, the answer, and why there is no message", async () => {
    await message(/Hello you/);
    await page.keyboard.press("2");
    await until(() => textOf("#panel-markdown"), /Hello \*\*you\*\*/);
    await page.keyboard.press("3");
    await until(() => textOf("#panel-response"), /"result": "success"/);
    await page.keyboard.press("1");
    await typePayload("not json");
    await until(() => textOf("#panel-message .cover"), /The view answered 400/);
    await until(() => textOf("#payload-state"), /text/);
    await page.keyboard.press("u");
    await message(/Hello you/);
  });

  it("lists live requests, and replays one as it is and edited", async () => {
    const path = await dev.hook("echo");
    const headers = { "Content-Type": "application/json" };
    await dev.ask(path, { method: "POST", headers, body: '{"text": "from outside"}' });
    await dev.ask(`${path}x`, { method: "POST", headers, body: "{}" });
    await until(() => textOf("#requests"), /from|greetings/);
    await page.evaluate(() =>
      document.querySelector<HTMLElement>("#requests li:last-child button")?.click(),
    );
    await message(/from outside/);
    expect(await textOf("#send")).toBe("Replay");
    await page.click("#send");
    await until(() => textOf("#live-count"), /3/);
    await typePayload('{"text": "replayed edited"}');
    await message(/replayed edited/);
    expect(await textOf("#send")).toBe("Replay edited");
    await page.keyboard.down("Control");
    await page.keyboard.press("Enter");
    await page.keyboard.up("Control");
    await until(() => textOf("#live-count"), /4/);
  });

  it("copies a request as a curl command that sends the same", async () => {
    await page.keyboard.press("c");
    // A browser without a clipboard shows the text to be copied by hand.
    await page.waitForSelector("dialog.sheet textarea, .toast");
    const command = (await page.$("dialog.sheet textarea"))
      ? await inputOf("dialog.sheet textarea")
      : await page.evaluate(() => navigator.clipboard.readText());
    await page.keyboard.press("Escape");
    expect(command).toMatch(/^curl --request POST .*--data-raw '\{"text": "replayed edited"\}'/);
  });

  it("saves a fixture, and shows a secret before it does", async () => {
    const token = `ghp_${"aB3".repeat(12)}`;
    await typePayload(`{"text": "${token}"}`);
    await page.click("#save");
    await page.waitForSelector("dialog.saving");
    await page.$eval("#fixture-name", (input) => (input as HTMLInputElement).select());
    await page.keyboard.type("saved__here.json");
    await page.keyboard.press("Enter");
    const words = await until(() => textOf("dialog.saving .notes"), /GitHub token/);
    expect(words).not.toContain(token);
    const file = join(fixturesOf(dev.root, "echo"), "saved__here.json");
    expect(existsSync(file)).toBe(false);
    await page.keyboard.press("Enter");
    await until(() => textOf("#fixtures"), /saved here/);
    expect(readFileSync(file, "utf8")).toBe(`{"text": "${token}"}`);
    await until(() => textOf("#source"), /saved__here\.json/);
  });

  it("follows edits of a fixture, the view and the documentation", async () => {
    await page.evaluate(() =>
      document.querySelector<HTMLElement>('[data-file="hello.json"]')?.click(),
    );
    await message(/Hello you/);
    writeFileSync(join(fixturesOf(dev.root, "echo"), "hello.json"), '{"text": "from the disk"}');
    await message(/from the disk/);
    const view = join(dev.root, "zerver/webhooks/echo/view.py");
    writeFileSync(
      view,
      readFileSync(view, "utf8").replace('"greetings", text)', '"greetings", text + "!!!")'),
    );
    await message(/from the disk!!!/);
    const good = readFileSync(view, "utf8");
    appendFileSync(view, "\nthis is no Python\n");
    await until(() => textOf("#panel-message .cover"), /SyntaxError/);
    writeFileSync(view, good);
    await message(/from the disk!!!/);
    await page.keyboard.press("4");
    await until(() => textOf("#panel-documentation .cover"), /No documentation yet/);
    writeFileSync(join(dev.root, "zerver/webhooks/echo/doc.md"), "1. First **step**\n");
    await until(() => frameText("#panel-documentation"), /First step/);
  });

  it("shows the documentation with macros and pictures, and the checklist", async () => {
    await choose("harbourline");
    await until(() => frameText("#panel-documentation"), /Harbourline deploys your projects/);
    const shown = await page.$eval("#panel-documentation iframe", (frame) => {
      const body = (frame as HTMLIFrameElement).contentDocument?.body;
      const image = body?.querySelector("img");
      return { steps: body?.querySelectorAll("ol > li").length, width: image?.naturalWidth };
    });
    expect(shown.steps).toBe(4);
    expect(shown.width).toBeGreaterThan(500);
    await picture("documentation");
    await page.keyboard.press("5");
    await until(() => textOf("#panel-checklist"), /done/i);
    await until(() => textOf("#panel-checklist"), /view|fixtures/i);
    await page.keyboard.press("1");
  });

  it("shows its keys, and every control has a name", async () => {
    await message(/./);
    await picture("light");
    await page.keyboard.press("?");
    await until(() => textOf("dialog.helping"), /Send the request to the endpoint/);
    await page.keyboard.press("Escape");
    const nameless = await page.$$eval("button, input, select, textarea, iframe", (elements) =>
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
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    for (const width of [1440, 1000, 420]) {
      await page.setViewport({ width, height: 860 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect([width, wide]).toEqual([width, 0]);
    }
    await page.setViewport({ width: 1440, height: 860 });
    if (scheme === "dark") await picture("dark");
    expect(await page.evaluate(lowContrast)).toEqual([]);
  });

  it("says so when its token is of another start", async () => {
    const other = await browser.newPage();
    await other.goto(`${dev.server.url}/#token=old`);
    await other.waitForFunction(() =>
      /no access/.test(document.getElementById("banner")?.textContent ?? ""),
    );
    await other.close();
  });
});

/** Runs in the page: the texts whose colour is too close to what is behind them (WCAG 2, 4.5 to 1). */
function lowContrast(): string[] {
  const light = (colour: string): number => {
    const [r = 0, g = 0, b = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => Number(part) / 255);
    const linear = [r, g, b].map((part) =>
      part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0);
  };
  const behind = (element: Element | null): string => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!/, 0\)$|transparent/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const found: string[] = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some(
      (node) => node.nodeType === 3 && node.textContent?.trim(),
    );
    if (!own || !(element instanceof HTMLElement) || element.offsetParent === null) continue;
    if (element.closest(".gutter, .coloured, noscript, .skip, :disabled")) continue;
    const [one, other] = [light(getComputedStyle(element).color), light(behind(element))].sort(
      (a, b) => b - a,
    );
    const ratio = ((one ?? 0) + 0.05) / ((other ?? 0) + 0.05);
    if (ratio < 4.5) found.push(`${ratio.toFixed(2)} ${element.tagName} ${element.textContent}`);
  }
  return found;
}
