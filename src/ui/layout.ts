/** Texts as a terminal shows them: how wide they are, in columns, and broken between words. */
import stringWidth from "fast-string-width";
import { HANGING_INDENT, withoutMarks } from "./marks.ts";
import { partsOf } from "./words.ts";

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
        const hangs = index > 0 && index === row.length - 1 && cell !== "";
        return hangs ? `${HANGING_INDENT}${padded}` : padded;
      })
      .join("  ")
      .trimEnd();
  return rows.map(line).join("\n");
}

/** A line that is longer than any terminal would show at once stays as it is. */
const LONGEST = 10_000;

/**
 * Breaks lines that are too long for a terminal between words, also in scripts without blanks. A word that is longer than a
 * line stays whole.
 */
export function wrapped(text: string, width: number): string {
  const fits = (line: string): boolean => line.length > LONGEST || widthOf(line) <= width;
  return text
    .split("\n")
    .map((line) => (fits(line) ? line : wrapLine(line, width)))
    .join("\n");
}

/** A line that is a command to copy. */
const COMMAND = /^ *(?:\$ )?(?:connect-webhook|git|cd|curl|npm) /;
/** Its words: what is quoted is one. */
const WORD = /(?:'[^']*'|"[^"]*"|[^ ])+/g;
/** What stands before a sentence, a quoted one, or a line of a comparison. */
const BEGINNING = /^(?:[+-] *|│ | *(?:[✓✗!•+-] )?)/;
/** So much of a narrow terminal is enough for the last column of a table. */
export const LEAST_COLUMNS = 24;

function wrapLine(line: string, width: number): string {
  const isCommand = COMMAND.test(withoutMarks(line));
  const own = indentOf(line, width) + (isCommand ? 4 : 0);
  const least = Math.min(own, beginningOf(line, width));
  // A shell takes the backslash and the line's end for nothing.
  const ending = isCommand ? " \\" : "";
  const lines: string[] = [];
  let current = "";
  let used = 0;
  for (const { before, text } of piecesOf(line, isCommand)) {
    const wide = widthOf(text);
    // What is too wide for its column stays whole where there is room for it further to the left.
    const indent = own + wide + ending.length > width ? least : own;
    // A new line that would begin no further to the left makes no room.
    const helps = current.trim() !== "" && used + before.length > indent;
    if (helps && used + before.length + wide + ending.length > width) {
      lines.push(`${current.trimEnd()}${ending}`);
      current = `${" ".repeat(indent)}${text}`;
      used = indent + wide;
    } else {
      current += `${before}${text}`;
      used += before.length + wide;
    }
  }
  return [...lines, current].join("\n");
}

/** The parts of a line between which it may be broken, each with the blank before it. */
function piecesOf(line: string, isCommand: boolean): { before: string; text: string }[] {
  const words = isCommand ? commandWords(line) : line.split(" ");
  return words.flatMap((word, at) => {
    const [first = "", ...rest] = isCommand ? [word] : partsOf(word);
    const pieces = rest.map((text) => ({ before: "", text }));
    return [{ before: at === 0 ? "" : " ", text: first }, ...pieces];
  });
}

/** Where a line goes on: below the column that says so, else below the first word. */
function indentOf(line: string, width: number): number {
  const at = line.lastIndexOf(HANGING_INDENT);
  const hanging = at < 0 ? 0 : widthOf(line.slice(0, at));
  const fits = hanging <= width / 2 || width - hanging >= LEAST_COLUMNS;
  return hanging > 0 && fits ? hanging : beginningOf(line, width);
}

function beginningOf(line: string, width: number): number {
  return Math.min(BEGINNING.exec(withoutMarks(line))?.[0].length ?? 0, Math.floor(width / 2));
}

function commandWords(line: string): string[] {
  const [first = "", ...rest] = line.match(WORD) ?? [];
  return [`${/^ */.exec(line)?.[0] ?? ""}${first}`, ...rest];
}
