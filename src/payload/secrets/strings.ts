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

/** A key and a value under it, both as written. */
export interface Field {
  readonly key: string;
  /** Where the value stands. */
  readonly from: number;
  readonly to: number;
}

const MAX_KEY = 80;
const between = /"\s*:\s*(?=["[\d])/g;

/**
 * The strings and whole numbers that stand under a key of 80 characters at most, in JSON or in anything that has JSON in
 * it; those in a list are under the key of the list. A value beside its name, as in `{"name": "Cookie", "value": "…"}`,
 * is under that name.
 */
export function* fieldsOfJson(text: string): Generator<Field, void> {
  const separator = new RegExp(between);
  let before: Field | undefined;
  for (let match = separator.exec(text); match; match = separator.exec(text)) {
    const key = keyBefore(text, match.index);
    const values = valuesAt(text, separator.lastIndex);
    const last = values.at(-1);
    if (last === undefined) continue;
    if (last.to === text.length && text.charAt(last.from - 1) === '"') return;
    // Behind the closing quote, or at the sign that ends a number.
    separator.lastIndex = text.charAt(last.to) === '"' ? last.to + 1 : last.to;
    if (key === undefined) continue;
    for (const value of values) {
      const field = { key, ...value };
      yield field;
      const named = besideName(text, before, field);
      if (named) yield named;
      before = field;
    }
  }
}

type Range = Pick<Field, "from" | "to">;

/** The string, the number, or the strings of the list at a place. */
function valuesAt(text: string, at: number): Range[] {
  const sign = text.charAt(at);
  if (sign === '"') return [{ from: at + 1, to: stringEnd(text, at + 1) }];
  if (sign !== "[") {
    const digits = /\d{1,40}/y;
    digits.lastIndex = at;
    return [{ from: at, to: at + (digits.exec(text)?.[0].length ?? 0) }];
  }
  const next = /[[,]\s*"/y;
  const found: Range[] = [];
  for (let place = at; ; ) {
    next.lastIndex = place;
    if (!next.test(text)) break;
    const value = { from: next.lastIndex, to: stringEnd(text, next.lastIndex) };
    found.push(value);
    place = value.to + 1 + (/^\s*/.exec(text.slice(value.to + 1, value.to + 40))?.[0].length ?? 0);
  }
  return found;
}

const NAME = /^(?:name|key|header|field)$/i;
const VALUE = /^(?:value|val|values)$/i;

/** A value under the name that stands right before or behind it. */
function besideName(text: string, before: Field | undefined, field: Field): Field | undefined {
  if (!before || field.from - before.to > MAX_KEY) return undefined;
  const gap = text.slice(before.to, field.from);
  if (!/^"\s*,\s*"[^"{}]{1,40}"\s*:\s*[["]{0,2}$/.test(gap)) return undefined;
  const [name, value] = NAME.test(before.key) ? [before, field] : [field, before];
  if (!NAME.test(name.key) || !VALUE.test(value.key)) return undefined;
  const key = text.slice(name.from, Math.min(name.to, name.from + MAX_KEY));
  return { ...value, key };
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
