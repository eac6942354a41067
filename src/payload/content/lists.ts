/** Lists in payloads: commits, alerts, builds and others of which each deserves a line. */
import { type JsonPath, type JsonValue, valueAt } from "../json.ts";
import { type Leaf, leavesOf, wordsOf } from "../leaves.ts";
import * as vocabulary from "../vocabulary.ts";
import { answerOf, mixedAnswerOf, pairOf } from "./answers.ts";
import { type Asked, askedIn } from "./asked.ts";
import { changeOf, isChangeList } from "./changes.ts";
import { isMarkup } from "./facts.ts";
import { alternativesOf, answersTo, itemFacts } from "./item-facts.ts";
import { linkOf } from "./places.ts";
import { stateOf } from "./states.ts";
import {
  isLabel,
  isMachine,
  isOneLine,
  isSure,
  isTitle,
  roleOf,
  type Thing,
  thingsIn,
} from "./things.ts";

/** What there is to say about each item of a list. */
export interface Item {
  readonly title?: Leaf;
  readonly number?: Leaf;
  readonly link?: Leaf;
  readonly state?: Leaf;
  /** The hash of a commit. */
  readonly hash?: Leaf;
  /** For items that are changes: the field's name, and its values. */
  readonly field?: Leaf;
  readonly before?: Leaf;
  readonly after?: Leaf;
  /** For items that are answers: what was asked, and what the answer is. */
  readonly question?: Leaf;
  readonly answer?: Leaf;
  /** What was measured. */
  readonly value?: Leaf;
  /** How many of it there are. */
  readonly quantity?: Leaf;
  /** Short texts, where an item has no name. */
  readonly words?: readonly Leaf[];
  /** Further facts, each of which an item may lack. */
  readonly facts?: readonly Leaf[];
}

export interface ItemList {
  readonly path: JsonPath;
  /** The list whose items hold it, as the changes of a push hold commits; `path` then starts at one of them. */
  readonly within?: JsonPath;
  /** Whether some of those items lack it. */
  readonly isLoose?: boolean;
  /** The list's key in snake_case; empty when the payload itself is the list. */
  readonly key: string;
  readonly item: Item;
  /** Where the questions are, for a list of answers that only refer to them. */
  readonly asked?: Asked;
  /** True when some payload lacks the list, or has an empty one. */
  readonly optional: boolean;
  /** What some payload lacks on the way to the list, or to the outer one; the list itself where it is optional. */
  readonly needs: readonly JsonPath[];
}

const MAX_DEPTH = 4;
/** As many items say how the others are. */
const MAX_ITEMS = 2_000;

/**
 * Finds the list that deserves to be told.
 * @param known Whether only lists will do whose key is known for it; `any` for those of side matters as well.
 * @param nested Whether it may be spread over the items of another list.
 */
export function findList(
  values: readonly JsonValue[],
  known: boolean | "any",
  nested = true,
): ItemList | undefined {
  const found = pathsOf(values, known).flatMap((path): ItemList[] => {
    const lists = values.map((value) => valueAt(value, path));
    const items = lists.flatMap((list) => (list?.kind === "array" ? list.items : []));
    const optional = lists.some((list) => list?.kind !== "array" || list.items.length === 0);
    const proper = lists.every(
      (list) => list === undefined || list.kind === "array" || list.kind === "null",
    );
    if (!proper || items.length === 0) return [];
    const key = wordsOf(String(path.at(-1) ?? ""));
    const pair = pairOf(items);
    if (pair) return [{ path, key, item: pair, optional, needs: missingOn(values, path) }];
    if (!items.every(({ kind }) => kind === "object")) return [];
    const asked = askedIn(values, path, items, pathsOf(values, "any"));
    const answers = asked && answersTo(items);
    if (answers)
      return [{ path, key, item: answers, asked, optional, needs: missingOn(values, path) }];
    const item =
      (isChangeList(key) ? undefined : mixedAnswerOf(items.slice(0, MAX_ITEMS))) ??
      itemOf(thingsIn(leavesOf(items.slice(0, MAX_ITEMS))), isChangeList(key));
    const needs = missingOn(values, path);
    if (item) return [{ path, key, item, optional, needs }];
    const inner = nested ? findList(items, true, false) : undefined;
    return inner ? withinList({ ...inner, needs }, path, lists) : [];
  });
  const isKnown = ({ key }: ItemList): boolean => vocabulary.isList(key);
  const [first] = found;
  if (first && isKnown(first) && !found.some((other) => !other.optional && isKnown(other)))
    return first;
  return found.find(({ optional }) => !optional) ?? first;
}

