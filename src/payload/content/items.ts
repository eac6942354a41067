/** What there is to say about one item of a list. */
import type { JsonPath } from "../json.ts";
import type { Leaf } from "../leaves.ts";
import * as vocabulary from "../vocabulary.ts";
import { answerOf } from "./answers.ts";
import { changeOf } from "./changes.ts";
import { isMarkup } from "./facts.ts";
import { alternativesOf, itemFacts } from "./item-facts.ts";
import { linkOf } from "./places.ts";
import { stateOf } from "./states.ts";
import { isLabel, isMachine, isOneLine, isSure, isTitle, type Thing } from "./things.ts";

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

/**
 * What items of a list are told by.
 * @param things The objects of the items, the items themselves first.
 * @param changes Whether the list is one of changes.
 */
export function itemOf(things: readonly Thing[], changes: boolean): Item | undefined {
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
