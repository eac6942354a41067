/** What differs between the text that a test expects and the one that was sent. */
import { type Change, diffLines, diffWordsWithSpace } from "diff";
import { beginning, leftOut } from "../../cut.ts";
import type { TestError } from "../../engine/index.ts";
import type { Paint } from "../../ui/marks.ts";
import type { Output } from "../../ui/output.ts";

/** Characters of each text that are compared and shown. A message of Connect has 10,000. */
const LONGEST = 30_000;
/** Characters that are shown of what is the same before the first difference, where the texts are longer than that. */
const BEFORE = 1_000;
/** Insertions and deletions that are looked for; the work grows with their square. */
const MOST_EDITS = 500;
/** Lines that are shown. */
const MOST_LINES = 400;
/** Lines that are the same, and that are all shown; of more than that the middle is left out. */
const SAME_LINES = 16;
/** How many of them stay before and after. */
const CONTEXT = 4;

/** Which part of a message a failed comparison is about. */
export const comparedPart = ({ ofTopic }: Pick<TestError, "ofTopic">): "topic" | "message" =>
  ofTopic ? "topic" : "message";

/** Two texts, and what differs between them. */
export function comparison(
  expected: string,
  actual: string,
  { paint, part = "message" }: Pick<Output, "paint"> & { readonly part?: "topic" | "message" },
): string[] {
  const legend = `The ${part} differs: ${paint.green("- expected")}, ${paint.red("+ sent")}`;
  const shown = window(expected, actual);
  const oneLine = !shown.expected.includes("\n") && !shown.actual.includes("\n");
  const diff = oneLine && paint.coloured ? wordDiff : lineDiff;
  const before = shown.before > 0 ? [paint.dim(`… ${shown.before} characters are the same`)] : [];
  const lines = diff(shown.expected, shown.actual, paint);
  const hidden = lines.length - MOST_LINES;
  return [
    legend,
    ...before,
    ...lines.slice(0, MOST_LINES),
    ...(hidden > 0 ? [paint.dim(leftOut(hidden, "line"))] : []),
    ...(shown.left > 0 ? [paint.dim(leftOut(shown.left))] : []),
  ];
}

interface Window {
  expected: string;
  actual: string;
  /** Characters before it, which are the same in both. */
  before: number;
  /** Characters after it, of both together. */
  left: number;
}

/** The part of two texts that is compared: all of them, or what begins shortly before the first difference. */
function window(expected: string, actual: string): Window {
  if (Math.max(expected.length, actual.length) <= LONGEST) {
    return { expected, actual, before: 0, left: 0 };
  }
  let same = 0;
  while (same < expected.length && expected.charCodeAt(same) === actual.charCodeAt(same)) same += 1;
  const before = same > BEFORE ? same - BEFORE : 0;
  const [one, other] = [expected, actual].map((text) => beginning(text.slice(before), LONGEST));
  return {
    expected: one?.text ?? "",
    actual: other?.text ?? "",
    before,
    left: (one?.left ?? 0) + (other?.left ?? 0),
  };
}

function lineDiff(expected: string, actual: string, paint: Paint): string[] {
  const options = { ignoreNewlineAtEof: true, maxEditLength: MOST_EDITS };
  const parts = diffLines(expected, actual, options) ?? replacement(expected, actual);
  return parts.flatMap(({ value, added, removed }) => {
    const lines = value.replace(/\n$/, "").split("\n");
    if (added) return lines.map((line) => paint.red(`+ ${line}`));
    if (removed) return lines.map((line) => paint.green(`- ${line}`));
    return sameLines(lines).map((line) => paint.dim(`  ${line}`));
  });
}

function sameLines(lines: readonly string[]): string[] {
  if (lines.length <= SAME_LINES) return [...lines];
  const hidden = lines.length - 2 * CONTEXT;
  return [...lines.slice(0, CONTEXT), `… ${hidden} lines are the same`, ...lines.slice(-CONTEXT)];
}

/** Two long lines that differ in a word are hard to compare by eye: the words that differ are marked. */
function wordDiff(expected: string, actual: string, paint: Paint): string[] {
  const options = { maxEditLength: MOST_EDITS };
  const parts = diffWordsWithSpace(expected, actual, options) ?? replacement(expected, actual);
  const side = (skip: "added" | "removed", mark: (text: string) => string): string =>
    parts
      .filter((part) => !part[skip])
      .map((part) => (part.added || part.removed ? mark(part.value) : part.value))
      .join("");
  return [
    `${paint.green("-")} ${side("added", (text) => paint.green.inverse(text))}`,
    `${paint.red("+")} ${side("removed", (text) => paint.red.inverse(text))}`,
  ];
}

/** Texts that have too little in common: one in place of the other. */
function replacement(
  expected: string,
  actual: string,
): Pick<Change, "value" | "added" | "removed">[] {
  return [
    { value: expected, added: false, removed: true },
    { value: actual, added: true, removed: false },
  ];
}
