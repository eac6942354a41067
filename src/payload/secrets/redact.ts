/** Replacing what may not be published: the same value by the same other one everywhere, and nothing else touched. */

import { Elsewhere } from "./elsewhere.ts";
import type { Sensitive } from "./find.ts";
import { isPlaceholder } from "./keyed.ts";

/** What services put before the secret part of their credentials. */
const openings =
  /^(gh[pousr]_|github_pat_|glpat-|xox[a-z]-|AKIA|ASIA|[rs]k_live_|AIza|SG\.|npm_|-----BEGIN [A-Z ]*PRIVATE KEY-----|Bearer |Basic |token )/i;
const closing = /(-----END [A-Z ]*PRIVATE KEY-----)$/;

/** Keeps what was chosen for each value, for all payloads of one run. */
export class Redactor {
  readonly #chosen = new Map<string, string>();
  readonly #taken = new Set<string>();
  /** How often a form was numbered already: thousands of values may have one. */
  readonly #numbered = new Map<string, number>();
  readonly #elsewhere = new Elsewhere();
  #people = 0;

  /**
   * Replaces what was found in a text.
   * @param text The text that `found` came from.
   * @returns The text, and what each finding was replaced by.
   */
  redact(text: string, found: readonly Sensitive[]): { text: string; by: string[] } {
    const by = found.map((one) => written(this.#replacementFor(one), one, text));
    const parts: string[] = [];
    let at = 0;
    for (const [index, { from, value }] of found.entries()) {
      parts.push(this.#elsewhere.replaceIn(text.slice(at, from)), by[index] ?? "");
      at = from + value.length;
    }
    parts.push(this.#elsewhere.replaceIn(text.slice(at)));
    return { text: parts.join(""), by };
  }

  #replacementFor(found: Sensitive): string {
    const known = this.#chosen.get(found.plain);
    if (known !== undefined) return known;
    const replacement = this.#another(found);
    this.#chosen.set(found.plain, replacement);
    this.#elsewhere.add(found.plain, replacement);
    if (found.value !== found.plain) this.#elsewhere.add(found.value, replacement);
    this.#taken.add(replacement);
    return replacement;
  }

  #another({ what, plain: value }: Sensitive): string {
    if (what === "a mail address") {
      this.#people += 1;
      return `user${this.#people}@example.com`;
    }
    const kept = what === "a phone number" ? fictional(value) : blanked(value);
    for (let number = (this.#numbered.get(kept) ?? 0) + 1; ; number += 1) {
      let candidate = withNumber(kept, number);
      // Of signs alone too little would be blanked to be taken for a placeholder.
      if (!isPlaceholder(candidate) && !openings.test(candidate)) {
        candidate = withNumber("x".repeat(value.length), number);
      }
      if (this.#taken.has(candidate)) continue;
      this.#numbered.set(kept, number);
      return candidate;
    }
  }
}

/** A replacement as its place takes it: signs by their codes in a form, and no zero in front of a number of JSON. */
function written(replacement: string, { inForm, value, from }: Sensitive, text: string): string {
  if (inForm) return encodeURIComponent(replacement);
  const isNumber = /^\d+$/.test(value) && /[\s:,[]/.test(text.charAt(from - 1));
  return isNumber ? replacement.replace(/^0/, "1") : replacement;
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
  const tail: string[] = [];
  let at = end;
  for (; at > 0 && digits.length > 0; at -= 1) {
    const sign = pattern.charAt(at - 1);
    tail.unshift(/[xX0]/.test(sign) ? (digits.pop() ?? sign) : sign);
  }
  return pattern.slice(0, at) + tail.join("") + pattern.slice(end) + digits.join("");
}
