/** A fixture as something that can be changed at one place, with everything else as it was. */
import type { JsonPath, JsonValue } from "../payload/index.ts";

/** What a change puts at a place: a JSON text; undefined takes the place away. */
export type Change = string | undefined;

/** Changes of a payload, by `pointerOf`. */
export type Changes = ReadonlyMap<string, Change>;

/** What of a request is made of keys and values. */
export interface FuzzPayload {
  readonly value: JsonValue;
  /** The body with these changes. */
  write(changes: Changes): Uint8Array;
  /** The parameters of the address with these changes. */
  query(changes: Changes): Readonly<Record<string, string>>;
}

/** A value in a payload. */
export interface Place {
  readonly path: JsonPath;
  readonly value: JsonValue;
}

/**
 * A value with changes, as JSON text.
 * @param pointer Where the value is.
 * @returns Undefined when it is taken away.
 */
export function writeJson(value: JsonValue, pointer: string, changes: Changes): string | undefined {
  if (changes.has(pointer)) return changes.get(pointer);
  switch (value.kind) {
    case "object": {
      const parts: string[] = [];
      for (const [key, below] of value.entries) {
        const text = writeJson(below, `${pointer}/${escapeKey(key)}`, changes);
        if (text !== undefined) parts.push(`${JSON.stringify(key)}: ${text}`);
      }
      return `{${parts.join(", ")}}`;
    }
    case "array": {
      const items = value.items.map((item, index) =>
        writeJson(item, `${pointer}/${index}`, changes),
      );
      return `[${items.filter((text) => text !== undefined).join(", ")}]`;
    }
    default:
      return textOf(value);
  }
}

/** A value as JSON text. Numbers are written as they came. */
export function textOf(value: JsonValue): string {
  switch (value.kind) {
    case "string":
      return JSON.stringify(value.value);
    case "integer":
    case "float":
      return value.text;
    case "boolean":
      return String(value.value);
    case "null":
      return "null";
    default:
      return writeJson(value, "", new Map()) ?? "";
  }
}

/** A key as a step of a pointer. */
export const escapeKey = (key: string | number): string =>
  `${key}`.replaceAll("~", "~0").replaceAll("/", "~1");

/**
 * Whether a view's text has a key of the payload, or a parameter of the address.
 * @param source Undefined when it is not known: then it may have any.
 */
export function isKeyIn(key: string, source: string | undefined): boolean {
  if (source === undefined) return true;
  const name = key.replace(/^\?/, "");
  return source.includes(`"${name}"`) || source.includes(`'${name}'`);
}

/** A path as a JSON pointer (RFC 6901), such as `/commits/0/author`; empty for the whole payload. */
export function pointerOf(path: JsonPath): string {
  return path.map((step) => `/${escapeKey(step)}`).join("");
}

/** A path without positions: what places in different payloads have in common. */
export function shapeOf(path: JsonPath): string {
  return path.map((step) => (typeof step === "number" ? "/*" : `/${escapeKey(step)}`)).join("");
}

/** What is directly in a value. Of an array that is its first item: the others look like it. */
export function childrenOf({ path, value }: Place): Place[] {
  if (value.kind === "object") {
    return [...value.entries].map(([key, below]) => ({ path: [...path, key], value: below }));
  }
  const first = value.kind === "array" ? value.items[0] : undefined;
  return first === undefined ? [] : [{ path: [...path, 0], value: first }];
}

/** The place of a pointer. */
export function placeAt({ value }: FuzzPayload, pointer: string): Place | undefined {
  let place: Place = { path: [], value };
  for (const word of pointer.split("/").slice(1)) {
    const key = word.replaceAll("~1", "/").replaceAll("~0", "~");
    const { value: here, path } = place;
    const step = here.kind === "array" ? Number(key) : key;
    const below =
      here.kind === "object"
        ? here.entries.get(key)
        : here.kind === "array"
          ? here.items[Number(key)]
          : undefined;
    if (below === undefined) return undefined;
    place = { path: [...path, step], value: below };
  }
  return place;
}
