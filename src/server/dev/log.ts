/** The requests that the endpoint served, the latest ones: in memory, and bounded. */
import { UserError } from "../../errors.ts";
import type { LoggedRequest, LoggedSummary } from "./types.ts";

const MAX_ENTRIES = 200;
/** All requests that are kept, with their answers. What one of them takes is bounded by who makes them. */
const MAX_BYTES = 128_000_000;
/** So many can be kept on purpose: others must have room. */
const MAX_PINNED = 20;
/** What a value costs beside the characters in it. */
const BYTES_PER_VALUE = 16;

export class RequestLog {
  readonly #entries: { entry: LoggedRequest; bytes: number }[] = [];
  #bytes = 0;
  #lastId = 0;

  /** Adds a request, and forgets the oldest ones when there is no room. */
  add(
    request: Omit<LoggedRequest, "summary"> & { summary: Omit<LoggedSummary, "id" | "pinned"> },
  ): LoggedRequest {
    this.#lastId += 1;
    const entry = { ...request, summary: { ...request.summary, id: this.#lastId, pinned: false } };
    const bytes = bytesOf(entry);
    this.#entries.push({ entry, bytes });
    this.#bytes += bytes;
    while (
      this.#entries.length > MAX_ENTRIES ||
      (this.#bytes > MAX_BYTES && this.#entries.length > 1)
    ) {
      this.#forget(this.#oldest());
    }
    return entry;
  }

  /** The oldest that is not pinned; the oldest of all when the pinned ones take all the room. */
  #oldest(): number {
    const last = this.#entries.length - 1;
    const index = this.#entries.findIndex(({ entry }) => !entry.summary.pinned);
    return index < 0 || index === last ? 0 : index;
  }

  #forget(index: number): void {
    const [gone] = this.#entries.splice(index, 1);
    this.#bytes -= gone?.bytes ?? 0;
  }

  /**
   * Keeps a request while others come and go, or does not any more.
   * @throws UserError `unknown-request`, or `too-many-pinned`.
   */
  pin(id: number, pinned: boolean): void {
    const { summary } = this.find(id);
    const count = this.#entries.filter(({ entry }) => entry.summary.pinned).length;
    if (pinned && !summary.pinned && count >= MAX_PINNED) {
      throw new UserError(`${MAX_PINNED} requests are pinned already.`, {
        code: "too-many-pinned",
        hint: "Take the pin off another one first, or save the payload as a fixture.",
      });
    }
    summary.pinned = pinned;
  }

  /** What the entries take in memory, at most. */
  get bytes(): number {
    return this.#bytes;
  }

  /** @throws UserError `unknown-request`. */
  find(id: number): LoggedRequest {
    const found = this.#entries.find(({ entry }) => entry.summary.id === id);
    if (found) return found.entry;
    throw new UserError("That request is not kept any more.", {
      code: "unknown-request",
      hint: `The page keeps the latest ${MAX_ENTRIES}, and those that are pinned.`,
    });
  }

  /** The latest first. */
  summaries(): LoggedSummary[] {
    return this.#entries.map(({ entry }) => entry.summary).reverse();
  }

  /** Forgets all but the pinned ones. */
  clear(): void {
    const kept = this.#entries.filter(({ entry }) => entry.summary.pinned);
    this.#entries.splice(0, Number.POSITIVE_INFINITY, ...kept);
    this.#bytes = kept.reduce((sum, { bytes }) => sum + bytes, 0);
  }
}

/** What plain data takes in memory, at most: a character may take two bytes. */
function bytesOf(value: unknown): number {
  if (typeof value === "string") return BYTES_PER_VALUE + 2 * value.length;
  if (typeof value !== "object" || value === null) return BYTES_PER_VALUE;
  return Object.values(value).reduce((sum: number, one) => sum + bytesOf(one), BYTES_PER_VALUE);
}
