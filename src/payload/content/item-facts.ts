/** What else there is to say of an item of a list. */
import type { JsonValue } from "../json.ts";
import { flagsOf, type Leaf, leavesOf } from "../leaves.ts";
import { isAddress, isMachine, isOneLine, type Thing, thingsIn } from "./things.ts";

const MAX_FACTS = 3;
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** What measurements, alerts and commits are read for, the likeliest first. */
const keys = words(`
  value status_code threshold error_threshold warning_threshold limit severity priority labels/severity labels/host
  labels/instance host hostname source_name quality instance environment region service component role price duration
  annotations/description reason declined_reason text comment artifacts_file/filename`);
/** What went wrong with what an item holds. */
const failureKeys = /^\w+\/(error|error_message|last_status|status_code)$/;
/** Who made a commit. */
const authors = words(
  "author/name author/display_name author/user/display_name author/username author",
);

/**
 * A few facts of an item; the author only where captured items have several.
 * @param told What is said of it already.
 */
export function itemFacts(item: Thing, told: readonly (Leaf | undefined)[]): Leaf[] {
  const values = new Set(told.flatMap((leaf) => (leaf ? [leaf.samples.join("\n")] : [])));
  const found: Leaf[] = [];
  const offer = (leaf: Leaf | undefined): void => {
    const text = leaf?.samples.join("\n");
    if (!leaf || text === undefined || values.has(text) || found.length >= MAX_FACTS) return;
    values.add(text);
    found.push(leaf.kind === "integer" ? { ...leaf, kind: "number" } : leaf);
  };
  const isName = (leaf: Leaf): boolean =>
    leaf.kind === "string" && isShort(leaf) && leaf.samples.every((one) => !one.includes("@"));
  const author = item.first(authors, isName);
  if (author && new Set(author.samples).size > 1) offer(author);
  for (const key of keys) offer(item.first([key], isShort));
  for (const [name, leaf] of item.all()) if (failureKeys.test(name) && isShort(leaf)) offer(leaf);
  return found;
}

const isShort = (leaf: Leaf): boolean =>
  leaf.kind !== "texts" && isOneLine(leaf, 100) && !isAddress(leaf) && !isMachine(leaf);

/** Where answers of several kinds have their values. */
const valueNames = words("text choice/label choices/labels label value number date answer rating");

/** The fields of which each item has one, as answers have a text or a choice. */
export function alternativesOf(item: Thing): Leaf[] | undefined {
  const count = Math.max(0, ...item.own().map(([, { samples }]) => samples.length));
  const found = valueNames.flatMap((name) => item.first([name], isChosen) ?? []);
  const total = found.reduce((sum, { samples }) => sum + samples.length, 0);
  return found.length > 1 && total === count ? found : undefined;
}

/** The values of answers whose questions stand elsewhere, each of which has one of them. */
export function answersTo(items: readonly JsonValue[]): { words: Leaf[] } | undefined {
  const [item] = thingsIn(leavesOf(items));
  const isAnswer = (leaf: Leaf): boolean =>
    isOneLine(leaf, MAX_ANSWER_LENGTH) && !isAddress(leaf) && !isMachine(leaf);
  const names = [
    ...valueNames,
    "choices",
    "response",
    "answers",
    "values",
    "email",
    "phone_number",
  ];
  const words = names.flatMap((name) => item?.first([name], isAnswer) ?? []);
  // Whether somebody ticked a box.
  const ticks = flagsOf(items).filter(({ path }) => path.length === 1);
  return words.length > 0 ? { words: [...words, ...ticks.slice(0, 1)] } : undefined;
}

const MAX_ANSWER_LENGTH = 1000;

const isChosen = (leaf: Leaf): boolean =>
  leaf.optional.length > 0 && isOneLine(leaf, 200) && !isAddress(leaf);
