/** The page of `dev` in a browser, driven by a test: what it shows, and answers that are held back. */
import { join } from "node:path";
import type { Browser, Page } from "puppeteer";
import sharp from "sharp";
import { afterAll, beforeAll, expect, onTestFinished } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import { startChromium } from "../support/chromium.ts";
import type { DevForFile } from "./dev-server.ts";

const WAIT_MS = 60_000;

/** An answer that the server has given, and that the page does not have yet. */
export interface HeldAnswer {
  /** Waits until the server has answered. */
  arrived(): Promise<void>;
  /** Lets the page have it, and waits until all is done that follows from it. */
  release(): Promise<void>;
}

/** A browser for all tests of a file, and how each of them opens the page. Nothing may break in it, or in the server. */
export function browserForFile(dev: DevForFile): {
  readonly browser: () => Browser;
  readonly opened: (held?: readonly RegExp[]) => Promise<DrivenPage>;
} {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser.close();
    expect(dev.errors).toEqual([]);
  });
  return {
    browser: () => browser,
    async opened(held = []) {
      const page = await DrivenPage.open(browser, dev, held);
      onTestFinished(async () => {
        await page.close();
        expect(page.faults).toEqual([]);
      });
      return page;
    },
  };
}

export class DrivenPage {
  readonly page: Page;
  /** What broke in the page: exceptions, and what its policy refuses. */
  readonly faults: string[];

  private constructor(page: Page, faults: string[]) {
    this.page = page;
    this.faults = faults;
  }

  /**
   * Opens the page as a newcomer does, in a context of its own: nothing is remembered.
   * @param hold Answers to be held from the start.
   */
  static async open(
    browser: Browser,
    dev: DevForFile,
    hold: readonly RegExp[] = [],
  ): Promise<DrivenPage> {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(String(error)));
    page.on("console", (message) => {
      // Answers that are errors are part of the tests, and so is that our own script cannot run in the frames.
      const text = message.text();
      if (message.type() === "error" && !/status of|^Blocked script execution/.test(text))
        faults.push(text);
    });
    const driven = new DrivenPage(page, faults);
    await page.setViewport({ width: 1440, height: 860 });
    await page.evaluateOnNewDocument(
      watchTheWire,
      hold.map(({ source }) => source),
    );
    await page.goto(`${dev.server.url}/#token=${dev.server.token}`);
    return driven;
  }

  /** A page that the test has opened by itself. */
  static of(page: Page): DrivenPage {
    return new DrivenPage(page, []);
  }

  async close(): Promise<void> {
    await this.page.browserContext().close();
  }

  /** Holds the next answer whose request is like `GET /_/state`. */
  async hold(pattern: RegExp): Promise<HeldAnswer> {
    await this.page.evaluate(`wire.hold(${JSON.stringify(pattern.source)})`);
    return this.held(pattern);
  }

  /** An answer that is held from the start. */
  held({ source }: RegExp): HeldAnswer {
    const gate = `wire.gate(${JSON.stringify(source)})`;
    return {
      arrived: async () => {
        await this.page.waitForFunction(`${gate}.hasArrived`, { timeout: WAIT_MS });
      },
      release: async () => {
        await this.page.evaluate(`${gate}.open()`);
        await this.quiet();
      },
    };
  }

  /** Waits until the page has taken in every answer that is not held, and asks for nothing more. */
  async quiet(): Promise<void> {
    await this.page.waitForFunction("wire.isQuiet()", { polling: "raf", timeout: WAIT_MS });
  }

  /** Waits until the page was told of so many changes of the tree. */
  async toldOfChanges(count: number): Promise<void> {
    await this.page.waitForFunction(`wire.changes >= ${count}`, { timeout: WAIT_MS });
  }

  changesTold(): Promise<number> {
    return this.page.evaluate("wire.changes") as Promise<number>;
  }

  text(selector: string): Promise<string> {
    return this.page.$eval(selector, (element) => element.textContent ?? "");
  }

  value(selector: string): Promise<string> {
    return this.page.$eval(selector, (element) => (element as HTMLInputElement).value);
  }

  /** All of the payload as the editor shows it, the lines included that are not drawn. */
  payload(): Promise<string> {
    return this.page.evaluate(
      'document.getElementById("payload").cmTile.root.view.state.doc.toString()',
    ) as Promise<string>;
  }

  /** Selects a part of the payload. */
  async selectPayload(from: number, to: number): Promise<void> {
    await this.page.evaluate(`editor().dispatch({ selection: { anchor: ${from}, head: ${to} } })`);
  }

  /** The text of the frame that a panel holds. */
  frameText(panel: string): Promise<string> {
    return this.page.$eval(
      `${panel} iframe`,
      (frame) => (frame as HTMLIFrameElement).contentDocument?.body.textContent ?? "",
    );
  }

  /** Waits until an element reads like this. */
  until(selector: string, pattern: RegExp): Promise<string> {
    return until(() => this.text(selector), pattern);
  }

  /** Waits until the message reads like this. */
  message(pattern: RegExp): Promise<string> {
    return until(() => this.frameText("#panel-message"), pattern);
  }

  /** Clicks as a script does: whatever lies above, and at once. */
  async click(selector: string): Promise<void> {
    await this.page.$eval(selector, (element) => (element as HTMLElement).click());
  }

  fixture(file: string): Promise<void> {
    return this.click(`[data-file="${file}"]`);
  }

  /** Chooses an integration with the keyboard; it may not be open yet. A page that knows none asks by itself. */
  async choose(name: string): Promise<void> {
    const { page } = this;
    if (await page.$("#copy-address:enabled")) await page.keyboard.press("i");
    await page.waitForSelector("dialog.picking");
    await page.keyboard.type(name);
    await page.keyboard.press("Enter");
  }

  /** Asks to save the payload, and writes a name in the place of the suggested one; it is not saved yet. */
  async nameFixture(name: string): Promise<void> {
    await this.click("#save");
    await this.page.waitForSelector("dialog.saving");
    await until(() => this.value("#fixture-name"), /./);
    await this.page.$eval("#fixture-name", (input) => (input as HTMLInputElement).select());
    await this.page.keyboard.type(name);
  }

  /** Leaves the field that has the focus: where the browser suggests values, the first Escape only closes its list. */
  async leaveField(): Promise<void> {
    const focused = (): Promise<string> =>
      this.page.evaluate(() => document.activeElement?.tagName ?? "BODY");
    await until(async () => {
      if ((await focused()) !== "BODY") await this.page.keyboard.press("Escape");
      return focused();
    }, /^BODY$/);
  }

  /** Writes a payload in the place of the one that is there. */
  async typePayload(text: string): Promise<void> {
    await this.page.keyboard.press("e");
    await this.page.keyboard.down("Control");
    await this.page.keyboard.press("a");
    await this.page.keyboard.up("Control");
    await this.page.keyboard.type(text);
    await this.page.keyboard.press("Escape");
  }
}

