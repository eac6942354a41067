/**
 * Processes of Python that outlive the engine that started them. An engine that is closed gives its processes back, and
 * the next one on the same library takes the difference between the trees in, which takes a tenth of a start.
 *
 * What code of a tree has done to Python stays: those who share a pool trust each other as integrations of one tree do.
 */
import type { PythonClient } from "./client.ts";

/** Each holds some 150 MB. */
const MOST_IDLE = 2;

export class PythonPool {
  /** The one that was given back last is the last. */
  #idle: PythonClient[] = [];
  #closed = false;

  /** Whether there is one that could be taken, if it has the right library. */
  get hasIdle(): boolean {
    return this.#idle.some(({ isDead }) => !isDead);
  }

  /**
   * Takes a process out.
   * @param library The key of the library that it has to have loaded.
   */
  take(library: string): PythonClient | undefined {
    this.#idle = this.#idle.filter(({ isDead }) => !isDead);
    const at = this.#idle.findLastIndex(({ loaded }) => loaded?.library === library);
    const [taken] = at < 0 ? [] : this.#idle.splice(at, 1);
    taken?.mayBeLeft(false);
    return taken;
  }

  /** Takes a process back that has nothing to do. One that cannot be used again is ended. */
  async giveBack(client: PythonClient): Promise<void> {
    if (this.#closed || !client.isIdle || client.loaded === undefined) return client.close();
    // This program may end meanwhile: the process ends with it.
    client.mayBeLeft(true);
    this.#idle.push(client);
    const [oldest] = this.#idle.length > MOST_IDLE ? this.#idle.splice(0, 1) : [];
    if (oldest) await end(oldest);
  }

  /** Ends all that are idle, and from now on those that are given back. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#idle.splice(0).map(end));
  }
}

/** Waits until it is gone, and keeps this program for as long. */
async function end(client: PythonClient): Promise<void> {
  client.mayBeLeft(false);
  await client.close();
}
