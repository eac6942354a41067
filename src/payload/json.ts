/**
 * JSON with what JavaScript's own parser loses: whether a number is an integer in Python's eyes (`3` is, `3.0` is
 * not), and integers of any size.
 */
import { UserError } from "../errors.ts";

/** A JSON value, as Python's `json` and `orjson` see it. */
export type JsonValue =
  | { readonly kind: "object"; readonly entries: ReadonlyMap<string, JsonValue> }
  | { readonly kind: "array"; readonly items: readonly JsonValue[] }
  | { readonly kind: "string"; readonly value: string }
  /** `text` is the number as written: `-12`, `1.50`, `2e9`. */
  | { readonly kind: "integer" | "float"; readonly text: string }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "null" };

const MAX_DEPTH = 500;
/**
 * Parses JSON by the rules of Connect's parser, which is stricter than JavaScript's: no lone surrogates, and a
 * bounded depth.
 * @param text The JSON text.
 * @throws UserError `not-json`.
 */
export function parseJson(text: string): JsonValue {
  try {
    JSON.parse(text);
  } catch (error) {
    throw notJson(
      reasonWithPlace(error instanceof Error ? error.message : String(error), text),
      error,
    );
  }
  return new Reader(text).value(0);
}

function notJson(reason: string, cause?: unknown): UserError {
  return new UserError(`This is not JSON: ${reason.replace(/\.$/, "")}.`, {
    code: "not-json",
    hint: "Give the exact body of a request, as the service sent it.",
    cause,
  });
}

/** Where a text stops being JSON. */
export interface JsonFault {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** Whether what there is could be the beginning of some JSON. */
  readonly isCut: boolean;
}

/**
 * Where a text stops being JSON, as JavaScript reads it.
 * @returns Undefined when all of it is JSON.
 */
export function jsonFault(text: string): JsonFault | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const said = reasonWithPlace(error instanceof Error ? error.message : String(error), text);
    const offset = Number(/at position (\d+)/.exec(said)?.[1] ?? text.length);
    const end = text.trimEnd().length;
    const isCut = offset >= end;
    const lines = text.slice(0, Math.min(offset, end)).split("\n");
    return { line: lines.length, column: [...(lines.at(-1) ?? "")].length + 1, isCut };
  }
}

/** A fault as the rest of a sentence that begins with the file. `broken_fixture.py` in `engine/` words it so as well. */
export function faultWords({ line, column, isCut }: JsonFault): string {
  return isCut
    ? `ends in the middle, at line ${line}, column ${column}`
    : `is not JSON from line ${line}, column ${column} on`;
}

/** JavaScript does not always say where, but then what it quotes around the place. */
function reasonWithPlace(message: string, text: string): string {
  const quote = /, (\.\.\.)?"[\s\S]*" is not valid JSON$/;
  if (!quote.test(message)) return message;
  let [sound, broken] = [0, text.length];
  while (broken - sound > 1) {
    const middle = Math.floor((sound + broken) / 2);
    if (onlyLacksItsEnd(text.slice(0, middle))) sound = middle;
    else broken = middle;
  }
  return `${message.replace(quote, "")} in JSON at position ${Math.max(0, broken - 1)}`;
}

/** Whether a text is the beginning of some JSON. */
function onlyLacksItsEnd(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    const [, place] = /at position (\d+)/.exec(message) ?? [];
    return /Unexpected end|Unterminated/.test(message) || Number(place) >= text.length;
  }
}

/** Space, tab, and the ends of lines. */
const isBlank = (code: number): boolean =>
  code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;

/** Reads a text that is known to be well formed, so that nothing has to be checked again. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): JsonValue {
    if (depth > MAX_DEPTH) throw notJson(`it is nested more than ${MAX_DEPTH} levels deep`);
    switch (this.#peek()) {
      case "{":
        return this.#object(depth);
      case "[":
        return this.#array(depth);
      case '"':
        return { kind: "string", value: this.#string() };
      default:
        return this.#word();
    }
  }

  /** The next character that is not white space. */
  #peek(): string {
    while (isBlank(this.#text.charCodeAt(this.#at))) this.#at += 1;
    return this.#text.charAt(this.#at);
  }

  /** Passes over one character of punctuation. */
  #skip(): void {
    this.#peek();
    this.#at += 1;
  }

  #object(depth: number): JsonValue {
    const entries = new Map<string, JsonValue>();
    this.#skip();
    while (this.#peek() !== "}") {
      if (this.#peek() === ",") this.#skip();
      this.#peek();
      const key = this.#string();
      this.#skip();
      entries.set(key, this.value(depth + 1));
    }
    this.#skip();
    return { kind: "object", entries };
  }

  #array(depth: number): JsonValue {
    const items: JsonValue[] = [];
    this.#skip();
    while (this.#peek() !== "]") {
      if (this.#peek() === ",") this.#skip();
      items.push(this.value(depth + 1));
    }
    this.#skip();
    return { kind: "array", items };
  }

  #string(): string {
    const from = this.#at;
    let end = from + 1;
    while (this.#text.charAt(end) !== '"') end += this.#text.charAt(end) === "\\" ? 2 : 1;
    this.#at = end + 1;
    const value = JSON.parse(this.#text.slice(from, this.#at)) as string;
    if (/\p{Cs}/u.test(value)) throw notJson("a string holds half of a surrogate pair");
    return value;
  }

  #word(): JsonValue {
    const word = /[-+.\w]+/y;
    word.lastIndex = this.#at;
    const [text = ""] = word.exec(this.#text) ?? [];
    this.#at += text.length;
    if (text === "null") return { kind: "null" };
    if (text === "true" || text === "false") return { kind: "boolean", value: text === "true" };
    return { kind: /^-?\d+$/.test(text) ? "integer" : "float", text };
  }
}

/** A way into a JSON value: keys and positions. */
export type JsonPath = readonly (string | number)[];

/** Whether two ways lead to the same place. */
export const isSamePath = (a: JsonPath, b: JsonPath | undefined): boolean =>
  b !== undefined && JSON.stringify(a) === JSON.stringify(b);

/**
 * The value at a path.
 * @returns undefined when there is nothing at it.
 */
export function valueAt(value: JsonValue, path: JsonPath): JsonValue | undefined {
  let current: JsonValue | undefined = value;
  for (const step of path) {
    if (current?.kind === "object" && typeof step === "string") current = current.entries.get(step);
    else if (current?.kind === "array" && typeof step === "number") current = current.items[step];
    else return undefined;
  }
  return current;
}
