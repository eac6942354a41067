/** One Chromium, on a page of which pictures are drawn. */
import type { Browser as Chromium } from "puppeteer";
import { CancelledError, MachineError, messageOf, UserError } from "../errors.ts";
import { temporaryFolder } from "../host/temp.ts";
import type { Drawing } from "./cut.ts";
import { type BrowserProgress, type FoundBrowser, findBrowser } from "./find.ts";
import { launchChromium } from "./launch.ts";
import { type DrawOptions, type PageSource, Sheet } from "./sheet.ts";

export interface Browser {
  readonly found: FoundBrowser;
  /**
   * Draws one element of a page. What is asked for while other pictures are drawn is drawn together.
   * @throws UserError `picture-too-tall`; MachineError `browser-failed` when the browser has died.
   */
  drawPage(page: PageSource, options: DrawOptions): Promise<Drawing>;
  /** Ends the browser and removes its profile. May be called twice. */
  close(): Promise<void>;
}

export interface OpenOptions {
  onProgress?: BrowserProgress;
  /** Ends the browser when aborted; what is being drawn fails with CancelledError. */
  signal?: AbortSignal;
}

/**
 * Starts a browser.
 * @throws MachineError `no-browser` or `browser-failed`, each with what to do.
 */
export async function openBrowser(options: OpenOptions = {}): Promise<Browser> {
  const { onProgress, signal } = options;
  if (signal?.aborted) throw new CancelledError();
  const found = await findBrowser(onProgress);
  onProgress?.("Starting the browser");
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
  #sheet: Sheet | undefined;
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

  /** Makes the page ready. */
  async prepare(): Promise<void> {
    try {
      const [first] = await this.chromium.pages();
      this.#sheet = await Sheet.open(first ?? (await this.chromium.newPage()));
    } catch (error) {
      await this.close();
      throw this.#failure(error);
    }
  }

  async drawPage(source: PageSource, options: DrawOptions): Promise<Drawing> {
    try {
      if (this.#sheet === undefined || this.#closing !== undefined) throw new Error("it is closed");
      return await this.#sheet.draw(source, options);
    } catch (error) {
      throw error instanceof UserError ? error : this.#failure(error);
    }
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
