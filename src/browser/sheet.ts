/** One page of the browser, on which pictures are laid out one under another and captured together. */
import { isDeepStrictEqual } from "node:util";
import type { CDPSession, HTTPRequest, Page } from "puppeteer";
import { UserError } from "../errors.ts";
import { cutOut, type Drawing } from "./cut.ts";
import { type Box, type Piece, reveal, showPieces } from "./in-page.ts";

/** A page in two parts. Pages that share a head are drawn together. */
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
  fold?: { selector: string; above: number; body: string };
}

/** Chromium's surfaces end at 16384 device pixels. */
const MAX_DEVICE_PIXELS = 16_000;

/** CSS pixels. The window is as high as its pictures, in these steps: what is outside of them is drawn as well. */
const HEIGHT_STEP = 150;

/** How many pictures are laid out at once at most. */
const MOST = 12;

/** CSS pixels: what is captured at once is no higher, unless it is a single picture. It bounds the memory. */
const CAPTURE_HEIGHT = 3000;

/** Nothing may be loaded: styles and images come with the page itself. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'; base-uri 'none'";

const NO_OFFSET: Box = { x: 0, y: 0, width: 0, height: 0 };

/** CSS pixels, and device pixels a CSS pixel. */
interface Window {
  width: number;
  height: number;
  deviceScaleFactor: number;
}

/** A drawing that is asked for. */
interface Order {
  source: PageSource;
  options: DrawOptions;
  done(drawing: Drawing): void;
  fail(error: unknown): void;
}

/** An order and where its picture is on the page, in whole CSS pixels. */
interface Placed {
  order: Order;
  box: Box;
}

export class Sheet {
  readonly #page: Page;
  readonly #session: CDPSession;
  readonly #orders: Order[] = [];
  #window: Window = { width: 0, height: HEIGHT_STEP, deviceScaleFactor: 1 };
  #head: string | undefined;
  #isBusy = false;

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
   * Draws one element of a page. What is asked for while other pictures are drawn is drawn together afterwards.
   * @throws UserError `picture-too-tall`; what the browser throws when it has died.
   */
  draw(source: PageSource, options: DrawOptions): Promise<Drawing> {
    return new Promise((done, fail) => {
      this.#orders.push({ source, options, done, fail });
      if (!this.#isBusy) void this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#isBusy = true;
    // Who asks for several pictures at once does so in a row.
    await Promise.resolve();
    while (this.#orders.length > 0) {
      const batch = this.#nextBatch();
      await this.#draw(batch).catch((error: unknown) => {
        for (const { fail } of batch) fail(error);
      });
    }
    this.#isBusy = false;
  }

  /** Orders that can share the page. Those for the head that it has come first, because another one takes long to load. */
  #nextBatch(): Order[] {
    const first =
      this.#orders.find(({ source }) => source.head === this.#head) ?? (this.#orders[0] as Order);
    const batch = this.#orders.filter((order) => canShare(order, first)).slice(0, MOST);
    for (const order of batch) this.#orders.splice(this.#orders.indexOf(order), 1);
    return batch;
  }

  /** Draws the orders of a batch that the page has room for; the others come next. */
  async #draw(batch: readonly Order[]): Promise<void> {
    const [{ source, options }] = batch as [Order];
    await this.#setWindow({ ...windowOf(options), height: this.#window.height });
    await this.#load(source.head);
    const seen = await this.#page.evaluate(showPieces, batch.map(pieceOf), CAPTURE_HEIGHT);
    const placed = seen.flatMap((box, index) => placedAt(batch[index] as Order, box));
    if (placed.length > 0) await this.#capture(placed);
    this.#orders.unshift(...batch.slice(seen.length));
  }

  async #load(head: string): Promise<void> {
    if (this.#head === head) return;
    this.#head = undefined;
    const policy = `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`;
    // On a page that scrolls, what sticks to its edge is drawn another way.
    const html = `<!doctype html><html lang="en" style="overflow:hidden;transition:none"><head><meta charset="utf-8">${policy}${head}</head><body></body></html>`;
    await this.#page.setContent(html, { waitUntil: "load" });
    this.#head = head;
  }

  /** What puppeteer's own `screenshot` does, which takes one page at a time to the front and twice as long. */
  async #capture(placed: readonly Placed[]): Promise<void> {
    const clip = around(placed.map(({ box }) => box));
    const { options } = (placed[0] as Placed).order;
    const height = HEIGHT_STEP * Math.ceil((clip.y + clip.height) / HEIGHT_STEP);
    await this.#setWindow({ ...windowOf(options), height });
    await this.#page.evaluate(reveal);
    const { data } = await this.#session.send("Page.captureScreenshot", {
      format: "png",
      optimizeForSpeed: true,
      captureBeyondViewport: false,
      clip: { ...clip, scale: 1 },
    });
    // The next pictures are drawn while these are cut out.
    void deliver(Buffer.from(data, "base64"), placed, clip);
  }

  /** By the session that captures: what puppeteer sets holds for its own. */
  async #setWindow(window: Window): Promise<void> {
    if (isDeepStrictEqual(window, this.#window)) return;
    await this.#session.send("Emulation.setDeviceMetricsOverride", { ...window, mobile: false });
    this.#window = window;
  }
}

async function deliver(png: Buffer, placed: readonly Placed[], clip: Box): Promise<void> {
  const boxes = placed.map(({ box, order }) => {
    return scaled({ ...box, x: box.x - clip.x, y: box.y - clip.y }, order.options.scale);
  });
  try {
    const drawings = await cutOut(png, boxes);
    for (const [index, { order }] of placed.entries()) order.done(drawings[index] as Drawing);
  } catch (error) {
    for (const { order } of placed) order.fail(error);
  }
}

function canShare(one: Order, other: Order): boolean {
  return (
    one.source.head === other.source.head &&
    one.options.width === other.options.width &&
    one.options.scale === other.options.scale
  );
}

function windowOf({ width, scale }: DrawOptions): Omit<Window, "height"> {
  return { width, deviceScaleFactor: scale };
}

/** Where the picture of an order is. One that cannot be drawn fails by itself. */
function placedAt(order: Order, seen: Box | null): Placed[] {
  const { clip, offset, scale } = order.options;
  if (seen === null) {
    order.fail(new Error(`Nothing matches ${clip}.`));
    return [];
  }
  const box = rounded(moved(seen, offset));
  const bottom = box.y + box.height;
  if (bottom * scale <= MAX_DEVICE_PIXELS) return [{ order, box }];
  order.fail(tooTall(bottom));
  return [];
}

function pieceOf({ source: { body }, options: { clip, offset = NO_OFFSET, fold } }: Order): Piece {
  const below = Math.ceil(offset.y + offset.height);
  return { body, clip, below, ...(fold && { fold }) };
}

function moved(box: Box, by: Box = NO_OFFSET): Box {
  return {
    x: box.x + by.x,
    y: box.y + by.y,
    width: box.width + by.width,
    height: box.height + by.height,
  };
}

function scaled({ x, y, width, height }: Box, by: number): Box {
  return { x: x * by, y: y * by, width: width * by, height: height * by };
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

/** The smallest box around others. */
function around(boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
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
