/** What was asked, and what somebody answered, in one item of a list. */
import { type JsonValue, valueAt } from "../json.ts";
import type { Leaf } from "../leaves.ts";
import * as vocabulary from "../vocabulary.ts";
import { isMarkup } from "./facts.ts";
import type { Item } from "./lists.ts";
import { isLabel, isMachine, isSure, type Thing } from "./things.ts";

/** What has more is a thing with a value, rather than a label and a text. */
const MAX_FIELD_KEYS = 4;

/** Lists of a label and a text. */
export function pairOf(items: readonly JsonValue[]): Item | undefined {
  const isPair = (item: JsonValue): boolean =>
    item.kind === "array" &&
    item.items.length === 2 &&
    item.items.every((part) => part.kind === "string" && part.value.trim() !== "");
  if (!items.every(isPair)) return undefined;
  const [question, answer] = [0, 1].map((place): Leaf => {
    const texts = items.map((item) => valueAt(item, [place]));
    const samples = texts.flatMap((text) => (text?.kind === "string" ? [text.value] : []));
    return { path: [place], kind: "string", samples, key: "", parent: "", depth: 0, optional: [] };
  });
  return question && answer && isLabel(question) ? { question, answer } : undefined;
}

/** What was asked, and what somebody answered, as forms have it; also the labels and values of fields. */
export function answerOf(item: Thing): Item | undefined {
  const isText = (leaf: Leaf): boolean => leaf.kind === "string" && !isMarkup(leaf);
  const question = item.first(vocabulary.questions, (leaf) => isSure(leaf) && isLabel(leaf));
  const answer = item.first(vocabulary.answers, (leaf) => isText(leaf) && !isMachine(leaf));
  if (question && answer) return { question, answer };
  const label = item.first(["title", "name", "key"], (leaf) => isSure(leaf) && isLabel(leaf));
  const value = item.first(["value"], (leaf) => isSure(leaf) && isText(leaf) && !isMachine(leaf));
  const isField = item.own().length <= MAX_FIELD_KEYS;
  return label && value && isField ? { question: label, answer: value } : undefined;
}
