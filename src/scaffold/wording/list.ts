/** How a message tells a list: a line for each commit, alert, change. */
import { type Item, type ItemList, type Leaf, singular, slugOf } from "../../payload/index.ts";
import type { Body, FieldUse, Listing, ListPlace, Parts, Passage } from "../message.ts";
import { isReserved, Variables } from "./variables.ts";

/** The passage that tells a list, a line for each of its items. */
export function listPassage(list: ItemList, functionName: string): Passage {
  const item = itemNameOf(list.key);
  const variables = new Variables([item, QUESTION]);
  const line = list.asked
    ? askedLine(list.item, list.asked.isBare ? ": " : " ", variables)
    : lineOf(list.item, new Variables([item]));
  const listing: Listing = {
    ...listPlace(list),
    item,
    functionName: functionName.replace(/_body$/, `_${item}_line`),
    line,
    ...(list.asked && { asked: list.asked }),
  };
  return { parts: [], list: listing, ...(list.needs.length > 0 && { needs: list.needs }) };
}

/** Words that would say too little of an item. */
const vague = /^(items?|changes?|results?|data|body|line)$/;

function itemNameOf(key: string): string {
  const slug = slugOf(key);
  const word = singular(slug);
  if (/^change/.test(word)) return "change";
  if (word === "questions_and_answer") return "answer";
  return /^[a-z][a-z0-9_]*$/.test(word) &&
    !vague.test(word) &&
    !isReserved(word) &&
    word.length < 30
    ? word
    : "item";
}

/** Where a list is, as a message says it. */
export function listPlace({ path, within, isLoose }: ItemList): ListPlace {
  if (!within) return { path };
  const holder = itemNameOf(String(within.at(-1) ?? ""));
  const isTaken = holder === itemNameOf(String(path.at(-1) ?? ""));
  const item = isTaken ? "holder" : holder;
  return { path, within: { path: within, item, ...(isLoose && { isLoose }) } };
}

function lineOf(item: Item, variables: Variables): Body {
  if (item.field) return changeLine(item.field, item, variables);
  if (item.question && item.answer) return answerLine(item.question, item.answer, variables);
  const { link, hash, state, title } = item;
  const facts = factPassages(item, variables);
  if (item.words) return [...wordsLine(item.words, item, variables), ...facts];
  const name = nameOf(item, variables);
  const short: Parts = hash ? [variables.field("commit_id", hash, "short hash")] : [];
  const reference: Parts =
    hash && link
      ? [" ([", ...short, "](", variables.field("url", link), "))"]
      : hash
        ? [" (`", ...short, "`)"]
        : [];
  const main: Parts = hash || !link ? name : [variables.link(name, link)];
  const measured: Parts = item.value ? [": ", variables.field("value", looseOf(item.value))] : [];
  const shown: Parts = state ? ["**", variables.field("state", state, "words"), "**"] : [];
  // A colon cannot follow the end of a sentence.
  if (shown.length > 0 && title?.samples.some((text) => /[.!?]$/.test(text)))
    return [{ parts: [...shown, ": ", ...main, ...reference] }, ...facts];
  return [
    { parts: [...main, ...measured, ...reference, ...(shown.length > 0 ? [": ", ...shown] : [])] },
    ...facts,
  ];
}

/** Further facts under their labels; who made a commit says it without one. */
function factPassages({ facts = [] }: Item, variables: Variables): Passage[] {
  return facts.map((leaf) => {
    const isAuthor = [leaf.key, leaf.parent].includes("author") || leaf.path.includes("author");
    const word = /^(name|title)$/.test(leaf.key) && leaf.parent !== "" ? leaf.parent : leaf.key;
    const label = isAuthor ? " by " : `, ${word.replaceAll("_", " ")} `;
    return {
      parts: [label, variables.field(isAuthor ? "author" : leaf.key, leaf)],
      ...(leaf.optional.length > 0 && { needs: leaf.optional }),
    };
  });
}

/** A number that is whole here may come as 183.5 the next time. */
const looseOf = (leaf: Leaf): Leaf =>
  leaf.kind === "integer" ? { ...leaf, kind: "number" } : leaf;

