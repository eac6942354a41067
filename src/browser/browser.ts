/** One Chromium, on some pages of which pictures are drawn. */
import type { Browser as Chromium, Page } from "puppeteer";
import { CancelledError, MachineError, messageOf, UserError } from "../errors.ts";
import { temporaryFolder } from "../host/temp.ts";
import { type BrowserProgress, type FoundBrowser, findBrowser } from "./find.ts";
import { launchChromium } from "./launch.ts";
import { type DrawOptions, type PageSource, Sheet } from "./sheet.ts";

export interface Browser {
  readonly found: FoundBrowser;
  /**
   * Draws one element of a page. Calls are served in turn, as many at once as there are pages.
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
  /** How many pictures to draw at once at most: most of the time of one is waiting for the next frame. One by default. */
  pages?: number;
}

/**
 * Starts a browser.
 * @throws MachineError `no-browser` or `browser-failed`, each with what to do.
 */
export async function openBrowser(options: OpenOptions = {}): Promise<Browser> {
  const { onProgress, signal, pages = 1 } = options;
  if (signal?.aborted) throw new CancelledError();
  const found = await findBrowser(onProgress);
  onProgress?.("Starting the browser");
  const profile = await temporaryFolder("browser");
  try {
    const chromium = await launchChromium(found, profile.path, signal);
    const browser = new OpenBrowser(found, chromium, pages, () => profile.release(), signal);
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
  readonly #sheets: Promise<Sheet>[] = [];
  /** How many drawings each sheet has to do. */
  readonly #waiting: number[] = [];
  #closing: Promise<void> | undefined;

  constructor(
    readonly found: FoundBrowser,
    private readonly chromium: Chromium,
    private readonly pages: number,
    private readonly release: () => Promise<void>,
    private readonly signal: AbortSignal | undefined,
  ) {
    signal?.addEventListener("abort", this.#onAbort, { once: true });
  }

  readonly #onAbort = (): void => {
    void this.close();
  };

  /** Makes the first page. */
  async prepare(): Promise<void> {
    this.#add(this.chromium.pages().then(([first]) => first ?? this.chromium.newPage()));
    try {
      await this.#sheets[0];
    } catch (error) {
      await this.close();
      throw this.#failure(error);
    }
  }

  async drawPage(source: PageSource, options: DrawOptions): Promise<Buffer> {
    const index = this.#freest();
    this.#waiting[index] = (this.#waiting[index] ?? 0) + 1;
    try {
      const sheet = await this.#sheets[index];
      if (sheet === undefined || this.#closing !== undefined) throw new Error("it is closed");
      return await sheet.draw(source, options);
    } catch (error) {
      throw error instanceof UserError ? error : this.#failure(error);
    } finally {
      this.#waiting[index] = (this.#waiting[index] ?? 1) - 1;
    }
  }

  /** The sheet with the least to do. Where all are busy another one is made, while there may be more. */
  #freest(): number {
    const least = Math.min(...this.#waiting);
    const isFull = this.#sheets.length >= this.pages || this.#closing !== undefined;
    return least === 0 || isFull
      ? this.#waiting.indexOf(least)
      : this.#add(this.chromium.newPage());
  }

  #add(page: Promise<Page>): number {
    const sheet = page.then((opened) => Sheet.open(opened));
    // Told by the drawing that waits for it.
    sheet.catch(() => undefined);
    this.#waiting.push(0);
    return this.#sheets.push(sheet) - 1;
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
    return new MachineError(
      `The browser failed while drawing: ${messageOf(error)}.`.replace("..", "."),
      {
        code: "browser-failed",
        hint: "Run the command again; when it fails again, set PUPPETEER_EXECUTABLE_PATH to another Chrome or Chromium.",
        cause: error,
      },
    );
  }
}
