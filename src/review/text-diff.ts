/** Two texts as lines that say what came and what went, with the words that differ. */
import { diffLines, diffWordsWithSpace } from "diff";
import type { Shown } from "./model.ts";

export interface DiffLine {
  readonly sign: " " | "+" | "-";
  /** The line in pieces; marked ones are what differs within the line. */
  readonly pieces: readonly { readonly text: string; readonly marked: boolean }[];
}

/** The time to compare grows with the square of how much differs. */
const MAX_EDITS = 1_000;
/** What a reviewer reads at most, in lines. */
const MAX_LINES = 2_000;
/** Words are compared in lines up to this length, in UTF-16 units. */
const MAX_LINE_LENGTH = 2_000;

/**
 * Compares two texts line by line, and within lines that were changed word by word. Of a long comparison the first
 * lines are there, and one that says how many are not.
 * @param maxEdits Where more than this differs, all of it does.
 */
export function diffTexts(before: string, after: string, maxEdits = MAX_EDITS): DiffLine[] {
  const lines = allLines(before, after, maxEdits);
  const more = lines.length - MAX_LINES;
  if (more <= 0) return lines;
  return [...lines.slice(0, MAX_LINES), plain(" ", `… ${more.toLocaleString("en")} more lines`)];
}

function allLines(before: string, after: string, maxEdits: number): DiffLine[] {
  const lines: DiffLine[] = [];
  const options = { ignoreNewlineAtEof: true, maxEditLength: maxEdits };
  const changes = diffLines(before, after, options);
  if (changes === undefined) return changedLines(linesOf(before), linesOf(after), maxEdits);
  for (let index = 0; index < changes.length; index += 1) {
    const [change, next] = [changes[index], changes[index + 1]];
    if (!change) continue;
    if (change.removed && next?.added) {
      for (const line of changedLines(linesOf(change.value), linesOf(next.value), maxEdits))
        lines.push(line);
      index += 1;
    } else {
      const sign = change.added ? "+" : change.removed ? "-" : " ";
      for (const text of linesOf(change.value)) lines.push(plain(sign, text));
    }
  }
  return lines;
}

const linesOf = (text: string): string[] => text.replace(/\n$/, "").split("\n");

const plain = (sign: DiffLine["sign"], text: string): DiffLine => ({
  sign,
  pieces: [{ text, marked: false }],
});

const isLongLine = ({ length }: string): boolean => length > MAX_LINE_LENGTH;

/** As many lines went as came: each is taken for the other's new form. */
function changedLines(
  before: readonly string[],
  after: readonly string[],
  maxEdits: number,
): DiffLine[] {
  const isLong = before.length > MAX_LINES || [...before, ...after].some(isLongLine);
  if (before.length !== after.length || isLong) {
    return [...before.map((text) => plain("-", text)), ...after.map((text) => plain("+", text))];
  }
  const pairs = before.map((old, index) => {
    const now = after[index] ?? "";
    return (
      diffWordsWithSpace(old, now, { maxEditLength: maxEdits }) ?? [
        { value: old, removed: true, added: false },
        { value: now, removed: false, added: true },
      ]
    );
  });
  const side = (sign: "-" | "+"): DiffLine[] =>
    pairs.map((parts) => ({
      sign,
      pieces: parts
        .filter((part) => !(sign === "-" ? part.added : part.removed))
        .map(({ value, added, removed }) => ({ text: value, marked: added || removed })),
    }));
  return [...side("-"), ...side("+")];
}

/** A delivery as a text: where each message went, and its Markdown; or what the view answered. */
export function shownAsText({ messages, response, error }: Shown): string {
  if (error) return `The view raised ${error.type}: ${error.message}`;
  if (messages.length === 0)
    return `No message. The view answered ${response.status}: ${response.body.trim()}`;
  return messages
    .map(({ type, stream, topic, to, sender, content }) => {
      const place = type === "stream" ? `#${stream} > ${topic}` : `direct message to ${to}`;
      return `To: ${place}\nFrom: ${sender}\n\n${content}`;
    })
    .join("\n\n");
}
