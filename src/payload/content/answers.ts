/** What was asked, and what somebody answered, in one item of a list. */
import { type JsonValue, valueAt } from "../json.ts";
import { wordsOf } from "../keys.ts";
import { type Choices, type Leaf, leavesOf } from "../leaves.ts";
import * as vocabulary from "../vocabulary.ts";
import { isMarkup } from "./facts.ts";
import type { Item } from "./items.ts";
import { isLabel, isMachine, isSure, type Thing, thingsIn } from "./things.ts";

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

/** Keys of what was asked where the key of what was answered leaves no doubt. */
const looseQuestions = ["title", "name", "key"];

/** What was asked and answered in lists whose answers are of several types, as those of forms are, or lists of choices. */
export function mixedAnswerOf(items: readonly JsonValue[]): Item | undefined {
  const [item] = thingsIn(leavesOf(items));
  const question = item?.first(
    [...vocabulary.questions, ...looseQuestions],
    (leaf) => isSure(leaf) && leaf.kind === "string" && isLabel(leaf),
  );
  if (!question) return undefined;
  for (const key of keysOf(items)) {
    if (!vocabulary.answers.includes(wordsOf(key)) || key === question.path[0]) continue;
    const values = items.map((one) => valueAt(one, [key]));
    const isLoose = looseQuestions.includes(question.key);
    const isPair = items.every(
      (one) => one.kind === "object" && one.entries.size <= MAX_FIELD_KEYS,
    );
    const isSure = isPair || values.some((value) => value?.kind === "boolean");
    if (!areAnswers(values) || (isLoose && !isSure)) continue;
    const choices = choicesIn(items, values);
    const answer: Leaf = {
      path: [key],
      kind: "anything",
      samples: [],
      ...(choices && { choices }),
      key: wordsOf(key),
      parent: "",
      depth: 0,
      optional: [],
    };
    return { question, answer };
  }
  return undefined;
}

const keysOf = (items: readonly JsonValue[]): string[] => [
  ...new Set(items.flatMap((item) => (item.kind === "object" ? [...item.entries.keys()] : []))),
];

const isScalar = ({ kind }: JsonValue): boolean => /^(string|integer|float|boolean)$/.test(kind);

/** Whether these are answers that no one type holds, or lists of what was chosen. */
function areAnswers(values: readonly (JsonValue | undefined)[]): boolean {
  const given = values.filter((value) => value !== undefined && value.kind !== "null");
  const isAnswer = (value: JsonValue): boolean =>
    isScalar(value) || (value.kind === "array" && value.items.every(isScalar));
  const kinds = new Set(given.map(({ kind }) => kind));
  const isMixed = kinds.has("array") || kinds.has("boolean") || kinds.size > 1;
  return isMixed && kinds.size > 0 && given.every(isAnswer);
}

const textAt = (value: JsonValue, key: string): string | undefined => {
  const found = valueAt(value, [key]);
  return found?.kind === "string" ? found.value : undefined;
};

/** The list beside the answers in which what was chosen has its name. */
function choicesIn(
  items: readonly JsonValue[],
  answers: readonly (JsonValue | undefined)[],
): Choices | undefined {
  const chosen = answers.flatMap((answer) =>
    (answer?.kind === "array" ? answer.items : [answer]).flatMap((one) =>
      one?.kind === "string" ? [one.value] : [],
    ),
  );
  for (const list of keysOf(items)) {
    const options = items.flatMap((item) => {
      const found = valueAt(item, [list]);
      return found?.kind === "array" ? found.items : [];
    });
    if (options.length === 0) continue;
    const hasAll = (key: string): boolean =>
      options.every((option) => textAt(option, key) !== undefined);
    const id = ["id", "key", "value", "ref", "uuid"].find(
      (key) => hasAll(key) && options.some((option) => chosen.includes(textAt(option, key) ?? "")),
    );
    const name = ["text", "label", "name", "title"].find((key) => key !== id && hasAll(key));
    if (id !== undefined && name !== undefined) return { list, id, name };
  }
  return undefined;
}
