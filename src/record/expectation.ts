/** Finds where a test states what it expects, and puts right what it says. */
import type { TestError } from "../engine/index.ts";
import type { Edit } from "../python/edit.ts";
import { toExpression } from "../python/expression.ts";
import { callsIn, stringsIn } from "../python/module.ts";
import { findNodes, positionOf } from "../python/source.ts";
import type {
  Expression,
  FunctionDefinition,
  PythonModule,
  StringExpression,
} from "../python/syntax.ts";
import { rewriteLiteral } from "./literal.ts";

/** An edit of `tests.py`, with the line it is on; or why a person has to do it. */
export type Correction = { edit: Edit; line: number } | { reason: string };

/**
 * The edit that makes a failed test expect what was sent.
 * @param module The parsed `tests.py`.
 * @param path Its path relative to the root, as it stands in the traceback.
 * @param error A failure with both texts.
 */
export function correctExpectation(
  module: PythonModule,
  path: string,
  { expected, actual, traceback, cut }: TestError,
): Correction {
  if (expected === undefined || actual === undefined) return { reason: "it compares no texts" };
  if (cut) return { reason: TOO_LONG };
  const reasons: string[] = [];
  // From the place that compared outwards: a helper of the test class passes on what the test gave it.
  for (const line of linesOf(traceback, path).reverse()) {
    const found = new Map<number, Correction>();
    for (const { method, argument } of argumentsAt(module, line)) {
      const place = resolve(module, method, argument, line);
      if ("reason" in place) reasons.push(place.reason);
      else if (matches(place, expected)) {
        found.set(place.literal.from, correction(module.text, place, actual));
      }
    }
    if (found.size > 1) return { reason: "it expects the same text twice, and only one is wrong" };
    for (const only of found.values()) return only;
  }
  return { reason: mostTelling(reasons) };
}

/** Why a text that was not kept whole is written into no test. */
export const TOO_LONG =
  "a text of more than 100,000 characters, or one that is not valid Unicode, is not written into a test";

const FORMATTED = "the expectation is an f-string";
const WORKED_OUT = "the expectation is computed, not written as one text";

/** Arguments that have nothing to do with the text have reasons as well: a name says least. */
function mostTelling(reasons: readonly string[]): string {
  const known = [FORMATTED, WORKED_OUT].find((reason) => reasons.includes(reason));
  return known ?? reasons[0] ?? "the expectation is not written in the test as a text";
}

interface LiteralPlace {
  literal: StringExpression;
  /** `"…".strip()`: the blanks around the text are the author's layout. */
  stripped: boolean;
}

function linesOf(traceback: string, path: string): number[] {
  const frames = traceback.matchAll(/^ {2}File "([^"\n]+)", line (\d+)/gm);
  return [...frames].filter(([, file]) => file === path).map(([, , line]) => Number(line));
}

function argumentsAt(
  module: PythonModule,
  line: number,
): { method: FunctionDefinition; argument: Expression }[] {
  const { text } = module;
  const holds = ({ from, to }: { from: number; to: number }): boolean =>
    positionOf(text, from).line <= line && line <= positionOf(text, to).line;
  const method = methodsOf(module).find(holds);
  if (!method) return [];
  return callsIn(text, method.node)
    .filter(holds)
    .flatMap((call) => call.args.map(({ value }) => ({ method, argument: value })));
}

function methodsOf({ classes, functions }: PythonModule): FunctionDefinition[] {
  return [...classes.flatMap(({ methods }) => methods), ...functions];
}

/** The literal behind an argument. */
function resolve(
  module: PythonModule,
  method: FunctionDefinition,
  argument: Expression,
  line: number,
): LiteralPlace | { reason: string } {
  if (argument.kind !== "name") return literalAt(module, argument);
  const { name } = argument;
  const local = localValues(module.text, method, name, line).at(-1);
  if (local) return literalAt(module, local);
  if (method.parameters.some((parameter) => parameter.name === name)) {
    return { reason: `${name} is handed in from elsewhere` };
  }
  return { reason: `${name} is defined elsewhere, and other tests may use it` };
}

/** What a local variable is set to above a line, in source order. */
function localValues(
  text: string,
  method: FunctionDefinition,
  name: string,
  line: number,
): Expression[] {
  return findNodes(method.node, "AssignStatement").flatMap((node) => {
    const [target, value] = [node.firstChild, node.lastChild];
    if (!target || !value || text.slice(target.from, target.to) !== name) return [];
    return positionOf(text, node.from).line <= line ? [toExpression(text, value)] : [];
  });
}

function literalAt(
  module: PythonModule,
  expression: Expression,
): LiteralPlace | { reason: string } {
  const { text } = module;
  if (expression.kind === "string") {
    if (expression.formatted) return { reason: FORMATTED };
    return { literal: expression, stripped: false };
  }
  const { from, to } = expression;
  const [literal, ...more] = stringsIn(text, module.root).filter(
    (string) => string.from >= from && string.to <= to,
  );
  if (
    literal &&
    more.length === 0 &&
    /^\s*(?:\)\s*)?\.strip\(\s*\)$/.test(text.slice(literal.to, to))
  ) {
    return literal.formatted ? { reason: FORMATTED } : { literal, stripped: true };
  }
  return { reason: WORKED_OUT };
}

function matches({ literal, stripped }: LiteralPlace, expected: string): boolean {
  if (literal.bytes || literal.value === undefined) return false;
  return (stripped ? literal.value.trim() : literal.value) === expected;
}

function correction(text: string, { literal, stripped }: LiteralPlace, actual: string): Correction {
  const before = literal.value ?? "";
  if (stripped && actual !== actual.trim()) {
    return { reason: "the text sent has spaces at its ends, and the test strips them" };
  }
  const [lead = ""] = stripped ? (/^\s*/.exec(before) ?? []) : [];
  const trail = stripped ? before.slice(before.trimEnd().length) : "";
  const rewritten = rewriteLiteral(text, literal, lead + actual + trail);
  if ("reason" in rewritten) return rewritten;
  return { edit: rewritten, line: positionOf(text, rewritten.from).line };
}
