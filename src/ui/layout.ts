/** Texts as a terminal shows them: how wide they are, in columns, and broken between words. */
import stringWidth from "fast-string-width";
import { HANGING_INDENT, withoutMarks } from "./marks.ts";

/** Where nobody knows how wide the terminal is, or there is none. */
export const USUAL_WIDTH = 80;

/** Joins nothing and shows nothing, whatever the library says. */
const NO_WIDTH = /[\u200b\u2060\ufeff]/g;

/** Columns that a text of one line takes; marks take none, and characters of East Asia and emoji two. */
export function widthOf(text: string): number {
  return stringWidth(withoutMarks(text).replace(NO_WIDTH, ""));
}

/** The beginning of a line that fits into so many columns; `…` says that something is left out. */
export function fitted(text: string, columns: number): string {
  const [line = ""] = text.split("\n", 1);
  if (widthOf(line) <= columns) return line;
  let [shown, width] = ["", 0];
  for (const { segment } of new Intl.Segmenter().segment(line.slice(0, columns * 4))) {
    width += widthOf(segment);
    if (width >= columns) break;
    shown += segment;
  }
  return `${shown}…`;
}

/** Rows with their columns in line. What is too long for the terminal goes on below its own column. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) {
      widths[index] = Math.max(widths[index] ?? 0, widthOf(cell));
    }
  }
  const line = (row: readonly string[]): string =>
    row
      .map((cell, index) => {
        const padded = cell + " ".repeat((widths[index] ?? 0) - widthOf(cell));
        return index > 0 && index === row.length - 1 ? `${HANGING_INDENT}${padded}` : padded;
      })
      .join("  ")
      .trimEnd();
  return rows.map(line).join("\n");
}

/** Breaks lines that are too long for a terminal between words. A word that is longer than a line stays whole. */
export function wrapped(text: string, width: number): string {
  return text
    .split("\n")
    .map((line) => (widthOf(line) <= width ? line : wrapLine(line, width)))
    .join("\n");
}

/** A line that is a command to copy. */
const COMMAND = /^ *(?:\$ )?(?:connect-webhook|git|cd|curl|npm) /;
/** What stands before a sentence. */
const BEGINNING = /^ *(?:[✓✗!•-] )?/;

function wrapLine(line: string, width: number): string {
  const isCommand = COMMAND.test(withoutMarks(line));
  // A shell takes the backslash and the line's end for nothing.
  const [words, ending] = isCommand ? [commandWords(line), " \\"] : [line.split(" "), ""];
  const indent = " ".repeat(indentOf(line, width) + (isCommand ? 4 : 0));
  const room = width - ending.length;
  const lines: string[] = [];
  let [current, empty] = ["", true];
  for (const [index, word] of words.entries()) {
    const longer = index === 0 ? word : `${current} ${word}`;
    if (!empty && widthOf(longer) > room) {
      lines.push(`${current}${ending}`);
      current = `${indent}${word}`;
    } else current = longer;
    empty = withoutMarks(current).trim() === "";
  }
  return [...lines, current].join("\n");
}

/** Where a line goes on: below the column that says so, else below the first word. */
function indentOf(line: string, width: number): number {
  const at = line.lastIndexOf(HANGING_INDENT);
  const hanging = at < 0 ? 0 : widthOf(line.slice(0, at));
  if (hanging > 0 && hanging <= width / 2) return hanging;
  return Math.min(BEGINNING.exec(withoutMarks(line))?.[0].length ?? 0, Math.floor(width / 2));
}

/** The words of a command line; what is quoted is one. */
function commandWords(line: string): string[] {
  const words: string[] = [];
  for (const part of line.split(" ")) {
    const last = words.at(-1);
    const open =
      last !== undefined && (last.split("'").length % 2 === 0 || last.split('"').length % 2 === 0);
    if (open) words[words.length - 1] = `${last} ${part}`;
    else words.push(part);
  }
  return words;
}
