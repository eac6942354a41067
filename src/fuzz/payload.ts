/** A fixture as something that can be changed at one place, with everything else as it was. */
import { type JsonPath, type JsonValue, parseJson } from "../payload/index.ts";

/** What a change puts at a place: a JSON text; undefined takes the place away. */
export type Change = string | undefined;

/** A request's body that is made of keys and values. */
export interface FuzzPayload {
  readonly value: JsonValue;
  /** The body with these changes, by `pointerOf`. */
  write(changes: ReadonlyMap<string, Change>): Uint8Array;
}

/** A value in a payload. */
export interface Place {
  readonly path: JsonPath;
  readonly value: JsonValue;
}

/**
 * Reads a fixture: JSON, or the fields of a form.
 * @param bytes The fixture's bytes.
 * @param file Its file name.
 * @returns Undefined for what has no keys: XML, plain text, broken JSON.
 */
export function readFuzzPayload(bytes: Uint8Array, file: string): FuzzPayload | undefined {
  const text = Buffer.from(bytes).toString("utf8");
  if (file.endsWith(".json")) return readJson(text);
  return file.endsWith(".txt") && /^[^\s=&]+=/.test(text) ? readForm(text.trim()) : undefined;
}

function readJson(text: string): FuzzPayload | undefined {
  try {
    const value = parseJson(text);
    return { value, write: (changes) => Buffer.from(writeJson(value, "", changes) ?? "") };
  } catch {
    return undefined; // Some fixtures are broken on purpose.
  }
}

function readForm(text: string): FuzzPayload {
  const fields = [...new URLSearchParams(text)];
  const entries = new Map(
    fields.map(([key, value]) => [key, { kind: "string", value } satisfies JsonValue]),
  );
  return {
    value: { kind: "object", entries },
    write(changes) {
      const changed = new URLSearchParams();
      for (const [key, { value }] of entries) {
        const pointer = pointerOf([key]);
        const put = changes.has(pointer) ? changes.get(pointer) : JSON.stringify(value);
        // A form knows texts only: another value is sent as its text.
        if (put !== undefined) changed.set(key, put.startsWith('"') ? JSON.parse(put) : put);
      }
      return Buffer.from(changed.toString());
    },
  };
}

function writeJson(
  value: JsonValue,
  pointer: string,
  changes: ReadonlyMap<string, Change>,
): string | undefined {
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

const escapeKey = (key: string | number): string =>
  `${key}`.replaceAll("~", "~0").replaceAll("/", "~1");

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