interface EditorContent {
  cmTile: { root: { view: { state: { doc: { length: number } }; dispatch(spec: object): void } } };
}

/** Keeps a picture of the page for the documentation, where those are wanted; in few colours, as it is in the package. */
export async function picture(page: DrivenPage, name: string): Promise<void> {
  if (process.env.CONNECT_WEBHOOK_PICTURES === undefined) return;
  const picture = sharp(await page.page.screenshot()).png({ palette: true });
  await picture.toFile(join(packageRoot, "docs/pictures", `dev-${name}.png`));
}

/** Waits until something reads like this. */
export async function until(read: () => Promise<string>, pattern: RegExp): Promise<string> {
  const end = Date.now() + WAIT_MS;
  for (;;) {
    const text = await read().catch(String);
    if (pattern.test(text)) return text;
    if (Date.now() > end)
      throw new Error(`${pattern} never came; there is ${JSON.stringify(text)}`);
    await new Promise((done) => setTimeout(done, 30));
  }
}

/**
 * Runs in the page, before its own code: holds answers back, and counts those that the page waits for. Quiet is when
 * there were none for some turns of the event loop, so that what follows an answer had its chance to ask.
 */
function watchTheWire(held: string[]): void {
  class Gate {
    hasArrived = false;
    open = (): void => undefined;
    readonly opened = new Promise<void>((done) => {
      this.open = done;
    });
  }
  const gates = new Map<string, Gate>();
  const wire = {
    changes: 0,
    waitingFor: 0,
    quietTurns: 0,
    isQuiet: () => wire.quietTurns > 3,
    hold: (pattern: string) => void gates.set(pattern, new Gate()),
    gate: (pattern: string) => gates.get(pattern),
  };
  for (const pattern of held) wire.hold(pattern);
  /** CodeMirror's view of the payload, as its own `EditorView.findFromDOM` finds it; and an edit that is done at once. */
  const editor = () => {
    const content = document.getElementById("payload") as unknown as EditorContent;
    return content.cmTile.root.view;
  };
  const write = (insert: string): void => {
    const view = editor();
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert } });
  };
  Object.assign(window, { wire, editor, write });
  const turn = (): void => {
    wire.quietTurns = wire.waitingFor === 0 ? wire.quietTurns + 1 : 0;
    setTimeout(turn, 5);
  };
  turn();

  const { fetch } = window;
  const gateFor = (line: string): Gate | undefined =>
    [...gates].find(([pattern, gate]) => !gate.hasArrived && new RegExp(pattern).test(line))?.[1];
  const passThrough = async (gate: Gate, signal: AbortSignal | null | undefined): Promise<void> => {
    gate.hasArrived = true;
    wire.waitingFor -= 1;
    const givenUp = new Promise<void>((done) => signal?.addEventListener("abort", () => done()));
    await Promise.race([gate.opened, givenUp]);
    wire.waitingFor += 1;
    wire.quietTurns = 0;
    signal?.throwIfAborted();
  };
  window.fetch = async (address, options = {}) => {
    if (String(address).endsWith("/_/events")) return fetch(address, options);
    const gate = gateFor(`${options.method ?? "GET"} ${address}`);
    wire.quietTurns = 0;
    wire.waitingFor += 1;
    try {
      const response = await fetch(address, options);
      const text = await response.text();
      if (gate) await passThrough(gate, options.signal);
      return new Response(text, response);
    } finally {
      setTimeout(() => {
        wire.waitingFor -= 1;
      });
    }
  };

  const { parse } = JSON;
  JSON.parse = (...given: Parameters<typeof parse>) => {
    const value = parse(...given);
    if (value?.type === "files") wire.changes += 1;
    return value;
  };
}
