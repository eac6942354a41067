/** Payloads of one event that are about different things, as a comment is on an issue or on a commit. */
import { type EventSource, ruleFor } from "./events.ts";
import { type JsonPath, type JsonValue, valueAt } from "./json.ts";
import { wordsOf } from "./keys.ts";
import { leavesOf } from "./leaves.ts";
import { isEnvelope } from "./vocabulary.ts";

/** Payloads that have an object which the others of their event lack. */
export interface Variant {
  readonly path: JsonPath;
  readonly values: readonly JsonValue[];
}

const MAX_VARIANTS = 5;
const MAX_DEPTH = 3;
/** Payloads that share fewer of their fields have little in common. */
const MIN_SHARED = 0.34;

/**
 * Sorts payloads of one event by the objects that only some of them have.
 * @returns undefined where they are of one kind, or no object tells them apart.
 */
export function variantsOf(values: readonly JsonValue[]): readonly Variant[] | undefined {
  for (const container of containersIn(values)) {
    const keys = tellingKeys(values, container);
    if (keys === undefined) continue;
    const variants = keys.map((key) => {
      const path = [...container, key];
      return { path, values: values.filter((value) => isObject(valueAt(value, path))) };
    });
    if (variants.every((variant) => isNamed(variant)) || differ(variants)) return variants;
  }
  return undefined;
}

/**
 * Sorts payloads of one event by the rule that names it: those of another shape may say it as well.
 * @returns undefined where one rule names it for all.
 */
export function variantsByRule(
  values: readonly JsonValue[],
  source: EventSource,
): readonly Variant[] | undefined {
  if (source.kind !== "rules") return undefined;
  const variants = source.rules.flatMap((rule): Variant[] => {
    const having = values.filter((value) => ruleFor(value, source.rules) === rule);
    return having.length > 0 ? [{ path: rule.path, values: having }] : [];
  });
  return variants.length > 1 ? variants : undefined;
}

const isObject = (value: JsonValue | undefined): boolean =>
  value?.kind === "object" && value.entries.size > 0;

/** The payload itself, and the envelopes that all payloads have. */
function containersIn(values: readonly JsonValue[]): JsonPath[] {
  const found: JsonPath[] = [];
  const pending: JsonPath[] = [[]];
  for (let path = pending.shift(); path; path = pending.shift()) {
    const at = path;
    const objects = values.map((value) => valueAt(value, at));
    if (!objects.every(isObject)) continue;
    found.push(path);
    const [first] = objects;
    if (path.length >= MAX_DEPTH || first?.kind !== "object") continue;
    for (const [key, child] of first.entries) {
      if (isEnvelope(wordsOf(key))) pending.push([...path, key]);
      if (child.kind === "array" && child.items.length === 1) pending.push([...path, key, 0]);
    }
  }
  return found;
}

/** Keys of objects of which each payload has exactly one. */
function tellingKeys(values: readonly JsonValue[], container: JsonPath): string[] | undefined {
  const counts = new Map<string, number>();
  for (const value of values) {
    const holder = valueAt(value, container);
    if (holder?.kind !== "object") return undefined;
    for (const [key, child] of holder.entries)
      if (isObject(child)) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const partial = [...counts].filter(([, count]) => count < values.length);
  const chosen: string[] = [];
  let rest = values;
  for (const [key] of partial.sort(([, a], [, b]) => b - a)) {
    const having = values.filter((value) => isObject(valueAt(value, [...container, key])));
    if (!having.every((value) => rest.includes(value))) continue;
    chosen.push(key);
    rest = rest.filter((value) => !having.includes(value));
  }
  return rest.length === 0 && chosen.length > 1 && chosen.length <= MAX_VARIANTS
    ? chosen
    : undefined;
}

/** Whether the object has what things are told apart by. */
function isNamed({ path, values }: Variant): boolean {
  const names = ["title", "name", "subject", "summary", "number", "message", "display_name"];
  return values.every((value) =>
    names.some((name) => /string|integer/.test(valueAt(value, [...path, name])?.kind ?? "")),
  );
}

function differ(variants: readonly Variant[]): boolean {
  const fields = variants.map(
    ({ values }) => new Set(leavesOf(values).map(({ path }) => JSON.stringify(path))),
  );
  return fields.every((one, at) =>
    fields.slice(at + 1).every((other) => {
      const shared = [...one].filter((path) => other.has(path)).length;
      return shared / Math.max(1, one.size + other.size - shared) < MIN_SHARED;
    }),
  );
}
