/** The requests that the endpoint served, the latest ones: in memory, and bounded. */
import type { LoggedRequest, LoggedSummary } from "./types.ts";

const MAX_ENTRIES = 200;
/** All requests that are kept, with their answers. What one of them takes is bounded by who makes them. */
const MAX_BYTES = 128_000_000;
/** What a value costs beside the characters in it. */
const BYTES_PER_VALUE = 16;

export class RequestLog {
  readonly #entries: { entry: LoggedRequest; bytes: number }[] = [];
  #bytes = 0;
  #lastId = 0;

  /** Adds a request, and forgets the oldest ones when there is no room. */
  add(
    request: Omit<LoggedRequest, "summary"> & { summary: Omit<LoggedSummary, "id"> },
  ): LoggedRequest {
    this.#lastId += 1;
    const entry = { ...request, summary: { ...request.summary, id: this.#lastId } };
    const bytes = bytesOf(entry);
    this.#entries.push({ entry, bytes });
    this.#bytes += bytes;
    while (
      this.#entries.length > MAX_ENTRIES ||
      (this.#bytes > MAX_BYTES && this.#entries.length > 1)
    ) {
      this.#bytes -= this.#entries.shift()?.bytes ?? 0;
    }
    return entry;
  }

  /** What the entries take in memory, at most. */
  get bytes(): number {
    return this.#bytes;
  }

  find(id: number): LoggedRequest | undefined {
    return this.#entries.find(({ entry }) => entry.summary.id === id)?.entry;
  }

  /** The latest first. */
  summaries(): LoggedSummary[] {
    return this.#entries.map(({ entry }) => entry.summary).reverse();
  }

  clear(): void {
    this.#entries.length = 0;
    this.#bytes = 0;
  }
}

/** What plain data takes in memory, at most: a character may take two bytes. */
function bytesOf(value: unknown): number {
  if (typeof value === "string") return BYTES_PER_VALUE + 2 * value.length;
  if (typeof value !== "object" || value === null) return BYTES_PER_VALUE;
  return Object.values(value).reduce((sum: number, one) => sum + bytesOf(one), BYTES_PER_VALUE);
}
