/** Requests that bring several events at once, in a list of which each item is an event. */
import { type EventSource, insideField } from "./events.ts";
import { type JsonPath, type JsonValue, valueAt } from "./json.ts";
import { leavesOf } from "./leaves.ts";
import type { Payload } from "./read.ts";

/** What may stand beside the events, such as an account or whether they are a test. */
const MAX_BESIDE = 3;

/** So many items of a list show what their events are. Looking for that takes time that grows faster than their number. */
const MAX_SHOWN = 100;

/** The way to the list of events; undefined where a request is about one. */
export const listOf = (source: EventSource): JsonPath | undefined =>
  source.kind === "header" ? undefined : source.list;

/** Whether requests may be a list of events, and may be one event as well. */
export const isMixed = (payloads: readonly Pick<Payload, "value">[]): boolean =>
  ["array", "object"].every((kind) => payloads.some(({ value }) => value.kind === kind));

/** The source as it is for one event of the list: the ways to its name start at the event. */
export function sourceInList(source: EventSource): EventSource {
  const list = listOf(source);
  if (!list) return source;
  const inItem = (path: JsonPath): JsonPath => path.slice(list.length + 1);
  if (source.kind === "key") return { kind: "key", path: inItem(source.path) };
  if (source.kind === "none") return { kind: "none" };
  if (source.kind === "shape") return { kind: "shape", keys: source.keys };
  if (source.kind !== "rules") return source;
  const rules = source.rules.map((rule) => ({ ...rule, path: inItem(rule.path) }));
  return { kind: "rules", rules };
}

/** The events of a payload: the items of its list, or itself. */
export function eventsIn(value: JsonValue, source: EventSource): readonly JsonValue[] {
  const path = listOf(source);
  return path ? itemsAt(value, path) : [value];
}

/**
 * Finds what names the event in each item of a list that all payloads have.
 * @param detect Finds it in objects.
 * @returns undefined where no such list is, or too much stands beside it.
 */
export function detectInLists(
  payloads: readonly Pick<Payload, "value">[],
  detect: (items: readonly Pick<Payload, "value">[]) => EventSource,
): EventSource | undefined {
  for (const list of listsIn(payloads)) {
    const items = payloads.flatMap(({ value }) => itemsAt(value, list).slice(0, MAX_SHOWN));
    const source = detect(items.map((value) => ({ value })));
    const inFirst = (path: JsonPath): JsonPath => [...list, 0, ...path];
    if (source.kind === "key") return { kind: "key", path: inFirst(source.path), list };
    const isAny = list.length === 0 && isMixed(payloads);
    if (source.kind === "none" || source.kind === "shape") {
      if (isAny) return { ...source, list };
      continue;
    }
    if (source.kind !== "rules") continue;
    if (!isAny && source.rules.some(({ name }) => name !== undefined)) continue;
    const rules = source.rules.map((rule) => ({ ...rule, path: inFirst(rule.path) }));
    return { kind: "rules", rules, list };
  }
  return undefined;
}

/** A key that somebody gave, inside what the JSON comes in, with the list that it is in where every item has it. */
export function withList(
  given: JsonPath,
  payloads: readonly Pick<Payload, "value" | "format">[],
): EventSource {
  const path = insideField(given, payloads);
  const list = listsIn(payloads).find(
    (one) => path[one.length] === 0 && one.every((step, index) => path[index] === step),
  );
  const inItem = path.slice((list?.length ?? 0) + 1);
  const isNamed = payloads.every(({ value }) =>
    itemsAt(value, list ?? []).every((item) => valueAt(item, inItem)?.kind === "string"),
  );
  return list && isNamed ? { kind: "key", path, list } : { kind: "key", path };
}

/** The ways to lists of objects that all payloads have, and beside which little stands. */
function listsIn(payloads: readonly Pick<Payload, "value">[]): JsonPath[] {
  const [first] = payloads;
  const keys = first?.value.kind === "object" ? [...first.value.entries.keys()] : [];
  const beside = leavesOf(payloads.map(({ value }) => value)).filter(
    ({ path }) => path.length === 1,
  );
  if (beside.length > MAX_BESIDE) return [];
  const whole = payloads.some(({ value }) => value.kind === "array") ? [[]] : [];
  return [...whole, ...keys.map((key) => [key])].filter((list) =>
    payloads.every(({ value }) => {
      const items = itemsAt(value, list);
      return items.length > 0 && items.every(({ kind }) => kind === "object");
    }),
  );
}

function itemsAt(value: JsonValue, path: JsonPath): readonly JsonValue[] {
  const list = valueAt(value, path);
  if (list?.kind === "array") return list.items;
  return path.length === 0 ? [value] : [];
}
