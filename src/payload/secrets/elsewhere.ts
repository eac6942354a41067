/** Values that stand in a text without what gave them away. A text is read once, however many values there are. */
import { UserError } from "../../errors.ts";

/** Shorter values may be a part of anything; they are replaced only where they were found. */
const MIN_LENGTH = 8;

/** Values that begin alike are compared one by one; more comparisons than this are somebody's intent. */
const MAX_COMPARED = 20_000_000;

export class Elsewhere {
  readonly #by = new Map<string, string>();
  /** The lengths of the values that begin with the same characters, the longest first. */
  readonly #lengths = new Map<string, number[]>();
  readonly #starts = new Set<number>();

  /** Replaces a value from now on. */
  add(value: string, by: string): void {
    if (value.length < MIN_LENGTH) return;
    this.#by.set(value, by);
    this.#starts.add(value.charCodeAt(0));
    const start = value.slice(0, MIN_LENGTH);
    const lengths = this.#lengths.get(start) ?? [];
    if (!lengths.includes(value.length)) {
      this.#lengths.set(
        start,
        [...lengths, value.length].sort((a, b) => b - a),
      );
    }
  }

  /**
   * Replaces the values in a text.
   * @throws UserError `too-many-secrets` for a text that is made to take for ever.
   */
  replaceIn(text: string): string {
    const parts: string[] = [];
    let [done, compared] = [0, 0];
    for (let at = 0; at + MIN_LENGTH <= text.length; at += 1) {
      if (!this.#starts.has(text.charCodeAt(at))) continue;
      for (const length of this.#lengths.get(text.slice(at, at + MIN_LENGTH)) ?? []) {
        compared += 1;
        const by = this.#by.get(text.slice(at, at + length));
        if (by === undefined) continue;
        parts.push(text.slice(done, at), by);
        done = at + length;
        at = done - 1;
        break;
      }
      if (compared > MAX_COMPARED) throw tooMany();
    }
    return parts.join("") + text.slice(done);
  }
}

function tooMany(): UserError {
  return new UserError("It holds too many secrets that begin alike.", {
    code: "too-many-secrets",
    hint: "Replace them by hand.",
  });
}
