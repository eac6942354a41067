/** Lists in payloads: commits, alerts, builds and others of which each deserves a line. */
import { missingOn } from "../containers.ts";
import { type JsonPath, type JsonValue, valueAt } from "../json.ts";
import { wordsOf } from "../keys.ts";
import { leavesOf } from "../leaves.ts";
import * as vocabulary from "../vocabulary.ts";
import { mixedAnswerOf, pairOf } from "./answers.ts";
import { type Asked, askedIn } from "./asked.ts";
import { isChangeList } from "./changes.ts";
import { answersTo } from "./item-facts.ts";
import { type Item, itemOf } from "./items.ts";
import { roleOf, thingsIn } from "./things.ts";

export interface ItemList {
  readonly path: JsonPath;
  /** The list whose items hold it, as the changes of a push hold commits; `path` then starts at one of them. */
  readonly within?: JsonPath;
  /** Whether some of those items lack it. */
  readonly isLoose?: boolean;
  /** The list's key in snake_case; empty when the payload itself is the list. */
  readonly key: string;
  readonly item: Item;
  /** Whether the author wants it told. */
  readonly isChosen?: true;
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
  const found = listsIn(values, known, nested);
  const isKnown = ({ key }: ItemList): boolean => vocabulary.isList(key);
  const [first] = found;
  if (first && isKnown(first) && !found.some((other) => !other.optional && isKnown(other)))
    return first;
  return found.find(({ optional }) => !optional) ?? first;
}

/** Lists of what somebody filled in, unlike headers and settings. */
const filledIn =
  /(^|_)(custom|additional|extra|form|fields?|attributes|answers?|inputs|questions?|details)(_|$)/;

/** Finds a list of labels with their values, as somebody filled them in, beside what else there is to say. */
export const findPairs = (values: readonly JsonValue[]): ItemList | undefined =>
  listsIn(values, "any", false).find(
    ({ key, item }) => item.question !== undefined && filledIn.test(key),
  );

function listsIn(
  values: readonly JsonValue[],
  known: boolean | "any",
  nested: boolean,
): ItemList[] {
  return pathsOf(values, known).flatMap((path) => listsAt(values, path, nested));
}

/** The list at a way, as far as a line can be made of each item. */
export const listAt = (values: readonly JsonValue[], path: JsonPath): ItemList | undefined =>
  listsAt(values, path, true)[0];

function listsAt(values: readonly JsonValue[], path: JsonPath, nested: boolean): ItemList[] {
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
