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

/** What an object itself says of its kind; empty where it says nothing. */
export const ownKindWords = (value: JsonObject): string => kindWords(value, "", 0).sort().join();

/** So deep in an object stands what says of what kind it is. */
const OBJECT_DEPTH = 1;

/** A fixture as evidence. */
export interface Sample {
  readonly value: JsonValue;
  /** What `eventKind` says of it. */
  readonly kind: string;
}

/**
 * The fixture that has at a place what a mutation puts there. Only fixtures of the same kind of event count, and only
 * objects that are like the one that the place is in; and nothing else may differ that the view looks at, because that
 * may be why it is so.
 * @param id The mutation's id: `drop`, `null`, `empty`, `string`, `number`, `list` or `object`.
 * @param own The fixture that is changed.
 * @param samples Fixtures by their names.
 * @param isRead Whether the view looks at a key.
 * @returns The fixture's name; undefined when no fixture has that.
 */
export function fixtureWith(
  { path, value }: Place,
  id: string,
  own: Sample,
  samples: ReadonlyMap<string, Sample>,
  isRead: (key: string) => boolean,
): string | undefined {
  const key = path.at(-1);
  const [parent] = valuesAt(own.value, path.slice(0, -1));
  if (parent?.kind !== "object" || typeof key !== "string") return undefined;
  for (const [file, sample] of samples) {
    if (sample.kind !== own.kind) continue;
    for (const there of valuesAt(sample.value, path.slice(0, -1))) {
      if (there === parent || there.kind !== "object") continue;
      if (!shows(id, there.entries.get(key), value)) continue;
      const looks = { but: key, isRead, id };
      if (!areAlike(parent, there, { but: key }) || !agree(parent, there, looks)) continue;
      if (sample === own || surroundingsAgree(path, own, sample, looks)) return file;
    }
  }
  return undefined;
}

/** Whether what is around a place, up to the whole payload, is alike in two fixtures. */
function surroundingsAgree(path: JsonPath, own: Sample, other: Sample, looks: Looks): boolean {
  return path.slice(0, -1).every((step, index) => {
    const above = path.slice(0, index);
    const [mine] = valuesAt(own.value, above);
    if (mine?.kind !== "object" || typeof step !== "string") return true;
    return valuesAt(other.value, above).some(
      (theirs) => theirs.kind === "object" && agree(mine, theirs, { ...looks, but: step }),
    );
  });
}

/** So far down two objects are compared. */
const AGREE_DEPTH = 3;

/** What of two objects is compared. */
export interface Looks {
  /** The key that is left out of it. */
  readonly but: string;
  /** Whether the view looks at a key. */
  readonly isRead: (key: string) => boolean;
  /** The mutation's id. */
  readonly id: string;
}

/**
 * Whether two objects have the same keys in the same states, among those that the view looks at: there or not, null or
 * not, empty or not, true or false. Where null is asked for, the other one may have more of it.
 */
export function agree(
  one: JsonObject,
  other: JsonObject,
  looks: Looks,
  depth = AGREE_DEPTH,
): boolean {
  const keys = new Set([...one.entries.keys(), ...other.entries.keys()]);
  return [...keys].every((key) => {
    if (key === looks.but || !looks.isRead(key)) return true;
    const [a, b] = [one.entries.get(key), other.entries.get(key)];
    if (a && b?.kind === "null" && looks.id === "null") return true;
    if (stateOf(a) !== stateOf(b)) return false;
    if (depth === 0 || a?.kind !== "object" || b?.kind !== "object") return true;
    return agree(a, b, looks, depth - 1);
  });
}

function stateOf(value: JsonValue | undefined): string {
  if (value === undefined) return "absent";
  switch (value.kind) {
    case "boolean":
      return String(value.value);
    case "string":
      return value.value === "" ? "empty text" : "text";
    case "array":
      return value.items.length === 0 ? "empty list" : "list";
    case "object":
      return value.entries.size === 0 ? "empty object" : "object";
    default:
      return value.kind;
  }
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
  const words = (value: JsonObject): string => kindWords(value, "", OBJECT_DEPTH).sort().join();
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
