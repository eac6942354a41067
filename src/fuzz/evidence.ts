/** What other fixtures of the same service say about a change: whether the service sends that, too. */
import type { JsonPath, JsonValue } from "../payload/index.ts";
import type { Place } from "./payload.ts";

/** Two objects are of one kind when they share so large a part of their keys. */
const ALIKE = 0.8;

/** Keys whose value says of what kind a payload, or an object in one, is. */
export const KIND_KEY =
  /(type|kind|action|event|event_?name|entity|object|trigger|status|state|result|outcome|conclusion)$/i;
/** So deep in a payload stands what says of what kind it is. */
const KIND_DEPTH = 2;

/**
 * What tells one event of a service from another: the headers that are sent with it, and the values that name its kind.
 * Equal for two requests that a view treats alike, as far as can be told without reading the view.
 */
export function eventKind(headers: Readonly<Record<string, string>>, value: JsonValue): string {
  const named = Object.entries(headers).filter(([name]) => name.startsWith("HTTP_"));
  return JSON.stringify([named.sort(), kindWords(value, "", KIND_DEPTH).sort()]);
}

function kindWords(value: JsonValue, path: string, depth: number): string[] {
  if (value.kind === "array") {
    return depth === 0
      ? []
      : value.items.flatMap((item) => kindWords(item, `${path}/*`, depth - 1));
  }
  if (value.kind !== "object") return [];
  return [...value.entries].flatMap(([key, below]) => {
    if (below.kind === "string") return KIND_KEY.test(key) ? [`${path}/${key}=${below.value}`] : [];
    return depth === 0 ? [] : kindWords(below, `${path}/${key}`, depth - 1);
  });
}

/** A fixture as evidence. */
export interface Sample {
  readonly value: JsonValue;
  /** What `eventKind` says of it. */
  readonly kind: string;
}

/**
 * The fixture that has at a place what a mutation puts there. Only fixtures of the same kind of event count, and only
 * objects that are like the one that the place is in.
 * @param id The mutation's id: `drop`, `null`, `empty`, `string`, `number`, `list` or `object`.
 * @param own The fixture that is changed.
 * @param samples Fixtures by their names.
 * @returns The fixture's name; undefined when no fixture has that.
 */
export function fixtureWith(
  { path, value }: Place,
  id: string,
  own: Sample,
  samples: ReadonlyMap<string, Sample>,
): string | undefined {
  const key = path.at(-1);
  const [parent] = valuesAt(own.value, path.slice(0, -1));
  if (parent?.kind !== "object" || typeof key !== "string") return undefined;
  for (const [file, sample] of samples) {
    if (sample.kind !== own.kind) continue;
    for (const there of valuesAt(sample.value, path.slice(0, -1))) {
      if (there === parent || there.kind !== "object") continue;
      if (!areAlike(parent, there, { but: key })) continue;
      if (shows(id, there.entries.get(key), value)) return file;
    }
  }
  return undefined;
}

/** All values at a path, whatever the positions in its lists. */
export function valuesAt(value: JsonValue, path: JsonPath): JsonValue[] {
  const [step, ...rest] = path;
  if (step === undefined) return [value];
  if (typeof step === "number") {
    return value.kind === "array" ? value.items.flatMap((item) => valuesAt(item, rest)) : [];
  }
  const below = value.kind === "object" ? value.entries.get(step) : undefined;
  return below === undefined ? [] : valuesAt(below, rest);
}

export type JsonObject = Extract<JsonValue, { kind: "object" }>;

/**
 * Whether two objects are of one kind, as far as their keys tell.
 * @param but The key that is left out of it.
 * @param fewest So many keys they have to share.
 */
export function areAlike(
  one: JsonObject,
  other: JsonObject,
  { but, fewest = 1 }: { but: string; fewest?: number },
): boolean {
  const words = (value: JsonObject): string => kindWords(value, "", 0).sort().join();
  const all = new Set([...one.entries.keys(), ...other.entries.keys()]);
  all.delete(but);
  const shared = [...all].filter((key) => one.entries.has(key) && other.entries.has(key)).length;
  return shared >= fewest && shared >= ALIKE * all.size && words(one) === words(other);
}

/** Whether a value is what a mutation puts in the place of another one. */
export function shows(id: string, there: JsonValue | undefined, instead: JsonValue): boolean {
  if (id === "drop") return there === undefined;
  if (there === undefined) return false;
  switch (id) {
    case "null":
      return there.kind === "null";
    case "empty":
      return there.kind === "string" && there.value === "";
    case "string":
      return there.kind === "string";
    case "number":
      return there.kind === "integer" || there.kind === "float";
    case "list":
      return there.kind === "array" && (instead.kind !== "array" || there.items.length === 0);
    case "object":
      return there.kind === "object" && (instead.kind !== "object" || there.entries.size === 0);
    default:
      return false;
  }
}
