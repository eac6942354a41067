/** Lets work through one at a time: there is one Python, and one browser. */

interface Waiting {
  start(): void;
  isWanted(): boolean;
}

/** Too much work waits already. */
export class TooBusyError extends Error {}

export class PriorityQueue {
  readonly #capacity: number;
  /** Requests go before drafts: those that look at a draft can wait. */
  readonly #lines: Record<Urgency, Waiting[]> = { request: [], draft: [] };
  #busy = false;

  /** @param capacity How much work may wait. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /**
   * Does some work when its turn comes, in the order of the calls.
   * @param signal Work whose signal is aborted before its turn is never started.
   * @throws TooBusyError; the signal's reason.
   */
  async pass<T>(urgency: Urgency, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    await this.#turn(urgency, signal);
    try {
      return await work();
    } finally {
      this.#busy = false;
      this.#next();
    }
  }

  /** Waits until nothing is worked on and nothing waits. */
  async idle(): Promise<void> {
    if (!this.#busy) return;
    await new Promise<void>((start) => {
      this.#lines.draft.push({ start, isWanted: () => true });
    });
    this.#busy = false;
    this.#next();
  }

  #turn(urgency: Urgency, signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (!this.#busy) {
      this.#busy = true;
      return Promise.resolve();
    }
    const { request, draft } = this.#lines;
    if (request.length + draft.length >= this.#capacity) return Promise.reject(new TooBusyError());
    return new Promise((start, refuse) => {
      const isWanted = (): boolean => !signal?.aborted;
      this.#lines[urgency].push({ start, isWanted });
      signal?.addEventListener("abort", () => refuse(signal.reason), { once: true });
    });
  }

  #next(): void {
    const { request, draft } = this.#lines;
    let waiting = request.shift() ?? draft.shift();
    while (waiting && !waiting.isWanted()) waiting = request.shift() ?? draft.shift();
    if (!waiting) return;
    this.#busy = true;
    waiting.start();
  }
}

export type Urgency = "request" | "draft";
