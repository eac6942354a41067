/** One Chromium with one page, whose content is swapped from picture to picture. */
import type { Browser as Chromium, HTTPRequest, Page } from "puppeteer";
import { CancelledError, MachineError, messageOf, UserError } from "../errors.ts";
import { temporaryFolder } from "../host/temp.ts";
import { type BrowserProgress, type FoundBrowser, findBrowser } from "./find.ts";
import { type Box, heightsOf, measure, swapBody } from "./in-page.ts";
import { launchChromium } from "./launch.ts";
import { BrowserPool } from "./pool.ts";

/** A page in two parts. Pages that share a head are drawn about ten times as fast as a new page. */
export interface PageSource {
  /** What stays: the styles and fonts, as the inside of `<head>`. */
  head: string;
  /** What changes: the inside of `<body>`. */
  body: string;
}

export interface DrawOptions {
  /** CSS selector of the element that becomes the picture. */
  clip: string;
  /** Added to the element's place and size, in CSS pixels: the picture may be wider or lower than it. */
  offset?: Box;
  /** Width of the page in CSS pixels. */
  width: number;
  /** Device pixels a CSS pixel. */
  scale: number;
  /** Draws another page instead when an element that matches is higher than so many CSS pixels. */
  fold?: { selector: string; above: number; page: PageSource };
}

export interface Browser {
  readonly found: FoundBrowser;
  /**
   * Draws one element of a page. Calls are served one after another.
   * @returns A PNG, not optimised.
   * @throws UserError `picture-too-tall`; MachineError `browser-failed` when the browser has died.
   */
  drawPage(page: PageSource, options: DrawOptions): Promise<Buffer>;
  /** Ends the browser and removes its profile. May be called twice. */
  close(): Promise<void>;
}

export interface OpenOptions {
  onProgress?: BrowserProgress;
  /** Ends the browser when aborted; what is being drawn fails with CancelledError. */
  signal?: AbortSignal;
  /** How many to start; they share the work. One by default: a second one pays for itself after some ten pages. */
  count?: number;
}

/** Chromium's surfaces end at 16384 device pixels. */
const MAX_DEVICE_PIXELS = 16_000;

/** CSS pixels. A picture that is higher gets a higher window. */
const WINDOW_HEIGHT = 600;

/** Nothing may be loaded: styles and images come with the page itself. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'; base-uri 'none'";

/**
 * Starts a browser, or several that look like one.
 * @throws MachineError `no-browser` or `browser-failed`, each with what to do.
 */
export async function openBrowser(options: OpenOptions = {}): Promise<Browser> {
  const { onProgress, signal, count = 1 } = options;
  if (signal?.aborted) throw new CancelledError();
  const found = await findBrowser(onProgress);
  onProgress?.("Starting the browser");
  const starts = Array.from({ length: count }, () => startBrowser(found, signal));
  const started = await Promise.allSettled(starts);
  const browsers = started.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const failed = started.find((one) => one.status === "rejected");
  if (failed === undefined)
    return count === 1 ? (browsers[0] as Browser) : new BrowserPool(browsers);
  await Promise.all(browsers.map((browser) => browser.close()));
  throw failed.reason;
}

async function startBrowser(
  found: FoundBrowser,
  signal: AbortSignal | undefined,
): Promise<Browser> {
  const profile = await temporaryFolder("browser");
  try {
    const chromium = await launchChromium(found, profile.path, signal);
    const browser = new OpenBrowser(found, chromium, () => profile.release(), signal);
    await browser.prepare();
    if (!signal?.aborted) return browser;
    await browser.close();
    throw new CancelledError();
  } catch (error) {
    await profile.release();
    throw error;
  }
}

class OpenBrowser implements Browser {
  #page: Page | undefined;
  #head: string | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> | undefined;

  constructor(
    readonly found: FoundBrowser,
    private readonly chromium: Chromium,
    private readonly release: () => Promise<void>,
    private readonly signal: AbortSignal | undefined,
  ) {
    signal?.addEventListener("abort", this.#onAbort, { once: true });
  }

  readonly #onAbort = (): void => {
    void this.close();
  };

