/** Chromium, on whose pages pictures are drawn. */
import { CancelledError, MachineError, messageOf, UserError } from "../errors.ts";
import type { ProcessPool } from "../host/process-pool.ts";
import { type BrowserProgress, type FoundBrowser, findBrowser } from "./find.ts";
import type { Drawing } from "./pixels.ts";
import { BrowserProcess } from "./process.ts";
import type { DrawOptions, PageSource } from "./sheet.ts";

export interface Browser {
  readonly found: FoundBrowser;
  /**
   * Draws one element of a page; it waits its turn. A picture is the same whatever was drawn before it, and whichever
   * process draws it.
   * @throws UserError `picture-too-tall` or `unsteady-picture`; MachineError `browser-failed` when the browser has died.
   */
  drawPage(page: PageSource, options: DrawOptions): Promise<Drawing>;
  /** Ends the browser and removes its profiles. May be called twice. */
  close(): Promise<void>;
}

export interface OpenOptions {
  onProgress?: BrowserProgress;
  /** Ends the browser when aborted; what is being drawn fails with CancelledError. */
  signal?: AbortSignal;
  /** How many processes draw at once; 1 by default. */
  processes?: number;
  /** Where processes are taken from, and given back to; without one they end with this browser. */
  pool?: ProcessPool<BrowserProcess> | undefined;
}

/**
 * Starts a browser.
 * @throws MachineError `no-browser` or `browser-failed`, each with what to do.
 */
export async function openBrowser(options: OpenOptions = {}): Promise<Browser> {
  const { onProgress, signal, processes = 1, pool } = options;
  if (signal?.aborted) throw new CancelledError();
  const found = await findBrowser(onProgress);
  onProgress?.("Starting the browser");
  const start = async () =>
    pool?.take((process) => process.isOf(found)) ?? BrowserProcess.start(found, signal);
  const browser = new OpenBrowser(found, Array.from({ length: processes }, start), options);
  await browser.started();
  return browser;
}

/** A drawing that is asked for. */
interface Order {
  page: PageSource;
  options: DrawOptions;
  done(drawing: Drawing | Promise<Drawing>): void;
  fail(error: unknown): void;
}

class OpenBrowser implements Browser {
  readonly #orders: Order[] = [];
  readonly #idle: BrowserProcess[] = [];
  #closing: Promise<void> | undefined;

  constructor(
    readonly found: FoundBrowser,
    private readonly processes: readonly Promise<BrowserProcess>[],
    private readonly options: OpenOptions,
  ) {
    options.signal?.addEventListener("abort", this.#onAbort, { once: true });
    for (const process of processes) {
      // One that does not start is missed only when no other does.
      void process.then((started) => this.#work(started)).catch(() => undefined);
    }
  }

  readonly #onAbort = (): void => {
    void this.close();
  };

  /** Waits until one process is there. */
  async started(): Promise<void> {
    try {
      await Promise.any(this.processes);
      if (!this.options.signal?.aborted) return;
    } catch (error) {
      await this.close();
      throw this.#failure(error instanceof AggregateError ? error.errors[0] : error);
    }
    await this.close();
    throw new CancelledError();
  }

  async drawPage(page: PageSource, options: DrawOptions): Promise<Drawing> {
    try {
      if (this.#closing !== undefined) throw new Error("it is closed");
      return await new Promise<Drawing>((done, fail) => {
        this.#orders.push({ page, options, done, fail });
        const process = this.#idle.pop();
        if (process !== undefined) void this.#work(process);
      });
    } catch (error) {
      throw error instanceof UserError ? error : this.#failure(error);
    }
  }

  /** Draws on a process's page as long as something is asked for. */
  async #work(process: BrowserProcess): Promise<void> {
    for (let order = this.#orders.shift(); order !== undefined; order = this.#orders.shift()) {
      const { page, options, done, fail } = order;
      await process.sheet.capture(page, options).then((unpack) => done(unpack()), fail);
    }
    this.#idle.push(process);
  }

  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    const { signal, pool } = this.options;
    signal?.removeEventListener("abort", this.#onAbort);
    const ends = this.processes.map(async (starting) => {
      const process = await starting;
      // One that still draws is of no use to others.
      return pool && this.#idle.includes(process) ? pool.giveBack(process) : process.close();
    });
    await Promise.allSettled(ends);
    for (const { fail } of this.#orders.splice(0)) fail(new Error("it is closed"));
  }

  #failure(error: unknown): Error {
    if (this.options.signal?.aborted) return new CancelledError();
    if (error instanceof MachineError) return error;
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
