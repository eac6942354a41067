/** The fields of payloads by the names that people write: `customer.tier`, or `items.sku` for each item of a list. */
import { missingOn } from "./containers.ts";
import { isSamePath, type JsonPath, type JsonValue, valueAt } from "./json.ts";
import { wordsOf } from "./keys.ts";
import { flagsOf, type Leaf } from "./leaves.ts";
import { linksPath } from "./names-in-lists.ts";

export interface Field {
  /** The keys on the way to it, with dots; of lists that it stands in, no index. */
  readonly name: string;
  readonly path: JsonPath;
  /** For a field of a list's items, whose path is the list's: the way to it in one of them. */
  readonly each?: JsonPath;
  /** `list` is one of objects, whose items have fields of their own. */
  readonly kind: "value" | "list";
  /** What one of the payloads has there; of a list, how many items. */
  readonly sample: string;
}

const MAX_FIELDS = 500;
const MAX_DEPTH = 7;
const MAX_SAMPLE_LENGTH = 60;
/** As many items say which fields the others have. */
const MAX_ITEMS = 50;

/**
 * The fields in which some of these values have something, in the order in which they stand there.
 * @param values Payloads of one kind.
 */
export function fieldsIn(values: readonly JsonValue[]): Field[] {
  const found = new Map<string, Field>();
  const add = (field: Field): void => {
    if (found.size < MAX_FIELDS && !found.has(field.name)) found.set(field.name, field);
  };
  const walk = (value: JsonValue, path: JsonPath, each?: JsonPath): void => {
    const steps = [...path, ...(each ?? [])];
    const name = steps.join(".");
    const place = { name, path, ...(each && each.length > 0 && { each }) };
    if (steps.length > MAX_DEPTH || found.size >= MAX_FIELDS) return;
    if (value.kind === "object") {
      for (const [key, child] of value.entries)
        if (each) walk(child, path, [...each, key]);
        else walk(child, [...path, key]);
    } else if (value.kind === "array") {
      const objects = value.items.filter(({ kind }) => kind === "object");
      const isList = objects.length > 0 && objects.length === value.items.length;
      if (isList && path.length > 0 && !each)
        add({ ...place, kind: "list", sample: countOf(value.items.length) });
      // Of a list in a list nothing is told by its name.
      if (isList && !each) for (const item of objects.slice(0, MAX_ITEMS)) walk(item, path, []);
      else if (value.items.length > 0 && !isList)
        add({ ...place, kind: "value", sample: shortened(value.items.map(textOf).join(", ")) });
    } else if (value.kind !== "null" && textOf(value) !== "")
      add({ ...place, kind: "value", sample: shortened(textOf(value)) });
  };
  for (const value of values) walk(value, []);
  return [...found.values()];
}

const countOf = (items: number): string => (items === 1 ? "1 item" : `${items} items`);

function textOf(value: JsonValue): string {
  if (value.kind === "string") return value.value;
  if (value.kind === "integer" || value.kind === "float") return value.text;
  return value.kind === "boolean" ? String(value.value) : "";
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > MAX_SAMPLE_LENGTH ? `${line.slice(0, MAX_SAMPLE_LENGTH - 1)}…` : line;
}

/**
 * A field as a message can show it.
 * @param leaves The showable fields of the values.
 * @returns undefined where its values are not of one type, or its list lacks it in some items.
 */
export function leafOf(
  { path, each }: Field,
  leaves: readonly Leaf[],
  values: readonly JsonValue[],
): Leaf | undefined {
  // The one item of a list, and the one answer of a form's field, are read as what they are.
  const ways = each ? [[...path, 0, ...each]] : [path, [...path, 0]];
  const isAt = ({ path: way, each: inner }: Leaf): boolean =>
    each && inner
      ? isSamePath(way, path) && isSamePath(inner, each)
      : ways.some((one) => isSamePath(way, one)) && !inner;
  const known = leaves.find(isAt) ?? flagsOf(values).find(isAt);
  if (known && isAskedByKey(known, values)) return { ...known, isAskedByKey: true };
  return known ?? (each ? eachOf(path, each, values) : undefined);
}

