/** Strings of JSON in a text, by hand: a regular expression runs out of stack on one of some megabytes. */

/**
 * Where a string ends.
 * @param from Behind its opening quote.
 * @returns The place of the closing quote; the text's length where there is none.
 */
export function stringEnd(text: string, from: number): number {
  for (let quote = text.indexOf('"', from); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let slashes = quote;
    while (slashes > from && text.charAt(slashes - 1) === "\\") slashes -= 1;
    if ((quote - slashes) % 2 === 0) return quote;
  }
  return text.length;
}

/** A key and the string under it, both as written. */
export interface Field {
  readonly key: string;
  /** Where the value stands. */
  readonly from: number;
  readonly to: number;
}

const MAX_KEY = 80;
const between = /"\s*:\s*"/g;

/** The strings that stand under a key of 80 characters at most, in JSON or in anything that has JSON in it. */
export function* fieldsOfJson(text: string): Generator<Field, void> {
  const separator = new RegExp(between);
  for (let match = separator.exec(text); match; match = separator.exec(text)) {
    const key = keyBefore(text, match.index);
    const from = separator.lastIndex;
    const to = stringEnd(text, from);
    if (to === text.length) return;
    separator.lastIndex = to + 1;
    if (key !== undefined) yield { key, from, to };
  }
}

/** The key whose closing quote is at a place. */
function keyBefore(text: string, end: number): string | undefined {
  const start = Math.max(0, end - 2 * MAX_KEY);
  const before = text.slice(start, end);
  for (let at = before.length - 1; at >= 0; at -= 1) {
    if (before.charAt(at) !== '"' || before.charAt(at - 1) === "\\") continue;
    const key = before.slice(at + 1);
    return key === "" ? undefined : key;
  }
  return undefined;
}

/** The fields of a form, their values as written. */
export function* fieldsOfForm(text: string): Generator<Field, void> {
  for (let from = 0; from < text.length; ) {
    const next = text.indexOf("&", from);
    const end = next < 0 ? text.length : next;
    const equals = text.slice(from, Math.min(end, from + MAX_KEY + 1)).indexOf("=");
    if (equals > 0) {
      const value = text.slice(from + equals + 1, end);
      const blank = value.search(/\s/);
      const to = blank < 0 ? end : from + equals + 1 + blank;
      yield { key: text.slice(from, from + equals), from: from + equals + 1, to };
    }
    from = end + 1;
  }
}
