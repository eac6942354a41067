/** What other fixtures of the same service say about a change: whether the service sends that, too. */
import type { JsonPath, JsonValue } from "../payload/index.ts";
import type { FuzzPayload, Place } from "./payload.ts";

/** Two objects are of one kind when they share so large a part of their keys. */
const ALIKE = 0.8;

/**
 * The fixture that has at a place what a mutation puts there.
 * @param id The mutation's id: `drop`, `null`, `empty`, `string`, `number`, `list` or `object`.
 * @param payloads Fixtures by their names.
 * @returns The fixture's name; undefined when no fixture has that.
 */
export function fixtureWith(
  { path, value }: Place,
  id: string,
  parent: JsonValue | undefined,
  payloads: ReadonlyMap<string, FuzzPayload>,
): string | undefined {
  const key = path.at(-1);
  if (parent?.kind !== "object" || typeof key !== "string") return undefined;
  for (const [file, payload] of payloads) {
    for (const there of valuesAt(payload.value, path.slice(0, -1))) {
      if (there === parent || there.kind !== "object") continue;
      if (!areAlike(parent.entries, there.entries, key)) continue;
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

type Entries = ReadonlyMap<string, JsonValue>;

function areAlike(one: Entries, other: Entries, but: string): boolean {
  const all = new Set([...one.keys(), ...other.keys()]);
  all.delete(but);
  const shared = [...all].filter((key) => one.has(key) && other.has(key)).length;
  return shared > 0 && shared >= ALIKE * all.size;
}

/** Whether a value is what a mutation puts in the place of another one. */
function shows(id: string, there: JsonValue | undefined, instead: JsonValue): boolean {
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
