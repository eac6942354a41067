/** The page when things go wrong: views that hang, servers that stop, scripts that fail, payloads that are too large. */
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { describe, expect, it, onTestFinished } from "vitest";
import { ECHO_VIEW } from "../engine/tree.ts";
import { startCli } from "../support/cli.ts";
import { temporaryWorkspace } from "../support/tree.ts";
import { devForFile } from "./dev-server.ts";
import { browserForFile, DrivenPage, until } from "./driven-page.ts";

const HANGS = ECHO_VIEW.replace(
  '    text = payload["text"].tame(check_string)\n',
  '    text = payload["text"].tame(check_string)\n    while text == "hang":\n        pass\n',
);
const fixtures = { "hello.json": '{"text": "Hello"}', "waits.json": '{"text": "hang"}' };
const MINIFIED = `{"text":"Hello","number":12345678901234567890,"list":[${"1,".repeat(80)}1],"empty":{}}`;
const LARGE = `{"text": "large", "rows": [\n${'{"name": "a value", "more": "of it"},\n'.repeat(80_000)}{}]}`;
const integrations = {
  echo: { fixtures, view: HANGS },
  sizes: {
    fixtures: {
      "large.json": LARGE,
      "minified.json": MINIFIED,
      "too_large.json": `"${"x".repeat(20_000_000)}"`,
    },
  },
};
const dev = devForFile(integrations, undefined, 5_000);
const { browser, opened } = browserForFile(dev);

async function openedAt(name: string, file = "hello.json"): Promise<DrivenPage> {
  const page = await opened();
  await page.choose(name);
  await page.until("#fixtures", /\w/);
  await page.fixture(file);
  await page.until("#source", new RegExp(`^${file}`));
  return page;
}

/** Whether the message can be seen. */
const isShown = (page: DrivenPage): Promise<boolean> =>
  page.page.$eval(
    "#panel-message .stage",
    (stage) => getComputedStyle(stage).visibility === "visible",
  );

describe("a view that hangs", () => {
  it("never has the last message beside its payload, and is said to be at work", async () => {
    const page = await openedAt("echo");
    await page.message(/Hello/);
    await expect.poll(() => isShown(page)).toBe(true);
    await page.fixture("waits.json");
    await page.until("#source", /^waits\.json$/);
    expect(await isShown(page)).toBe(false);
    expect(await page.text("#panel-markdown")).toBe("");
    expect(await page.page.$eval("#status", (pill) => (pill as HTMLElement).hidden)).toBe(true);
    await page.until("#panel-message .cover", /The view is at work, for [1-4] s/);
    await page.until("#panel-message .cover", /exception/);
    await page.until("#timing", /draft/);
  });

  it("has not either after an edit, when it takes its time", async () => {
    const page = await openedAt("echo");
    await page.message(/Hello/);
    await page.typePayload('{"text": "hang"}');
    await page.until("#panel-message .cover", /at work/);
    expect(await isShown(page)).toBe(false);
    await page.page.keyboard.press("u");
    await page.until("#status", /200/);
    await page.page.waitForFunction(
      () =>
        getComputedStyle(document.querySelector("#panel-message .stage") as Element).visibility ===
        "visible",
    );
  });
});

describe("a view that hangs for one of all fixtures", () => {
  it("holds up none of those before it, and fails in the end", async () => {
    const page = await openedAt("echo");
    await page.message(/Hello/);
    await page.click("#all-messages");
    await page.until("#all-progress", /^Delivering, 1 to go/);
    await until(() => page.frameText("#panel-all"), /hello\.json.*Hello/s);
    expect(await page.frameText("#panel-all")).not.toContain("waits.json");
    await page.until("#all-count", /^2 fixtures · 1 fails$/);
    expect(await page.frameText("#panel-all")).toMatch(/waits\.json fails/);
  });
});

/** `dev` on a tree: the address of its page, and how it is ended. */
async function started(
  root: string,
  port: number,
): Promise<{ page: string; stop(): Promise<void> }> {
  const words = ["dev", "harbourline", "--port", String(port), "--json"];
  const { stdout, ended, interrupt } = startCli(words, { cwd: root });
  const stop = async (): Promise<void> => {
    interrupt();
    await ended;
  };
  onTestFinished(stop);
  const line = await new Promise((done) => stdout.once("data", done));
  return { page: JSON.parse(String(line)).page, stop };
}

describe("a server that stops", () => {
  it("is said, and the page goes on by itself when it is there again, with what was edited", async () => {
    const root = temporaryWorkspace();
    const first = await started(root, 0);
    const address = new URL(first.page);
    const context = await browser().createBrowserContext();
    onTestFinished(() => context.close());
    const page = DrivenPage.of(await context.newPage());
    await page.page.goto(first.page);
    await page.message(/./);
    await page.typePayload('{"edited": "before the stop"}');
    await page.until("#source", /edited/);
    await first.stop();
    await page.until(
      "#banner",
      new RegExp(`has stopped\\. Start connect-webhook dev --port ${address.port} again`),
    );
    expect(await page.text("#banner code")).toBe(`connect-webhook dev --port ${address.port}`);
    expect(await page.text("#engine")).toBe("Not connected");
    const second = await started(root, Number(address.port));
    expect(second.page).toBe(first.page);
    await page.until("#engine", /Ready/);
    await page.page.waitForSelector("#banner", { hidden: true });
    expect(await page.payload()).toBe('{"edited": "before the stop"}');
    await fetch(`${address.origin}/api/v1/external/harbourline?api_key=x`, { method: "POST" });
    await page.page.waitForSelector("[data-request]");
    await second.stop();
  });
});

