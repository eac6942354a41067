/** Replacing what may not be published: the same value by the same other one everywhere, and nothing else touched. */
import type { Sensitive } from "./find.ts";
import { isPlaceholder } from "./keyed.ts";

/** What services put before the secret part of their credentials. */
const openings =
  /^(gh[pousr]_|github_pat_|glpat-|xox[a-z]-|AKIA|ASIA|[rs]k_live_|AIza|SG\.|npm_|-----BEGIN [A-Z ]*PRIVATE KEY-----|Bearer |Basic |token )/i;
const closing = /(-----END [A-Z ]*PRIVATE KEY-----)$/;

/** Shorter values may be a part of anything; they are replaced only where they were found. */
const MIN_ELSEWHERE = 8;

/** Keeps what was chosen for each value, for all payloads of one run. */
export class Redactor {
  readonly #chosen = new Map<string, string>();
  readonly #taken = new Set<string>();
  #people = 0;

  /**
   * Replaces what was found in a text.
   * @param text The text that `found` came from.
   * @returns The text, and what each finding was replaced by.
   */
  redact(text: string, found: readonly Sensitive[]): { text: string; by: string[] } {
    const by = found.map((one) => this.#replacementFor(one));
    let result = "";
    let at = 0;
    const elsewhere = this.#elsewhere(text, found);
    for (const [index, { from, value }] of found.entries()) {
      result += elsewhere(text.slice(at, from)) + (by[index] ?? "");
      at = from + value.length;
    }
    return { text: result + elsewhere(text.slice(at)), by };
  }

  /** Replaces the values of this run where they stand without what gave them away: a token in a link, for example. */
  #elsewhere(whole: string, found: readonly Sensitive[]): (text: string) => string {
    const here = new Set(found.map(({ value }) => value));
    // Most of thousands stand nowhere else: a text is not to be searched for each of them between each two of them.
    const standsElsewhere = (value: string): boolean => {
      const first = whole.indexOf(value);
      return first >= 0 && (!here.has(value) || whole.indexOf(value, first + 1) >= 0);
    };
    const values = [...this.#chosen]
      .filter(([value]) => value.length >= MIN_ELSEWHERE && standsElsewhere(value))
      .sort(([a], [b]) => b.length - a.length);
    return (text) =>
      values.reduce((result, [value, by]) => result.replaceAll(value, () => by), text);
  }

  #replacementFor(found: Sensitive): string {
    const known = this.#chosen.get(found.value);
    if (known !== undefined) return known;
    const replacement = this.#another(found);
    this.#chosen.set(found.value, replacement);
    this.#taken.add(replacement);
    return replacement;
  }

  #another({ what, value }: Sensitive): string {
    if (what === "a mail address") {
      this.#people += 1;
      return `user${this.#people}@example.com`;
    }
    const kept = what === "a phone number" ? fictional(value) : blanked(value);
    for (let number = 1; ; number += 1) {
      let candidate = withNumber(kept, number);
      // Of signs alone too little would be blanked to be taken for a placeholder.
      if (!isPlaceholder(candidate) && !openings.test(candidate)) {
        candidate = withNumber("x".repeat(value.length), number);
      }
      if (!this.#taken.has(candidate)) return candidate;
    }
  }
}

/** Letters become `x`, digits too unless there are only digits; signs stay, so that the form does. */
function blanked(value: string): string {
  const opening = openings.exec(value)?.[0] ?? "";
  const end = closing.exec(value)?.[0] ?? "";
  const middle = value.slice(opening.length, value.length - end.length);
  return opening + blankedMiddle(middle) + end;
}

function blankedMiddle(text: string): string {
  // An escape of JSON is one sign: changed in part it would become another one.
  if (text.includes("\\")) return "x".repeat(text.length);
  const digit = /[A-Za-z]/.test(text) ? "x" : "0";
  return text
    .replace(/\d/g, digit)
    .replace(/[A-Z]/g, "X")
    .replace(/[a-z]|[^\p{ASCII}]/gu, "x");
}

/** Numbers that belong to nobody: zeros, the signs and the beginning of the country kept. */
function fictional(value: string): string {
  const country = /^\+\d/.exec(value)?.[0] ?? "";
  return country + value.slice(country.length).replace(/\d/g, "0");
}

/** Puts a number over the last signs that were blanked, so that two values stay two. */
function withNumber(pattern: string, number: number): string {
  const digits = [...String(number)];
  const end = closing.exec(pattern)?.index ?? pattern.length;
  let result = pattern.slice(end);
  for (const sign of [...pattern.slice(0, end)].reverse()) {
    result = (/[xX0]/.test(sign) ? (digits.pop() ?? sign) : sign) + result;
  }
  return result + digits.join("");
}
