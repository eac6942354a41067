/** One page of the browser, on which pictures are drawn one after the other. */
import { isDeepStrictEqual } from "node:util";
import type { CDPSession, HTTPRequest, Page } from "puppeteer";
import { UserError } from "../errors.ts";
import { type Box, boxOf, type Fold, showBody } from "./in-page.ts";
import { type Drawing, type Size, unpackCapture } from "./pixels.ts";

/** A page in two parts. */
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
  /** Draws another body instead when an element that matches is higher than so many CSS pixels. */
  fold?: Fold;
}

/** Chromium's surfaces end at 16384 device pixels. */
const MAX_DEVICE_PIXELS = 16_000;

/** CSS pixels: the height of the window that Connect's own tool draws in. Styles ask for it. */
const WINDOW_HEIGHT = 1024;

/** How often a window is made higher for a picture before its styles are taken to follow the window without end. */
const MOST_WINDOWS = 4;

/** Nothing may be loaded: styles and images come with the page itself. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'; base-uri 'none'";

/** What moves would look different each time. */
const STILL =
  "<style>*,::before,::after{animation:none!important;transition:none!important}</style>";

/** CSS pixels, and device pixels a CSS pixel. */
interface Window {
  width: number;
  height: number;
  deviceScaleFactor: number;
}

export class Sheet {
  readonly #page: Page;
  readonly #session: CDPSession;
  #window: Window | undefined;
  #head: string | undefined;

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
   * Captures one element of a page; one at a time.
   * @returns What unpacks the capture: the page is free for the next one before that is done.
   * @throws UserError `picture-too-tall` or `unsteady-picture`; what the browser throws when it has died.
   */
  async capture({ head, body }: PageSource, options: DrawOptions): Promise<() => Promise<Drawing>> {
    const { clip, fold, width, scale } = options;
    await this.#setWindow({ width, height: WINDOW_HEIGHT, deviceScaleFactor: scale });
    await this.#load(head);
    const first = await this.#page.evaluate(showBody, body, clip, fold);
    const seen = await this.#fitWindow(first, options);
    const box = boxIn(seen, options);
    const { data } = await this.#session.send("Page.captureScreenshot", {
      format: "png",
      optimizeForSpeed: true,
      captureBeyondViewport: false,
      clip: { ...box, scale: 1 },
    });
    if (!isDeepStrictEqual(await this.#page.evaluate(boxOf, clip), seen)) {
      throw unsteady("moves while it is drawn");
    }
    return () => unpackCapture(Buffer.from(data, "base64"), scaled(box, scale));
  }

  /**
   * What does not fit the window gets a higher one, and is measured there: styles may ask for the window's height.
   * @returns Where the element is in the end.
   */
  async #fitWindow(first: Box | null, options: DrawOptions): Promise<Box | null> {
    let seen = first;
    for (let tries = 0; tries < MOST_WINDOWS; tries += 1) {
      const { y, height } = boxIn(seen, options);
      const window = this.#window as Window;
      if (y + height <= window.height) return seen;
      const needed = Math.ceil((y + height) / WINDOW_HEIGHT) * WINDOW_HEIGHT;
      await this.#setWindow({ ...window, height: needed });
      seen = await this.#page.evaluate(boxOf, options.clip);
    }
    throw unsteady("grows with the window");
  }

  async #load(head: string): Promise<void> {
    if (this.#head === head) return;
    this.#head = undefined;
    const policy = `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`;
    // On a page that scrolls, what sticks to its edge is drawn another way.
    const html = `<!doctype html><html lang="en" style="overflow:hidden"><head><meta charset="utf-8">${policy}${head}${STILL}</head><body></body></html>`;
    await this.#page.setContent(html, { waitUntil: "load" });
    this.#head = head;
  }

  /** By the session that captures: what puppeteer sets holds for its own. */
  async #setWindow(window: Window): Promise<void> {
    if (isDeepStrictEqual(window, this.#window)) return;
    await this.#session.send("Emulation.setDeviceMetricsOverride", { ...window, mobile: false });
    this.#window = { ...window };
  }
}

/** The part of the window that becomes the picture. */
function boxIn(seen: Box | null, { clip, offset, scale }: DrawOptions): Box {
  if (seen === null) throw new Error(`Nothing matches ${clip}.`);
  const box = rounded(moved(seen, offset));
  const bottom = box.y + box.height;
  if (bottom * scale > MAX_DEVICE_PIXELS) throw tooTall(bottom);
  return box;
}

function moved(box: Box, by: Box = { x: 0, y: 0, width: 0, height: 0 }): Box {
  return {
    x: box.x + by.x,
    y: box.y + by.y,
    width: box.width + by.width,
    height: box.height + by.height,
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

function unsteady(what: string): UserError {
  return new UserError(`The message ${what}, so that no two pictures of it would be the same.`, {
    code: "unsteady-picture",
    hint: "Look at what the tree's style sheets do to it, or use --theme builtin.",
  });
}

function scaled({ width, height }: Box, by: number): Size {
  return { width: width * by, height: height * by };
}

/** Lets through what is in the page itself, and nothing else. "No content" leaves the page where it is. */
function answer(request: HTTPRequest): Promise<void> {
  if (/^(data|about):/.test(request.url())) return request.continue();
  return request.isNavigationRequest() ? request.respond({ status: 204 }) : request.abort();
}