describe("a header that cannot be sent", () => {
  it("is said with its line and the reason, and the others are sent", async () => {
    const page = await openedAt("echo");
    await page.page.keyboard.press("h");
    const before = await page.page.$eval("#tab-headers", (tab) => tab.textContent ?? "");
    await page.page.keyboard.type(
      "\nX-Fine:  two words \nno colon\nbad name: x\n: y\nX-Wide: \u2603",
    );
    await page.until(
      "#headers-state",
      /^line \d+ is not sent: a header is written as Name: value\.$/,
    );
    const markers = () => page.page.$$("#panel-headers .cm-lint-marker-error");
    await expect.poll(async () => (await markers()).length).toBe(4);
    await page.until("#tab-headers", new RegExp(`${Number(/\d*$/.exec(before)?.[0]) + 1}$`));
    await page.leaveField();
    await page.click("#send");
    await page.page.waitForSelector("[data-request]");
    const [summary] = JSON.parse((await dev.page("/_/requests")).body);
    const { draft } = JSON.parse((await dev.page(`/_/requests/${summary.id}`)).body);
    const sent = draft.headers.filter(([name]: [string]) => /^x-|name|^$/i.test(name));
    expect(sent).toEqual([["X-Fine", "two words"]]);
  });
});

/** Another program on the port of a server that has stopped. */
async function stranger(port: number, answer: RequestListener): Promise<() => Promise<void>> {
  const server = createServer(answer);
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
  onTestFinished(close);
  return close;
}

/** All that a request says. */
async function saidBy(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += chunk;
  return JSON.stringify([request.url, request.rawHeaders, body]);
}