/** Whether a number, or yes or no, is lacking in some values, and null in none. */
function isAskedByKey({ kind, path, optional }: Leaf, values: readonly JsonValue[]): boolean {
  if (!/^(integer|number|boolean)$/.test(kind) || typeof path.at(-1) !== "string") return false;
  const found = values.map((value) => valueAt(value, path));
  return (
    optional.some(({ length }) => length === path.length) &&
    found.every((value) => value?.kind !== "null")
  );
}

/** What the items of a list have at a way, as texts: all of them texts, or all whole numbers, where there are any. */
function eachOf(path: JsonPath, each: JsonPath, values: readonly JsonValue[]): Leaf | undefined {
  const lists = values.map((value) => valueAt(value, path));
  if (!lists.every((list) => list === undefined || /^(null|array)$/.test(list.kind)))
    return undefined;
  const full = lists.flatMap((list) =>
    list?.kind === "array" && list.items.length > 0 ? [list] : [],
  );
  const items = full.flatMap((list) => list.items);
  const found = items.flatMap((item) =>
    isFilled(valueAt(item, each)) ? [valueAt(item, each)] : [],
  );
  const kinds = new Set(found.map((value) => value?.kind));
  const [kind] = kinds;
  const isOfObjects = items.every((item) => item.kind === "object");
  if (kinds.size !== 1 || !isOfObjects || (kind !== "string" && kind !== "integer"))
    return undefined;
  const lacking = each
    .map((_, index) => each.slice(0, index + 1))
    .filter((way) => !items.every((item) => isFilled(valueAt(item, way))));
  const page = lacking.length === 0 && kind === "string" ? linksPath(each, full) : undefined;
  const keys = path.flatMap((step) => (typeof step === "string" ? [wordsOf(step)] : []));
  const samples = full.map((list) =>
    list.items.flatMap((item) => textIn(valueAt(item, each))).join(", "),
  );
  if (samples.includes("")) return undefined;
  return {
    path,
    kind: "texts",
    each,
    ...(page && !isSamePath(page, each) && { eachLink: page }),
    ...(kind === "integer" && { eachIsNumber: true }),
    ...(lacking.length > 0 && { eachNeeds: lacking }),
    samples,
    key: keys.at(-1) ?? "",
    parent: keys.at(-2) ?? "",
    depth: keys.length - 1,
    optional: missingOn(values, path),
  };
}

const textIn = (value: JsonValue | undefined): string[] =>
  value && isFilled(value) ? [textOf(value)] : [];

/** Whether Python takes a value for true, as far as it matters here. */
const isFilled = (value: JsonValue | undefined): boolean =>
  value !== undefined &&
  value.kind !== "null" &&
  !(value.kind === "string" && value.value === "") &&
  !(value.kind === "integer" && Number(value.text) === 0);

/** A number that is whole here may come as 183.5 the next time, unless it names or counts something. */
export const asMayCome = (leaf: Leaf): Leaf =>
  leaf.kind === "integer" && !/(^|_)(i?id|number|count)$/.test(leaf.key)
    ? { ...leaf, kind: "number" }
    : leaf;

/** A value as if it had nothing in a field. */
export function without(
  value: JsonValue,
  { path, each = [] }: Pick<Field, "path" | "each">,
): JsonValue {
  const [step, ...rest] = path;
  if (step === undefined) {
    if (value.kind !== "array" || each.length === 0) return value;
    return { ...value, items: value.items.map((item) => without(item, { path: each })) };
  }
  if (value.kind === "array")
    return {
      ...value,
      items: value.items.map((item, index) =>
        index === step ? without(item, { path: rest, each }) : item,
      ),
    };
  if (value.kind !== "object" || typeof step !== "string") return value;
  const entries = new Map(value.entries);
  const child = entries.get(step);
  if (rest.length === 0 && each.length === 0) entries.delete(step);
  else if (child) entries.set(step, without(child, { path: rest, each }));
  return { ...value, entries };
}
