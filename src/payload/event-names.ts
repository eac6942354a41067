/** Ways to what may name the event of a payload, and whether it does. */
import { compoundName, isPrintable, MAX_CANDIDATES } from "./event-shapes.ts";
import { type JsonPath, type JsonValue, valueAt } from "./json.ts";
import { wordsOf } from "./keys.ts";
import type { Payload } from "./read.ts";
import * as vocabulary from "./vocabulary.ts";

const eventName = /^(?=.*\p{L})[\p{L}\p{N}][\p{L}\p{N}_.:/ -]{0,79}$/u;

/** Keys that can name nothing but the event. */
export const eventKey = /^(webhook_|hook_|notify_)?event(_type|_name)?$/;
/** Other services put a word of their own before it. */
const prefixedEventKey = /_event(_(type|name|code))?$|^(trigger|activity)_(type|event)$/;

/** Ways to what may name the event, in the payload, in its objects and in lists that wrap it. */
export function namingPaths(value: JsonValue): JsonPath[] {
  if (value.kind !== "object") return [];
  const inner = [...value.entries].slice(0, MAX_CANDIDATES).flatMap(([key, child]): JsonPath[] => {
    if (child.kind === "array" && child.items.length === 1 && child.items[0])
      return pathsInItem(child.items[0], [key, 0]);
    const isContainer = vocabulary.eventContainers.includes(wordsOf(key));
    return pathsOf(child, [key]).filter(
      (path) => isContainer || eventKey.test(wordsOf(String(path.at(-1)))),
    );
  });
  return [...pathsOf(value, []), ...inner, ...deeperPaths(value)];
}

/** Ways to what names the event in objects of objects, where only a text such as `deploy.finished` is its name. */
function deeperPaths(value: JsonValue, above: JsonPath = []): JsonPath[] {
  if (value.kind !== "object" || above.length > MAX_WAY) return [];
  const isName = (path: JsonPath): boolean => {
    const text = valueAt(value, path.slice(above.length));
    return (
      eventKey.test(wordsOf(String(path.at(-1)))) &&
      text?.kind === "string" &&
      compoundName.test(text.value)
    );
  };
  const own = above.length > 1 ? pathsOf(value, above).filter(isName) : [];
  const children = [...value.entries].slice(0, MAX_CHILDREN);
  return [...own, ...children.flatMap(([key, child]) => deeperPaths(child, [...above, key]))];
}

/** So many objects lead to a name at most, each of which may be among so many. */
const MAX_WAY = 3;
const MAX_CHILDREN = 20;

/** Ways in the item of a list that wraps it, and in an object that wraps it once more. */
function pathsInItem(item: JsonValue, path: JsonPath): JsonPath[] {
  const own = pathsOf(item, path);
  if (item.kind !== "object" || item.entries.size !== 1) return own;
  return [...own, ...[...item.entries].flatMap(([key, child]) => pathsOf(child, [...path, key]))];
}

/** The keys of an object that may name an event, the likeliest first. */
export function pathsOf(value: JsonValue, above: JsonPath): JsonPath[] {
  if (value.kind !== "object") return [];
  const words = above.length > 0 ? ["type", "name", ...vocabulary.events] : vocabulary.events;
  const keys = new Map(words.map((word) => [word, [] as string[]]));
  // One look at each key: there may be a hundred thousand.
  const prefixed: string[] = [];
  for (const key of value.entries.keys()) {
    const word = wordsOf(key);
    const known = keys.get(word) ?? (prefixedEventKey.test(word) ? prefixed : undefined);
    known?.push(key);
  }
  const found = words.flatMap((word) => keys.get(word) ?? []);
  return [...found, ...prefixed].map((key) => [...above, key]);
}

/** The texts that payloads have at a path. */
export function textsAt(payloads: readonly Pick<Payload, "value">[], path: JsonPath): string[] {
  const values = payloads.map(({ value }) => valueAt(value, path));
  return values.flatMap((value) => (value?.kind === "string" ? [value.value] : []));
}

/** That a request is an event goes without saying. */
const saysNothing = /^((web)?hook[ _]?)?(event|notification|callback)s?$/i;

/** Whether what these payloads have at a path names their events. */
export function namesEvents(payloads: readonly Pick<Payload, "value">[], path: JsonPath): boolean {
  const all = textsAt(payloads, path);
  const texts = all.filter((text) => eventName.test(text));
  if (all.length < payloads.length || texts.every((text) => saysNothing.test(text))) return false;
  // One that is no name, as documentation has it, does not make names of the others less so.
  if (path.length > 1 || !vocabulary.vagueEvents.includes(wordsOf(String(path.at(-1)))))
    return texts.length * 2 >= all.length && all.every(isPrintable);
  if (texts.length < all.length) return false;
  return texts.every((text) => compoundName.test(text)) || new Set(texts).size > 1;
}