describe("another program on the port of a server that has stopped", () => {
  it("does not get the token, neither by a request nor from a page that it brings", async () => {
    const root = temporaryWorkspace();
    const first = await started(root, 0);
    const { hash, origin, port } = new URL(first.page);
    const token = hash.slice("#token=".length);
    expect(token).toMatch(/^.{20,}$/);
    const context = await browser().createBrowserContext();
    onTestFinished(() => context.close());
    const [page, reloaded] = [await context.newPage(), await context.newPage()];
    await page.goto(first.page);
    await DrivenPage.of(page).message(/./);
    // A second tab has it of the first.
    await reloaded.goto(origin);
    await DrivenPage.of(reloaded).message(/./);
    await first.stop();
    await page.waitForSelector("#banner:not([hidden])");
    await reloaded.waitForSelector("#banner:not([hidden])");

    const heard: string[] = [];
    const script =
      "<script>const ask = new BroadcastChannel('connect-webhook-token');" +
      "ask.onmessage = ({data}) => { document.title = data };" +
      "ask.postMessage('token?'); document.title = JSON.stringify(sessionStorage)</script>";
    const close = await stranger(Number(port), async (request, response) => {
      heard.push(await saidBy(request));
      response.setHeader("Content-Type", "text/html");
      response.end(request.url === "/" ? script : "00".repeat(32));
    });
    await DrivenPage.of(page).until("#banner", /another program answers at this address/);
    await reloaded.goto(`${origin}/`);
    await new Promise((done) => setTimeout(done, 1_000));
    expect(await reloaded.title()).not.toContain(token);
    expect(heard.filter((one) => one.includes("/_/proof"))).not.toEqual([]);
    expect(heard.filter((one) => one.includes(token))).toEqual([]);
    await close();

    const second = await started(root, Number(port));
    await DrivenPage.of(page).until("#engine", /Ready/);
    await page.waitForSelector("#banner", { hidden: true });
    await second.stop();
  });

  it("may be another tree's, which is told nothing either", async () => {
    const [here, there] = [temporaryWorkspace(), temporaryWorkspace()];
    const first = await started(here, 0);
    const { port } = new URL(first.page);
    const context = await browser().createBrowserContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.goto(first.page);
    await DrivenPage.of(page).message(/./);
    await first.stop();
    const second = await started(there, Number(port));
    await DrivenPage.of(page).until("#banner", /or another tree's dev/);
    await second.stop();
  });
});

describe("a script that fails", () => {
  it.each([
    ["does not load", (): { status: number } => ({ status: 404 })],
    [
      "raises",
      () => ({ body: "throw new Error('broken by the test');", contentType: "text/javascript" }),
    ],
    [
      "fails later",
      () => ({
        body: "setTimeout(() => Promise.reject(new Error('broken by the test')));",
        contentType: "text/javascript",
      }),
    ],
  ])("is said when it %s", async (_case, answer) => {
    const context = await browser().createBrowserContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.setRequestInterception(true);
    page.on("request", (request) => {
      void (request.url().endsWith("/app.js") ? request.respond(answer()) : request.continue());
    });
    await page.goto(`${dev.server.url}/#token=${dev.server.token}`);
    await page.waitForSelector("#failure", { visible: true });
    const words = await page.$eval("#failure", (banner) => banner.textContent);
    expect(words).toMatch(/^This page has failed: .*(app\.js did not load|broken by the test)/);
    expect(words).toContain("Reload it; what you edited is kept.");
  });
});

describe("payloads of any size", () => {
  it("are shown on many lines when they came on one, which is no edit, and keeps each digit", async () => {
    const page = await openedAt("sizes", "minified.json");
    const shown = await page.payload();
    expect(shown).toContain('\n  "number": 12345678901234567890,\n  "list": [\n    1,\n');
    expect(shown).toContain('"empty": {}\n}');
    expect(await page.text("#source")).toBe("minified.json");
    expect(await page.text("#payload-state")).toMatch(/sent on one line/);
    await page.selectPayload(shown.indexOf("Hello"), shown.indexOf("Hello") + 5);
    await page.page.focus("#payload");
    await page.page.keyboard.type("Edited");
    await page.until("#source", /edited/);
    await page.page.keyboard.press("Escape");
    await page.nameFixture("written.json");
    await page.page.keyboard.press("Enter");
    await page.until("#source", /^written\.json$/);
    const sent = await dev.page("/_/integrations/sizes/draft/written.json");
    expect(JSON.parse(sent.body).body).toBe(`${MINIFIED.replace("Hello", "Edited")}\n`);
  });

  it("of 3 MB can be opened, searched and edited", async () => {
    const page = await openedAt("sizes", "large.json");
    await page.until("#payload-state", /^\d\.\d MB · JSON$/);
    expect((await page.payload()).length).toBe(LARGE.length);
    // Only what is in view is in the page.
    expect(await page.page.$$eval("#payload .cm-line", (lines) => lines.length)).toBeLessThan(500);
    await page.page.focus("#payload");
    await page.page.keyboard.down("Control");
    await page.page.keyboard.press("f");
    await page.page.keyboard.up("Control");
    await page.page.waitForSelector(".cm-search input");
  });

  it("are folded, wrapped and searched, and stay as they are", async () => {
    const page = await openedAt("sizes", "minified.json");
    const before = await page.payload();
    const lines = () => page.page.$$eval("#payload .cm-line", (all) => all.length);
    const all = await lines();
    const [marker] = await page.page.$$(
      '.request .cm-foldGutter .cm-gutterElement:not([style*="visibility"]) [title="Fold line"]',
    );
    await marker?.click();
    await page.page.waitForSelector("#payload .cm-foldPlaceholder");
    expect(await lines()).toBeLessThan(all);
    await page.click("#payload .cm-foldPlaceholder");
    await page.page.waitForSelector("#payload .cm-foldPlaceholder", { hidden: true });
    const press =
      "[...document.querySelectorAll('button')].find((one) => one.textContent === 'Wrap')";
    await page.page.evaluate(`${press}.click()`);
    await page.page.waitForSelector("#payload.cm-lineWrapping");
    await page.page.focus("#payload");
    await page.page.keyboard.down("Control");
    await page.page.keyboard.press("f");
    await page.page.keyboard.up("Control");
    await page.page.waitForSelector(".cm-search input");
    await page.page.keyboard.type("12345678901234567890");
    await page.page.waitForSelector("#payload .cm-searchMatch");
    expect(await page.payload()).toBe(before);
    expect(await page.text("#source")).toBe("minified.json");
  });

  it("of 20 MB are refused with the limit: a fixture, what is pasted, a request", async () => {
    const page = await openedAt("sizes", "minified.json");
    await page.fixture("too_large.json");
    await page.until("#banner", /20\.0 MB; the page takes payloads of at most 10\.0 MB/);
    expect(await page.text("#source")).toBe("minified.json");
    await page.page.evaluate("write('x'.repeat(20_000_000))");
    await page.until("#toasts", /20\.0 MB.*at most 10\.0 MB/);
    expect((await page.payload()).length).toBeLessThan(10_000);
    const draft = JSON.parse((await dev.page("/_/integrations/echo/draft/hello.json")).body);
    for (const path of ["try", "send", "curl"]) {
      const answer = await dev.page(`/_/${path}`, { ...draft, body: "x".repeat(20_000_000) });
      expect([answer.status, JSON.parse(answer.body).code]).toEqual([400, "payload-too-large"]);
    }
  });

  it("that are no JSON say the line and the reason", async () => {
    const page = await openedAt("echo");
    await page.page.evaluate(`write('{\\n  "text": "a",\\n  oops\\n}')`);
    await page.until("#payload-state", /not JSON: line 3: \w/);
    await page.page.waitForSelector("#payload .cm-lintRange-error");
  });
});
