/** What an author wants a message to tell, besides what is found. */
import { singular } from "../english.ts";
import { asMayCome } from "../fields.ts";
import { wordsOf } from "../keys.ts";
import type { Leaf } from "../leaves.ts";
import { isEnvelope, plainAddress } from "../vocabulary.ts";
import { type Fact, labelOf, meaningOf } from "./facts.ts";
import type { ItemList } from "./lists.ts";
import type { EventContent } from "./model.ts";
import { isUnclearSum } from "./money.ts";
import { thingsIn } from "./things.ts";

/**
 * A content that tells these fields as well: each on a line, and of a longer text the first as the quote.
 * @param fields Those that the message does not tell by itself.
 * @param list The list whose items are told, where one was chosen.
 * @param leaves All fields of the payloads.
 */
export function withChosen(
  content: EventContent,
  fields: readonly Leaf[],
  list: ItemList | undefined,
  leaves: readonly Leaf[],
): EventContent {
  const quoted = content.remark ? undefined : fields.find(isLong);
  const labels = new Set(content.details.map(({ label }) => label));
  const facts = fields
    .filter((leaf) => leaf !== quoted)
    .map((leaf) => factOf(leaf, leaves, labels));
  const places = new Set(fields.map(placeOf));
  const others = content.details.filter(({ leaf }) => !places.has(placeOf(leaf)));
  return {
    ...content,
    ...(quoted && { text: quoted, isTextChosen: true as const }),
    ...(list && { list: { ...list, isChosen: true as const } }),
    details: [...others, ...facts],
  };
}

const placeOf = ({ path, each }: Leaf): string => JSON.stringify([path, each]);

const MAX_LINE_LENGTH = 200;

/** Whether it is a text for a quote. */
const isLong = ({ kind, samples }: Leaf): boolean =>
  kind === "string" && samples.some((text) => text.length > MAX_LINE_LENGTH || /\n./.test(text));

function factOf(leaf: Leaf, leaves: readonly Leaf[], labels: Set<string>): Fact {
  const key = uniqueLabel(leaf, labels);
  labels.add(key);
  if (leaf.kind === "string" && leaf.samples.every((text) => plainAddress.test(text))) {
    const label = key.replace(/(^|_)(html_|web_)?(url|link|href)$/, "") || "page";
    return { label, leaf, meaning: "page", isChosen: true };
  }
  if (leaf.kind === "boolean") return { label: key, leaf, meaning: "yes or no", isChosen: true };
  const holder = JSON.stringify(leaf.path.slice(0, -1));
  const thing = thingsIn(leaves).find(({ path }) => JSON.stringify(path) === holder);
  const meaning =
    thing && isUnclearSum(thing, leaf.key, leaf)
      ? "unclear sum"
      : (meaningOf(leaf.key, leaf) ?? "text");
  const shown = meaning === "text" ? asMayCome(leaf) : leaf;
  return { label: labelOf(key, meaning), leaf: shown, meaning, isChosen: true };
}

/** Keys that say nothing without what has them. */
const ofHolder = /^(name|full_name|display_name|title|label|value|text)$/;
const vague =
  /^(id|url|link|href|status|state|type|kind|number|count|email|key|code|slug|date|version)$/;

function uniqueLabel({ key, parent, each }: Leaf, labels: ReadonlySet<string>): string {
  const ofItem = each && wordsOf(String(each.at(-1)));
  if (ofItem !== undefined) return ofHolder.test(ofItem) ? key : `${singular(key)}_${ofItem}`;
  const holder = isEnvelope(parent) ? "" : parent;
  if (holder === "") return key;
  const own = ofHolder.test(key) ? holder : vague.test(key) ? `${holder}_${key}` : key;
  return labels.has(own) ? `${holder}_${key}` : own;
}
