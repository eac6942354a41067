/** Putting an element into a Python list, set or dictionary, and taking one out, without touching the others. */
import type { Edit } from "./edit.ts";
import { flatten, layout, type Piece, widthOf } from "./layout.ts";
import { lineBreakOf } from "./source.ts";
import type { Located } from "./syntax.ts";

/** Anything in brackets with elements. */
export interface Container extends Located {
  readonly elements: readonly Located[];
}

/**
 * The edits that insert an element.
 *
 * Among elements that have lines of their own it gets its own lines, right after the element before it: a comment
 * on the lines above the next element keeps its place. Elsewhere it goes inline.
 * @param text The source.
 * @param container A list, set, tuple or dictionary of the source.
 * @param index Where it goes among the elements, from 0.
 * @param element The new element.
 * @param lineLength The longest line allowed, in characters.
 */
export function insertElement(
  text: string,
  container: Container,
  index: number,
  element: Piece,
  lineLength: number,
): Edit[] {
  const before = container.elements[index - 1];
  const after = container.elements[index];
  const neighbour = before ?? after;
  if (!neighbour) return fillEmpty(text, container, element, lineLength);
  const anchor = before ? before.to : container.from + 1;
  const gap = gapAfter(text, anchor, after?.from ?? container.to - 1);
  if (startsLine(text, neighbour.from) && gap.lineEnd !== undefined) {
    const lines = layout(element, indentAt(text, neighbour.from), ",", lineLength);
    const missingComma = before !== undefined && gap.comma === undefined;
    return [
      ...(missingComma ? [{ from: before.to, to: before.to, insert: "," }] : []),
      { from: gap.lineEnd, to: gap.lineEnd, insert: asLines(text, lines) },
    ];
  }
  return insertInline(text, container, index, element, lineLength);
}

function insertInline(
  text: string,
  container: Container,
  index: number,
  element: Piece,
  lineLength: number,
): Edit[] {
  const flat = flatten(element);
  const oneLine = !/[\r\n]/.test(text.slice(container.from, container.to));
  if (oneLine && widthOf(lineAt(text, container.from)) + widthOf(flat) + 2 > lineLength) {
    const pieces: Piece[] = container.elements.map((old) => text.slice(old.from, old.to));
    pieces.splice(index, 0, element);
    return [explode(text, container, pieces, lineLength)];
  }
  const before = container.elements[index - 1];
  if (before) return [{ from: before.to, to: before.to, insert: `, ${flat}` }];
  const from = container.elements[0]?.from ?? container.from + 1;
  return [{ from, to: from, insert: `${flat}, ` }];
}

function fillEmpty(text: string, container: Container, element: Piece, lineLength: number): Edit[] {
  const inside = text.slice(container.from + 1, container.to - 1);
  if (inside.trim() === "") return [explode(text, container, [element], lineLength)];
  // Only comments inside: they stay, and the element goes below them.
  const lineStart = startOfLine(text, container.to - 1);
  const indent = `${indentAt(text, container.from)}    `;
  const lines = layout(element, indent, ",", lineLength);
  return [{ from: lineStart, to: lineStart, insert: asLines(text, lines) }];
}

/** Rewrites what is between the brackets with a line for each element. */
function explode(
  text: string,
  container: Container,
  pieces: readonly Piece[],
  lineLength: number,
): Edit {
  const indent = indentAt(text, container.from);
  const lines = pieces.flatMap((piece) => layout(piece, `${indent}    `, ",", lineLength));
  const insert = `${lineBreakOf(text)}${asLines(text, lines)}${indent}`;
  return { from: container.from + 1, to: container.to - 1, insert };
}

/**
 * The edits that take an element out, with its comma and the comment on its last line. Comments on lines of their
 * own stay: `insertElement` writes none, and this is its inverse.
 * @param text The source.
 * @param container A list, set, tuple or dictionary of the source.
 * @param index Which element, from 0.
 */
export function removeElement(text: string, container: Container, index: number): Edit[] {
  const element = container.elements[index];
  if (!element) return [];
  const next = container.elements[index + 1];
  const before = container.elements[index - 1];
  const gap = gapAfter(text, element.to, next?.from ?? container.to - 1);
  if (startsLine(text, element.from) && gap.lineEnd !== undefined) {
    const whole = { from: startOfLine(text, element.from), to: gap.lineEnd, insert: "" };
    return [isAlone(text, container, whole) ? emptied(container) : whole];
  }
  if (next) return [{ from: element.from, to: next.from, insert: "" }];
  return [{ from: before?.to ?? element.from, to: element.to, insert: "" }];
}

function isAlone(text: string, container: Container, whole: Edit): boolean {
  const rest = text.slice(container.from + 1, whole.from) + text.slice(whole.to, container.to - 1);
  return rest.trim() === "";
}

function emptied(container: Container): Edit {
  return { from: container.from + 1, to: container.to - 1, insert: "" };
}

interface Gap {
  /** Offset of the comma, where there is one. */
  comma: number | undefined;
  /** Offset after the line break that ends the line, when only white space, a comma and a comment come before it. */
  lineEnd: number | undefined;
}

/** Reads on from the end of an element (or of the opening bracket) up to the next element or the closing bracket. */
function gapAfter(text: string, from: number, limit: number): Gap {
  const rest = text.slice(from, limit);
  const [, lead = "", comma = "", line] =
    /^([^\S\r\n]*)(,?)([^\S\r\n]*(?:#[^\r\n]*)?\r?\n)?/.exec(rest) ?? [];
  const commaElsewhere = !comma && rest.replace(/#[^\r\n]*/g, "").includes(",");
  if (line === undefined || commaElsewhere) return { comma: undefined, lineEnd: undefined };
  const lineEnd = from + lead.length + comma.length + line.length;
  return { comma: comma ? from + lead.length : undefined, lineEnd };
}

function startOfLine(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

function lineAt(text: string, offset: number): string {
  const end = text.indexOf("\n", offset);
  return text.slice(startOfLine(text, offset), end < 0 ? undefined : end).replace(/\r$/, "");
}

/** The line of an offset, its line break included. */
export function lineRange(text: string, offset: number): { from: number; to: number } {
  const end = text.indexOf("\n", offset);
  return { from: startOfLine(text, offset), to: end < 0 ? text.length : end + 1 };
}

function startsLine(text: string, offset: number): boolean {
  return text.slice(startOfLine(text, offset), offset).trim() === "";
}

/** The white space that starts the line of an offset. */
export function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(startOfLine(text, offset), offset))?.[0] ?? "";
}

function asLines(text: string, lines: readonly string[]): string {
  const lineBreak = lineBreakOf(text);
  return lines.map((line) => line + lineBreak).join("");
}
