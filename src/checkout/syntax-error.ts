/** Where Python source stops being Python, and why, in the words of a parser that is made to say so: ruff's. */

import { compileQuickly } from "../host/compilation.ts";
import { requireDependency } from "../host/packages.ts";
import { mismatchedBracket } from "../python/brackets.ts";
import { conflictOffset } from "../python/conflict.ts";
import { parseModule } from "../python/parse-module.ts";
import { offsetOf, type Position, positionOf, type SyntaxProblem } from "../python/source.ts";
import type { PythonModule } from "../python/syntax.ts";

/** A parser: the place and the message of the first error in a text. */
type Parse = (text: string) => (Position & { message: string }) | undefined;

let loaded: Parse | undefined;

/**
 * The first syntax error of a module. The grammar that modules are read with goes on after an error as if nothing had
 * been there, often for lines, so it knows that there is one, but not where.
 * @returns Undefined when there is none.
 */
export function syntaxErrorOf(module: PythonModule): SyntaxProblem | undefined {
  const [problem] = module.problems;
  const { text } = module;
  if (
    !problem ||
    !module.isRead ||
    text.includes("\0") ||
    conflictOffset(text, true) !== undefined
  ) {
    return problem;
  }
  loaded ??= loadParser();
  const found = loaded(text);
  if (!found) return problem;
  const offset = offsetOf(text, found);
  const message = isTelling(problem, found) ? problem.message : found.message;
  return {
    line: found.line,
    column: found.column,
    offset,
    message: message + bracketNote(text, offset),
  };
}

/** The same of a text that nobody has parsed yet. */
export const syntaxErrorIn = (text: string): SyntaxProblem | undefined =>
  syntaxErrorOf(parseModule(text));

/** Whether the grammar's own words about the line say more. */
const isTelling = ({ line, message }: SyntaxProblem, found: Position): boolean =>
  line === found.line && /Python 2|never closed/.test(message);

/** Where a bracket is left open, a parser stumbles over whatever comes behind it. */
function bracketNote(text: string, offset: number): string {
  const found = mismatchedBracket(text);
  if (!found || found.open.offset >= offset || (found.close && found.close.offset < offset))
    return "";
  const { line } = positionOf(text, found.open.offset);
  if (line === positionOf(text, offset).line) return "";
  const opening = `\`${found.open.sign}\` of line ${line}`;
  return found.close
    ? `; \`${found.close.sign}\` does not close the ${opening}`
    : `; the ${opening} is never closed`;
}

interface Ruff {
  Workspace: new (
    settings: unknown,
    encoding: unknown,
  ) => {
    check(text: string): {
      code: string | null;
      message: string;
      start_location: { row: number; column: number };
    }[];
  };
  PositionEncoding: { Utf32: unknown };
}

/** It takes half a second, so only a file with an error is worth it. */
function loadParser(): Parse {
  compileQuickly();
  const { Workspace, PositionEncoding } = requireDependency("@astral-sh/ruff-wasm-nodejs") as Ruff;
  // No rules; and what only an older Python refuses is for the tree's own checks.
  const settings = { "target-version": "py314", lint: { select: [] } };
  const workspace = new Workspace(settings, PositionEncoding.Utf32);
  return (text) => {
    const [first] = workspace
      .check(text)
      .filter(({ code }) => code === null || code === "invalid-syntax");
    if (!first) return undefined;
    const { row: line, column } = first.start_location;
    return {
      line,
      column,
      message: first.message.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase()),
    };
  };
}