  /** Makes the page: no scripts, no requests. */
  async prepare(): Promise<void> {
    try {
      const page = (await this.chromium.pages())[0] ?? (await this.chromium.newPage());
      await page.setJavaScriptEnabled(false);
      await page.setRequestInterception(true);
      page.on("request", (request) => void answer(request).catch(() => undefined));
      this.#page = page;
    } catch (error) {
      await this.close();
      throw this.#failure(error);
    }
  }

  drawPage(source: PageSource, options: DrawOptions): Promise<Buffer> {
    return this.#inTurn(async (page) => {
      await setViewport(page, options.width, WINDOW_HEIGHT, options.scale);
      await this.#show(page, source);
      const { fold } = options;
      if (fold !== undefined) {
        const heights = await page.evaluate(heightsOf, fold.selector);
        if (heights.some((height) => height > fold.above)) await this.#show(page, fold.page);
      }
      return draw(page, options);
    });
  }

  /** Works on the page when those before are done with it. */
  #inTurn<T>(work: (page: Page) => Promise<T>): Promise<T> {
    const done = this.#last.then(async () => {
      const page = this.#page;
      if (page === undefined || this.#closing !== undefined) throw this.#failure(undefined);
      try {
        return await work(page);
      } catch (error) {
        if (error instanceof UserError) throw error;
        throw this.#failure(error);
      }
    });
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #show(page: Page, { head, body }: PageSource): Promise<void> {
    if (this.#head !== head) {
      this.#head = undefined;
      const policy = `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`;
      const html = `<!doctype html><html lang="en"><head><meta charset="utf-8">${policy}${head}</head><body></body></html>`;
      await page.setContent(html, { waitUntil: "load" });
      this.#head = head;
    }
    await page.evaluate(swapBody, body);
  }

  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    this.signal?.removeEventListener("abort", this.#onAbort);
    const child = this.chromium.process();
    await this.chromium.close().catch(() => undefined);
    if (child !== null && child.exitCode === null && child.signalCode === null)
      child.kill("SIGKILL");
    await this.release();
  }

  #failure(error: unknown): Error {
    if (this.signal?.aborted) return new CancelledError();
    const reason = error === undefined ? "it is closed" : messageOf(error);
    return new MachineError(`The browser failed while drawing: ${reason}.`.replace("..", "."), {
      code: "browser-failed",
      hint: "Run the command again; when it fails again, set PUPPETEER_EXECUTABLE_PATH to another Chrome or Chromium.",
      cause: error,
    });
  }
}

async function draw(page: Page, { clip, offset, width, scale }: DrawOptions): Promise<Buffer> {
  const found = await page.evaluate(measure, clip);
  if (found === undefined) throw new Error(`Nothing matches ${clip}.`);
  const box = moved(found, offset);
  const bottom = Math.ceil(box.y + box.height);
  if (bottom * scale > MAX_DEVICE_PIXELS) throw tooTall(bottom);
  await setViewport(page, width, Math.max(WINDOW_HEIGHT, bottom), scale);
  const bytes = await page.screenshot({
    clip: box,
    type: "png",
    optimizeForSpeed: true,
    captureBeyondViewport: false,
  });
  return Buffer.from(bytes);
}

function moved(box: Box, offset: Box = { x: 0, y: 0, width: 0, height: 0 }): Box {
  return {
    x: box.x + offset.x,
    y: box.y + offset.y,
    width: box.width + offset.width,
    height: box.height + offset.height,
  };
}

function tooTall(height: number): UserError {
  return new UserError(`The message is ${height} px high, too much for a picture.`, {
    code: "picture-too-tall",
    hint: "Choose a fixture that makes a shorter message.",
  });
}

/** Lets through what is in the page itself, and nothing else. "No content" leaves the page where it is. */
function answer(request: HTTPRequest): Promise<void> {
  if (/^(data|about):/.test(request.url())) return request.continue();
  return request.isNavigationRequest() ? request.respond({ status: 204 }) : request.abort();
}

async function setViewport(
  page: Page,
  width: number,
  height: number,
  scale: number,
): Promise<void> {
  const now = page.viewport();
  if (now?.width === width && now.height === height && now.deviceScaleFactor === scale) return;
  await page.setViewport({ width, height, deviceScaleFactor: scale });
}
