/** One page of the browser, whose content is swapped from picture to picture. */
import { isDeepStrictEqual } from "node:util";
import type { CDPSession, HTTPRequest, Page } from "puppeteer";
import { UserError } from "../errors.ts";
import { type Box, type Measures, showBody } from "./in-page.ts";

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

/** Chromium's surfaces end at 16384 device pixels. */
const MAX_DEVICE_PIXELS = 16_000;

/** CSS pixels. The window is as high as its picture, in these steps: what is outside of the picture is drawn as well. */
const HEIGHT_STEP = 150;

/** Nothing may be loaded: styles and images come with the page itself. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'; base-uri 'none'";

/** CSS pixels, and device pixels a CSS pixel. */
interface Window {
  width: number;
  height: number;
  deviceScaleFactor: number;
}

export class Sheet {
  readonly #page: Page;
  readonly #session: CDPSession;
  #window: Window = { width: 0, height: HEIGHT_STEP, deviceScaleFactor: 1 };
  #head: string | undefined;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(page: Page, session: CDPSession) {
    this.#page = page;
    this.#session = session;
  }

  /** Makes a page ready: no scripts, no requests. */
  static async open(page: Page): Promise<Sheet> {
    await page.setJavaScriptEnabled(false);
    await page.setRequestInterception(true);
    page.on("request", (request) => void answer(request).catch(() => undefined));
    return new Sheet(page, await page.createCDPSession());
  }

  /**
   * Draws one element of a page, when the drawings before are done.
   * @returns A PNG, not optimised.
   * @throws UserError `picture-too-tall`; what the browser throws when it has died.
   */
  draw(source: PageSource, options: DrawOptions): Promise<Buffer> {
    const drawn = this.#last.then(() => this.#draw(source, options));
    this.#last = drawn.catch(() => undefined);
    return drawn;
  }

  async #draw(source: PageSource, options: DrawOptions): Promise<Buffer> {
    const { clip, fold, offset, width, scale } = options;
    await this.#setWindow({ width, height: this.#window.height, deviceScaleFactor: scale });
    let seen = await this.#show(source, clip, fold?.selector);
    if (fold !== undefined && seen.heights.some((height) => height > fold.above)) {
      seen = await this.#show(fold.page, clip);
    }
    if (seen.box === undefined) throw new Error(`Nothing matches ${clip}.`);
    const box = rounded(moved(seen.box, offset));
    const bottom = box.y + box.height;
    if (bottom * scale > MAX_DEVICE_PIXELS) throw tooTall(bottom);
    const height = HEIGHT_STEP * Math.ceil(bottom / HEIGHT_STEP);
    await this.#setWindow({ width, height, deviceScaleFactor: scale });
    return this.#capture(box);
  }

  async #show({ head, body }: PageSource, clip: string, folded?: string): Promise<Measures> {
    if (this.#head !== head) {
      this.#head = undefined;
      const policy = `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`;
      const html = `<!doctype html><html lang="en"><head><meta charset="utf-8">${policy}${head}</head><body></body></html>`;
      await this.#page.setContent(html, { waitUntil: "load" });
      this.#head = head;
    }
    return this.#page.evaluate(showBody, body, clip, folded);
  }

  /** What puppeteer's own `screenshot` does, which takes one page at a time to the front and twice as long. */
  async #capture(box: Box): Promise<Buffer> {
    const { data } = await this.#session.send("Page.captureScreenshot", {
      format: "png",
      optimizeForSpeed: true,
      captureBeyondViewport: false,
      clip: { ...box, scale: 1 },
    });
    return Buffer.from(data, "base64");
  }

  /** By the session that captures: what puppeteer sets holds for its own. */
  async #setWindow(window: Window): Promise<void> {
    if (isDeepStrictEqual(window, this.#window)) return;
    await this.#session.send("Emulation.setDeviceMetricsOverride", { ...window, mobile: false });
    this.#window = window;
  }
}

function moved(box: Box, offset: Box = { x: 0, y: 0, width: 0, height: 0 }): Box {
  return {
    x: box.x + offset.x,
    y: box.y + offset.y,
    width: box.width + offset.width,
    height: box.height + offset.height,
  };
}

/** The nearest whole pixels to the edges. */
function rounded({ x, y, width, height }: Box): Box {
  const [left, top] = [Math.round(x), Math.round(y)];
  return {
    x: left,
    y: top,
    width: Math.round(x + width) - left,
    height: Math.round(y + height) - top,
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
