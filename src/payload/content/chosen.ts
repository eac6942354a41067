/** What an author wants a message to tell, besides what is found. */
import { singular } from "../english.ts";
import { asMayCome } from "../fields.ts";
import { isSamePath } from "../json.ts";
import { wordsOf } from "../keys.ts";
import type { Leaf } from "../leaves.ts";
import { isEnvelope, plainAddress } from "../vocabulary.ts";
import { isTold } from "./chosen-items.ts";
import { type Fact, labelOf, meaningOf } from "./facts.ts";
import type { ItemList } from "./lists.ts";
import type { EventContent } from "./model.ts";
import { sumOf } from "./money.ts";
import type { Thing } from "./things.ts";

/**
 * A content that tells these fields as well: each on a line, and of a longer text the first as the quote.
 * @param fields Those that the message does not tell by itself.
 * @param list The list whose items are told, where one was chosen.
 * @param payloads What is known of the payloads.
 */
export function withChosen(
  content: EventContent,
  fields: readonly Leaf[],
  list: ItemList | undefined,
  payloads: PayloadFacts,
): EventContent {
  const quoted = content.remark ? undefined : fields.find(isLong);
  const labels = new Set(content.details.map(({ label }) => label));
  const facts = fields
    .filter((leaf) => leaf !== quoted)
    .map((leaf) => chosenFact(leaf, payloads, labels));
  const places = new Set(fields.map(placeOf));
  const others = content.details.filter(
    ({ leaf }) => !places.has(placeOf(leaf)) && !(list && isInLines(list, leaf)),
  );
  return {
    ...content,
    ...(quoted && { text: quoted, isTextChosen: true as const }),
    ...(list && { list: { ...list, isChosen: true as const } }),
    details: [...others, ...facts],
  };
}

/** Whether the lines of a list tell what a fact has of its items. */
const isInLines = ({ path, within, item }: ItemList, leaf: Leaf): boolean =>
  !within && leaf.each !== undefined && isSamePath(leaf.path, path) && isTold(item, leaf.each);

const placeOf = ({ path, each }: Leaf): string => JSON.stringify([path, each]);

const MAX_LINE_LENGTH = 200;

/** Whether it is a text for a quote. */
const isLong = ({ kind, samples }: Leaf): boolean =>
  kind === "string" && samples.some((text) => text.length > MAX_LINE_LENGTH || /\n./.test(text));

/**
 * A field as a fact that the author chose.
 * @param known Labels of other facts, of which it gets none.
 */
export function chosenFact(leaf: Leaf, { things, cents }: PayloadFacts, known: Set<string>): Fact {
  const key = uniqueLabel(leaf, known);
  known.add(key);
  const fact = { label: key, leaf, isChosen: true } as const;
  if (leaf.kind === "string" && leaf.samples.every((text) => plainAddress.test(text))) {
    const page = key.replace(/(^|_)(html_|web_)?(url|link|href)$/, "") || "page";
    return { ...fact, label: page, meaning: "page" };
  }
  if (leaf.kind === "boolean") return { ...fact, meaning: "yes or no" };
  const sum = sumOf(leaf, things, cents);
  if (sum === "unclear") return { ...fact, leaf: asMayCome(leaf), meaning: "unclear sum" };
  const label = key.replace(/_(in_)?(cents|minor)(_units?)?$/, "");
  if (sum?.minor && sum.currency)
    return { ...fact, label, leaf: sum.amount, second: sum.currency, meaning: "sum" };
  const meaning = meaningOf(leaf.key, leaf) ?? "text";
  const shown = meaning === "text" ? asMayCome(leaf) : leaf;
  return { ...fact, label: labelOf(key, meaning), leaf: shown, meaning };
}

/** What is known of the payloads that a field stands in. */
export interface PayloadFacts {
  /** Their objects. */
  readonly things: readonly Thing[];
  /** Whether whole sums of the service are known to count cents. */
  readonly cents: boolean;
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
