/** One process of Chromium with its profile, and the page in it. */
import type { Browser as Chromium } from "puppeteer";
import { temporaryFolder } from "../host/temp.ts";
import type { FoundBrowser } from "./find.ts";
import { launchChromium } from "./launch.ts";
import { Sheet } from "./sheet.ts";

export class BrowserProcess {
  #closing: Promise<void> | undefined;

  private constructor(
    private readonly chromium: Chromium,
    private readonly release: () => Promise<void>,
    private readonly found: FoundBrowser,
    /** The page that it draws on. */
    readonly sheet: Sheet,
  ) {}

  /**
   * Starts a browser with an empty profile, and makes a page ready.
   * @throws MachineError `browser-failed` when it does not start; what the browser throws when it dies.
   */
  static async start(found: FoundBrowser, signal?: AbortSignal): Promise<BrowserProcess> {
    const profile = await temporaryFolder("browser");
    const release = () => profile.release();
    let chromium: Chromium | undefined;
    try {
      chromium = await launchChromium(found, profile.path, signal);
      const [first] = await chromium.pages();
      return new BrowserProcess(
        chromium,
        release,
        found,
        await Sheet.open(first ?? (await chromium.newPage())),
      );
    } catch (error) {
      if (chromium !== undefined) await end(chromium);
      await release();
      throw error;
    }
  }

  /** Whether it was started from this program. */
  isOf({ path, libraries }: FoundBrowser): boolean {
    return path === this.found.path && libraries === this.found.libraries;
  }

  /** Whether it still answers. */
  get isUsable(): boolean {
    return this.#closing === undefined && this.chromium.connected;
  }

  /** Ends it and removes its profile. May be called twice. */
  close(): Promise<void> {
    this.#closing ??= end(this.chromium).then(this.release);
    return this.#closing;
  }
}

async function end(chromium: Chromium): Promise<void> {
  const child = chromium.process();
  await chromium.close().catch(() => undefined);
  if (child !== null && child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
}