/** What is empty or missing in some payload, of the list and the objects around it; the outermost first. */
export function missingOn(values: readonly JsonValue[], path: JsonPath): JsonPath[] {
  const isFull = (value: JsonValue | undefined): boolean =>
    (value?.kind === "array" && value.items.length > 0) ||
    (value?.kind === "object" && value.entries.size > 0);
  return path
    .map((_, index) => path.slice(0, index + 1))
    .filter((above) => !values.every((value) => isFull(valueAt(value, above))));
}

/** A list that is spread over the items of others. */
function withinList(
  inner: ItemList,
  within: JsonPath,
  lists: readonly (JsonValue | undefined)[],
): ItemList[] {
  const spread = lists.map((list) =>
    list?.kind === "array" ? list.items.map((item) => valueAt(item, inner.path)) : [],
  );
  const parts = spread.flat();
  const isThere = (part: JsonValue | undefined): boolean => part?.kind === "array";
  const isFit = parts.every((part) => isThere(part) || part === undefined || part.kind === "null");
  if (!isFit || !parts.some(isThere)) return [];
  const isLoose = !parts.every(isThere);
  if (isLoose && inner.path.length > 1) return [];
  const isEmpty = (part: JsonValue | undefined): boolean =>
    part?.kind !== "array" || part.items.length === 0;
  const optional = spread.some((items) => items.every(isEmpty));
  return [{ ...inner, within, optional, ...(isLoose && { isLoose }) }];
}

/** The ways to lists, the likeliest first. */
export function pathsOf(values: readonly JsonValue[], known: boolean | "any"): JsonPath[] {
  const paths = new Map<string, JsonPath>();
  for (const value of values)
    for (const path of below(value, [])) paths.set(JSON.stringify(path), path);
  const rank = (path: JsonPath): number => {
    const key = wordsOf(String(path.at(-1) ?? ""));
    const place = vocabulary.lists.indexOf(key);
    return path.length * 20 + (place < 0 ? 30 : place / 2);
  };
  return [...paths.values()]
    .filter((path) => {
      const key = wordsOf(String(path.at(-1) ?? ""));
      if (known === "any") return !vocabulary.namedLists.includes(key);
      return known ? vocabulary.isList(key) : !vocabulary.dullLists.includes(key);
    })
    .sort((a, b) => rank(a) - rank(b));
}

function below(value: JsonValue, path: JsonPath): JsonPath[] {
  if (value.kind === "array") return [path];
  if (value.kind !== "object" || path.length >= MAX_DEPTH) return [];
  return [...value.entries].flatMap(([key, child]) => {
    const role = roleOf(wordsOf(key));
    return role === "actor" || role === "machinery" ? [] : below(child, [...path, key]);
  });
}

function itemOf(things: readonly Thing[], changes: boolean): Item | undefined {
  const [item] = things;
  if (!item) return undefined;
  const change = changes ? changeOf(item) : undefined;
  if (change) return change;
  const answered = answerOf(item);
  if (answered) return answered;
  const title = itemTitle(item);
  const number = title
    ? undefined
    : item.first(
        ["number", "iid"],
        (leaf) => isSure(leaf) && leaf.kind === "integer" && isOneLine(leaf, 9),
      );
  const words = title || number ? [] : (alternativesOf(item) ?? wordsIn(item));
  if (!title && !number && words.length === 0) return undefined;
  // Where a thing has its name in an object of it, the rest stands there as well.
  const holder = title && things.find(({ path }) => isHolder(path, title));
  const link = linkOf(item) ?? (holder && linkOf(holder));
  const state =
    stateOf(item) ?? item.first(vocabulary.actions, (leaf) => isSure(leaf) && isLabel(leaf));
  const quantity = item.first(vocabulary.quantities, isCount);
  const value = item.first(["value", "current_value", "formatted_value"], isValue);
  const told = [title, number, state, quantity, value, ...words];
  const own = itemFacts(item, told);
  const facts = own.length === 0 && holder ? itemFacts(holder, told) : own;
  const hash = item.first(["sha", "hash", "commit_id", "id", "revision"], isHash);
  return {
    ...(title && { title }),
    ...(number && { number }),
    ...(link && { link }),
    ...(state && state !== title && { state }),
    ...(hash && { hash }),
    ...(quantity && { quantity }),
    ...(value && value !== state && title && { value }),
    ...(words.length > 0 && { words }),
    ...(facts.length > 0 && { facts }),
  };
}

