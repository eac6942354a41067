/** Parsing Python text, positions in it, and its syntax errors. */
import { parser } from "@lezer/python";
import { CONFLICT_MARKER, conflictLine, conflictOffset, settled } from "./conflict.ts";
import { readStringToken } from "./strings.ts";

/** A node of the concrete syntax tree. */
export type SyntaxNode = ReturnType<typeof parser.parse>["topNode"];

/** A place in a text as people count: both from 1; columns in characters. */
export interface Position {
  line: number;
  column: number;
}

/** Something the Python grammar does not allow. */
export interface SyntaxProblem extends Position {
  offset: number;
  message: string;
}

const byteOrderMark = "\uFEFF";

/**
 * Seven times as long as the longest file that integrations are read from, in UTF-16 units. Reading a text takes time
 * in proportion to its length, and this many take a second or two.
 */
const MAX_LENGTH = 400_000;

/** Python itself refuses 200 brackets within each other; a file nested deeper than this would exhaust the stack here. */
const MAX_DEPTH = 1_000;

/**
 * Parses a Python text. Never throws: what is wrong shows in `syntaxProblems`.
 * @returns undefined for a text that is too long, or nested too deeply, to be looked into.
 */
export function parseTree(text: string): SyntaxNode | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  // The grammar takes a byte order mark for a name. A line break in its place keeps every offset.
  const parsable = text.startsWith(byteOrderMark) ? `\n${text.slice(1)}` : text;
  // The parser takes long over brackets within brackets, so they are counted first.
  if (hasDeepBrackets(parsable)) return undefined;
  try {
    const { topNode } = parser.parse(parsable);
    return isTooDeep(topNode) ? undefined : topNode;
  } catch {
    // The parser makes its tree by recursion, which a text may exhaust. How deep that goes is not the same from run to
    // run, and some of what it exhausts the parser catches itself: it then fails over a tree that is not whole.
    return undefined;
  }
}

/** Whether more brackets are open at a place than any tree could be deep. Those in texts and comments count too. */
function hasDeepBrackets(text: string): boolean {
  const bracket = /[([{}\])]/g;
  let open = 0;
  // Not by `matchAll`: this goes through every text that is parsed.
  while (bracket.test(text)) {
    const isOpening = "([{".includes(text.charAt(bracket.lastIndex - 1));
    open = isOpening ? open + 1 : Math.max(0, open - 1);
    if (open > MAX_DEPTH) return true;
  }
  return false;
}

/** The tree of a text with nothing in it. */
export const emptyTree = (): SyntaxNode => parser.parse("").topNode;

function isTooDeep(root: SyntaxNode): boolean {
  let [depth, deepest] = [0, 0];
  root.cursor().iterate(
    () => {
      depth += 1;
      deepest = Math.max(deepest, depth);
    },
    () => {
      depth -= 1;
    },
  );
  return deepest > MAX_DEPTH;
}

/** The place that was asked for last: whoever asks for many of one text mostly asks in order. */
let last = { text: "", offset: 0, line: 1, column: 1 };

/** The line and column of an offset. */
export function positionOf(text: string, offset: number): Position {
  const first = { text, offset: text.startsWith(byteOrderMark) ? 1 : 0, line: 1, column: 1 };
  const from = last.text === text && last.offset <= offset ? last : first;
  let { line, column } = from;
  let start = from.offset;
  for (let at = text.indexOf("\n", start); at >= 0 && at < offset; at = text.indexOf("\n", start)) {
    line += 1;
    column = 1;
    start = at + 1;
  }
  for (const _ of text.slice(start, offset)) column += 1;
  last = { text, offset: Math.max(start, offset), line, column };
  return { line, column };
}

/** The offset of a line and column; the end of the text where it has no such place. */
export function offsetOf(text: string, { line, column }: Position): number {
  let start = 0;
  for (let at = 1; at < line; at += 1) {
    const end = text.indexOf("\n", start);
    if (end < 0) return text.length;
    start = end + 1;
  }
  if (start === 0 && text.startsWith(byteOrderMark)) start = 1;
  let offset = start;
  for (const character of text.slice(start, start + 2 * column)) {
    if (column <= 1) break;
    column -= 1;
    offset += character.length;
  }
  return offset;
}

/** The line break that a text uses most. */
export function lineBreakOf(text: string): "\r\n" | "\n" {
  const windows = text.split("\r\n").length - 1;
  return windows > 0 && windows * 2 > text.split("\n").length - 1 ? "\r\n" : "\n";
}

/** The direct children of a node. */
export function* childrenOf(node: SyntaxNode): Generator<SyntaxNode> {
  for (let child = node.firstChild; child; child = child.nextSibling) yield child;
}

