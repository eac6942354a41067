/** The requests that the endpoint served, the latest ones: in memory, and bounded. */
import type { LoggedRequest, LoggedSummary } from "./types.ts";

const MAX_ENTRIES = 200;
const MAX_CHARACTERS = 50_000_000;

export class RequestLog {
  #entries: LoggedRequest[] = [];
  #lastId = 0;

  /** Adds a request, and forgets the oldest ones when there is no room. */
  add(
    request: Omit<LoggedRequest, "summary"> & { summary: Omit<LoggedSummary, "id"> },
  ): LoggedRequest {
    this.#lastId += 1;
    const entry = { ...request, summary: { ...request.summary, id: this.#lastId } };
    this.#entries.push(entry);
    let size = this.#entries.reduce((sum, { draft }) => sum + draft.body.length, 0);
    while (
      this.#entries.length > MAX_ENTRIES ||
      (size > MAX_CHARACTERS && this.#entries.length > 1)
    ) {
      size -= this.#entries.shift()?.draft.body.length ?? 0;
    }
    return entry;
  }

  find(id: number): LoggedRequest | undefined {
    return this.#entries.find(({ summary }) => summary.id === id);
  }

  /** The latest first. */
  summaries(): LoggedSummary[] {
    return this.#entries.map(({ summary }) => summary).reverse();
  }

  clear(): void {
    this.#entries = [];
  }
}