const isHolder = (path: JsonPath, { path: inside }: Leaf): boolean =>
  path.length > 0 && JSON.stringify(path) === JSON.stringify(inside.slice(0, -1));

const MAX_WORDS = 3;

/** A name that only some items have, and the short texts of all. */
function wordsIn(item: Thing): Leaf[] {
  const isShort = (leaf: Leaf): boolean =>
    isLabel(leaf) &&
    !leaf.samples.some((text) => /@/.test(text)) &&
    !leaf.samples.every((text) => /^-?\d+$/.test(text));
  const short = item
    .own()
    .filter(
      ([name, leaf]) => isSure(leaf) && isShort(leaf) && !/(^|_)(id|uuid|date|time|at)$/.test(name),
    )
    .map(([, leaf]) => leaf);
  // A type alone tells nothing, unless only some items have a text of their own.
  const isType = short.every(({ key }) => /^(type|kind|object)$/.test(key));
  if (isType && !item.own().some(([, leaf]) => !isSure(leaf) && isShort(leaf))) return [];
  const name = item.first(["name", "title", "summary"], isShort);
  const always = short.filter((leaf) => leaf !== name).slice(0, MAX_WORDS);
  return name && !isSure(name) && always.length > 0 ? [...always, name] : always;
}

const isValue = (leaf: Leaf): boolean =>
  isSure(leaf) && leaf.kind !== "texts" && isOneLine(leaf, 30) && !isMachine(leaf);

const isCount = (leaf: Leaf): boolean =>
  isSure(leaf) && leaf.kind === "integer" && isOneLine(leaf, 6);

/** What an item is called; a long text gives its first line. */
function itemTitle(item: Thing): Leaf | undefined {
  const names = [
    "title",
    "message",
    "subject",
    "summary",
    "name",
    "description",
    "comment",
    "check_name",
    "display_name",
    "metric",
    "body",
    "text",
    "pretext",
    "fallback",
    // In a list of events, what happened is better than nothing.
    "event_type",
    "event_name",
    "event",
    "subscription_type",
    ...item.own().flatMap(([name]) => (/_(name|title)$/.test(name) ? [name] : [])),
  ];
  const nested = [
    ...["annotations/summary", "annotations/description", "labels/alertname", "product/name"],
    ...["line_item/title", "line_item/name", "metric/name", "resource/name", "subject/name"],
    "object/name",
    ...item
      .all()
      .flatMap(([name]) => (/^\w*(data|info|details)\/(title|name)$/.test(name) ? [name] : [])),
  ];
  const fits = (leaf: Leaf): boolean =>
    isSure(leaf) &&
    leaf.kind === "string" &&
    !isMarkup(leaf) &&
    isTitle({ ...leaf, samples: leaf.samples.map((text) => (text.split("\n")[0] ?? "").trim()) }) &&
    leaf.samples.every((text) => !text.startsWith("\n") && !text.includes("\r"));
  const found = [...nested, ...names].flatMap((name) => item.first([name], fits) ?? []);
  // What is the same for all items tells nothing of any.
  const tellsApart = ({ samples }: Leaf): boolean => new Set(samples).size > samples.length / 2;
  return found.find((leaf) => leaf.samples.length > 1 && tellsApart(leaf)) ?? found[0];
}

const isHash = (leaf: Leaf): boolean =>
  isSure(leaf) &&
  leaf.kind === "string" &&
  leaf.samples.every((text) => /^[0-9a-f]{12,64}$/i.test(text));