/** The nodes with one of some names, at or below a node, in source order. */
export function findNodes(root: SyntaxNode, ...names: string[]): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  // A cursor makes no object for the nodes that it only passes by.
  root.cursor().iterate((node) => {
    if (names.includes(node.name)) found.push(node.node);
  });
  return found;
}

/** Where a text is no Python at all, nobody reads on: each further place would take as long as the whole text. */
const MAX_PROBLEMS = 20;

/**
 * The first syntax errors of a text, in order.
 * @param text The source.
 * @param root Its tree, when there is one already.
 */
export function syntaxProblems(text: string, root = parseTree(text)): SyntaxProblem[] {
  if (!root) {
    const tooLong = `it is longer than ${MAX_LENGTH.toLocaleString("en")} characters`;
    return [problemAt(text, 0, text.length > MAX_LENGTH ? tooLong : "it is nested too deeply")];
  }
  const problems: SyntaxProblem[] = [];
  for (const node of findNodes(root, "⚠", "PrintStatement", "String", "FormatString")) {
    const message = complaintAbout(text, node);
    if (message) problems.push(problemAt(text, node.from, message));
    if (problems.length === MAX_PROBLEMS) break;
  }
  for (const block of findNodes(root, "Script", "Body")) {
    const offset = strayIndent(text, block);
    if (offset !== undefined) problems.push(problemAt(text, offset, "unexpected indentation"));
  }
  const nul = text.indexOf("\0");
  if (nul >= 0)
    problems.push(problemAt(text, nul, "there is a null byte, which Python does not read"));
  problems.sort((a, b) => a.offset - b.offset);
  const conflict = problems.length > 0 ? conflictOffset(text, true) : undefined;
  // What follows of it says nothing more.
  return conflict === undefined ? problems : [problemAt(text, conflict, CONFLICT_MARKER)];
}

/** A source whose conflicts are settled for this run. */
export interface SettledSource {
  /** With as many lines as the file has. */
  text: string;
  /** Of the first conflict marker, from 1. */
  line: number;
}

/**
 * What can be read of a source with conflict markers: both versions of everything where that is Python (two branches that
 * each add an entry, mostly), else the first.
 * @returns Undefined when there is no conflict.
 */
export function settleConflicts(text: string): SettledSource | undefined {
  const line = conflictLine(text);
  if (line === undefined || syntaxProblems(text).length === 0) return undefined;
  const both = settled(text, "both");
  const isPython = syntaxProblems(both).length === 0;
  return { line, text: isPython ? both : settled(text, "first") };
}

function problemAt(text: string, offset: number, message: string): SyntaxProblem {
  return { ...positionOf(text, offset), offset, message };
}

/** The grammar passes over white space where no block is open; in Python all statements of a block line up. */
function strayIndent(text: string, block: SyntaxNode): number | undefined {
  let expected = block.name === "Script" ? "" : undefined;
  for (const statement of childrenOf(block)) {
    if (!/(Statement|Definition|StatementGroup)$/.test(statement.name)) continue;
    const lineStart = text.lastIndexOf("\n", statement.from - 1) + 1;
    const indent = text.slice(lineStart, statement.from).replace(byteOrderMark, "");
    if (indent.trim() !== "") continue;
    expected ??= indent;
    if (indent !== expected && !indent.includes("\f")) return statement.from;
  }
  return undefined;
}

function complaintAbout(text: string, node: SyntaxNode): string | undefined {
  if (node.type.isError) {
    if (isGrammarGap(text, node)) return undefined;
    return node.from === node.to ? "something is missing here" : "unexpected text";
  }
  if (node.name === "PrintStatement") return "`print` without parentheses is Python 2";
  if (node.name === "String" || node.name === "FormatString") {
    const closed = readStringToken(text.slice(node.from, node.to)).closed;
    return closed ? undefined : "a string that is never closed";
  }
  return undefined;
}

/** Valid Python that the grammar complains about: a bare `yield`, `with (a, b):`, and line breaks after a comment. */
function isGrammarGap(text: string, node: SyntaxNode): boolean {
  if (node.parent?.name.startsWith("Yield")) {
    return /^[ \t]*(?:[\r\n#),\];]|$)/.test(text.slice(node.to));
  }
  if (/^[\r\n]+$/.test(text.slice(node.from, node.to)) && node.prevSibling?.name === "Comment") {
    return true;
  }
  const statement = headedBy(node);
  return (
    statement?.name === "WithStatement" && /^(async\s+)?with\s*\(/.test(text.slice(statement.from))
  );
}

/** The compound statement whose head (the part before its body) holds the node. */
function headedBy(node: SyntaxNode): SyntaxNode | undefined {
  for (let outer = node.parent; outer && outer.name !== "Body"; outer = outer.parent) {
    if (outer.name.endsWith("Statement") || outer.name === "Script") return outer;
  }
  return undefined;
}