/** The line of an item without a name. */
function wordsLine(words: readonly Leaf[], { link }: Item, variables: Variables): Body {
  const isAlways = ({ optional }: Leaf): boolean => optional.length === 0;
  const told = words
    .filter(isAlways)
    .flatMap(
      (leaf, index): Parts => [
        ...(index > 0 ? [" "] : []),
        variables.field(leaf.key || "item_text", leaf, "words"),
      ],
    );
  const names = words.filter((leaf) => !isAlways(leaf));
  const emphasis: Parts[] = told.length > 0 ? [[" **"], ["**"]] : [[], []];
  const [before = [], after = []] = emphasis;
  return [
    { parts: link ? [variables.link(told, link)] : told },
    ...names.map((leaf) => ({
      parts: [...before, variables.field(leaf.key, leaf), ...after],
      needs: leaf.optional,
    })),
  ];
}

/** What an item is called, and how many of it there are. */
function nameOf({ title, number, quantity }: Item, variables: Variables): Parts {
  if (title) {
    const count: Parts = quantity ? [variables.field("quantity", quantity), " x "] : [];
    const isWritten = /^(?:body|text|content|comment|note)$/.test(title.key);
    return [...count, (isWritten ? oneLineOf : firstLineOf)("title", title, variables)];
  }
  return number ? ["#", variables.field("number", number)] : [];
}

const firstLineOf = (name: string, leaf: Leaf, variables: Variables): FieldUse =>
  variables.field(
    name,
    leaf,
    leaf.samples.some((text) => text.includes("\n")) ? "first line" : undefined,
  );

/** What somebody wrote over several lines is told whole. */
const oneLineOf = (name: string, leaf: Leaf, variables: Variables): FieldUse =>
  variables.field(
    name,
    leaf,
    leaf.kind === "string" && leaf.samples.some((text) => text.includes("\n"))
      ? "one line"
      : undefined,
  );

/** Labels have no asterisks; whole questions, which somebody wrote, may have. */
const boldShown = ({ samples }: Leaf): "without asterisks" | undefined =>
  samples.some((text) => /\S \S+ \S/.test(text)) ? "without asterisks" : undefined;

function answerLine(question: Leaf, answer: Leaf, variables: Variables): Body {
  const asked: Parts = ["**", variables.field("question", question, boldShown(question)), "**"];
  const marked = question.samples.filter((text) => /[?.!:]\s*$/.test(text));
  const gap = marked.length > question.samples.length / 2 ? " " : ": ";
  if (answer.kind === "anything")
    return [{ parts: [...asked, gap, variables.field("answer_text", answer, "answer")] }];
  return [
    { parts: asked },
    {
      parts: [gap, oneLineOf("answer_text", answer, variables)],
      ...(answer.optional.length > 0 && { needs: answer.optional }),
    },
  ];
}

/** The parameter of a line that is given its question. */
const QUESTION = "question";

/** An answer under the question that the line is given. */
function askedLine({ words = [] }: Item, gap: string, variables: Variables): Body {
  const question: Parts = ["**", { use: "word", variable: QUESTION }, "**"];
  return [
    { parts: question },
    ...words.map(
      (leaf): Passage =>
        leaf.kind === "boolean"
          ? { parts: [gap, variables.field("is_so", leaf, "yes or no")], has: leaf.path }
          : {
              parts: [gap, oneLineOf(leaf.key || "answer_text", looseOf(leaf), variables)],
              needs: leaf.optional.length > 0 ? leaf.optional : [leaf.path],
            },
    ),
  ];
}

function changeLine(field: Leaf, { before, after }: Item, variables: Variables): Body {
  const passages: Passage[] = [{ parts: ["Changed ", variables.field("field", field)] }];
  if (before)
    passages.push({
      parts: [" from **", variables.field("before", before), "**"],
      needs: [before.path],
    });
  if (after)
    passages.push({
      parts: [" to **", variables.field("after", after), "**"],
      needs: [after.path],
    });
  return passages;
}
