/** Browsers that outlive who drew with them: a start takes longer than most pictures. */
import type { FoundBrowser } from "./find.ts";
import { BrowserProcess } from "./process.ts";

/** Each holds some 100 MB. */
const MOST_IDLE = 2;

export class BrowserPool {
  #idle: BrowserProcess[] = [];
  #closed = false;

  /** Takes out one that is of this program, or starts one. */
  async take(found: FoundBrowser, signal: AbortSignal | undefined): Promise<BrowserProcess> {
    const at = this.#idle.findLastIndex((process) => process.isOf(found));
    const [taken] = at < 0 ? [] : this.#idle.splice(at, 1);
    // It may have ended meanwhile.
    if (taken?.isConnected) return taken;
    await taken?.close();
    return BrowserProcess.start(found, signal);
  }

  /** Takes one back that has nothing to draw. */
  async giveBack(process: BrowserProcess): Promise<void> {
    if (this.#closed || !process.isConnected) return process.close();
    this.#idle.push(process);
    const [oldest] = this.#idle.length > MOST_IDLE ? this.#idle.splice(0, 1) : [];
    await oldest?.close();
  }

  /** Ends all that are idle, and from now on those that are given back. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#idle.splice(0).map((process) => process.close()));
  }
}
