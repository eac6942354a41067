/** Processes that outlive who started them, since a start takes longer than most of what they are asked for. */

/** A process that can wait for its next user. */
export interface PooledProcess {
  /** Whether it answers, and has nothing to do. */
  readonly isUsable: boolean;
  /** Says whether this program may end while the process is there; what does not say so keeps this program. */
  mayBeLeft?(may: boolean): void;
  /** Ends it. May be called twice. */
  close(): Promise<void>;
}

/** Each holds 100 to 150 MB. */
const MOST_IDLE = 2;

export class ProcessPool<T extends PooledProcess> {
  /** The one that was given back last is the last. */
  #idle: T[] = [];
  #closed = false;

  /** Whether there is one that could be taken. */
  get hasIdle(): boolean {
    return this.#idle.some(({ isUsable }) => isUsable);
  }

  /** Takes out the one that was given back last of those that fit. */
  take(fits: (process: T) => boolean): T | undefined {
    // One may have ended meanwhile, and leaves a folder that it used.
    const ended = this.#idle.filter(({ isUsable }) => !isUsable);
    this.#idle = this.#idle.filter(({ isUsable }) => isUsable);
    for (const process of ended) void end(process);
    const at = this.#idle.findLastIndex(fits);
    const [taken] = at < 0 ? [] : this.#idle.splice(at, 1);
    taken?.mayBeLeft?.(false);
    return taken;
  }

  /** Takes one back. One that cannot be used again is ended. */
  async giveBack(process: T): Promise<void> {
    if (this.#closed || !process.isUsable) return process.close();
    process.mayBeLeft?.(true);
    this.#idle.push(process);
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
async function end(process: PooledProcess): Promise<void> {
  process.mayBeLeft?.(false);
  await process.close();
}
