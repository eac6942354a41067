/** Two texts as lines that say what came and what went, with the words that differ. */
import { diffLines, diffWordsWithSpace } from "diff";
import type { Shown } from "./model.ts";

export interface DiffLine {
  readonly sign: " " | "+" | "-";
  /** The line in pieces; marked ones are what differs within the line. */
  readonly pieces: readonly { readonly text: string; readonly marked: boolean }[];
}

/** Compares two texts line by line, and within lines that were changed word by word. */
export function diffTexts(before: string, after: string): DiffLine[] {
  const lines: DiffLine[] = [];
  const changes = diffLines(before, after, { ignoreNewlineAtEof: true });
  for (let index = 0; index < changes.length; index += 1) {
    const [change, next] = [changes[index], changes[index + 1]];
    if (!change) continue;
    if (change.removed && next?.added) {
      lines.push(...changedLines(linesOf(change.value), linesOf(next.value)));
      index += 1;
    } else {
      const sign = change.added ? "+" : change.removed ? "-" : " ";
      lines.push(...linesOf(change.value).map((text) => plain(sign, text)));
    }
  }
  return lines;
}

const linesOf = (text: string): string[] => text.replace(/\n$/, "").split("\n");

const plain = (sign: DiffLine["sign"], text: string): DiffLine => ({
  sign,
  pieces: [{ text, marked: false }],
});

/** As many lines went as came: each is taken for the other's new form. */
function changedLines(before: readonly string[], after: readonly string[]): DiffLine[] {
  if (before.length !== after.length) {
    return [...before.map((text) => plain("-", text)), ...after.map((text) => plain("+", text))];
  }
  const pairs = before.map((old, index) => diffWordsWithSpace(old, after[index] ?? ""));
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
