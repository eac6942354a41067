/** The fields of payloads that a message can show: texts and integers, with the way to them. */
import type { JsonPath, JsonValue } from "./json.ts";

/** A field that every payload of a group has, with the same type. */
export interface Leaf {
  readonly path: JsonPath;
  readonly kind: "string" | "integer";
  /** Its text in each payload, as Python's `str()` writes it. */
  readonly samples: readonly string[];
  /** The last key, and the one before it, in snake_case; empty where there is none. */
  readonly key: string;
  readonly parent: string;
  /** Nesting depth, envelopes such as `data` not counted. */
  readonly depth: number;
}

const MAX_DEPTH = 6;
const MAX_LEAVES = 500;
const MAX_TEXT_LENGTH = 1000;
/** Objects that only wrap what matters. */
const envelopes = new Set(["data", "payload", "body", "attributes", "object", "resource", "event"]);

/** A key in snake_case: `createdBy`, `Created-By` and `created_by` are one. */
export function wordsOf(key: string): string {
  return key
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/[\s.:-]+/g, "_")
    .toLowerCase();
}

/**
 * The showable fields that all of these values have in common, the outermost first.
 * @param values Objects; with any other value there are none.
 */
export function commonLeaves(values: readonly JsonValue[]): Leaf[] {
  const found: Leaf[] = [];
  let level: { path: JsonPath; values: readonly JsonValue[] }[] = [{ path: [], values }];
  while (level.length > 0 && found.length < MAX_LEAVES) {
    const next: typeof level = [];
    for (const { path, values: here } of level) {
      const leaf = toLeaf(path, here);
      if (leaf) found.push(leaf);
      if (path.length < MAX_DEPTH) next.push(...childrenOf(path, here));
    }
    level = next;
  }
  return found;
}

function childrenOf(path: JsonPath, values: readonly JsonValue[]) {
  const [first, ...others] = values;
  if (first?.kind !== "object") return [];
  const children: { path: JsonPath; values: readonly JsonValue[] }[] = [];
  for (const [key, value] of first.entries) {
    const same = others.map((other) =>
      other.kind === "object" ? other.entries.get(key) : undefined,
    );
    if (same.includes(undefined)) continue;
    children.push({ path: [...path, key], values: [value, ...(same as JsonValue[])] });
  }
  return children;
}

function toLeaf(path: JsonPath, values: readonly JsonValue[]): Leaf | undefined {
  const [first] = values;
  const kind = first?.kind;
  if (kind !== "string" && kind !== "integer") return undefined;
  const samples = values.map((value) => showable(value, kind));
  if (samples.includes(undefined)) return undefined;
  const keys = path.filter((step) => typeof step === "string").map(wordsOf);
  return {
    path,
    kind,
    samples: samples as string[],
    key: keys.at(-1) ?? "",
    parent: keys.at(-2) ?? "",
    depth: keys.slice(0, -1).filter((key) => !envelopes.has(key)).length,
  };
}

/** The text of a value that a message can show as it is: Connect refuses or alters others. */
function showable(value: JsonValue, kind: Leaf["kind"]): string | undefined {
  if (value.kind !== kind) return undefined;
  // Connect's parser turns integers past 64 bits, and minus zero, into floats.
  if (value.kind === "integer")
    return /^-?[1-9]\d{0,17}$|^0$/.test(value.text) ? value.text : undefined;
  if (value.kind !== "string") return undefined;
  const text = value.value;
  const fits = [...text].length <= MAX_TEXT_LENGTH;
  const visible = /[\p{L}\p{N}\p{S}\p{P}]/u.test(text);
  const clean = !/[^\P{C}\n\r\t\u200d]|[\u0085\u2028\u2029]/u.test(text);
  return fits && visible && clean ? text : undefined;
}
