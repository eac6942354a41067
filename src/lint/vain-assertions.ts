/** Assertions that hold whatever the view sends, such as `assertTrue(expected, actual)`. */
import { assignmentsIn } from "../python/event-syntax.ts";
import { toExpression } from "../python/expression.ts";
import { callsIn } from "../python/module.ts";
import { childrenOf, findNodes } from "../python/source.ts";
import type {
  CallExpression,
  Expression,
  FunctionDefinition,
  PythonModule,
} from "../python/syntax.ts";

/** Methods of unittest that look at their first argument only; the second is the text for when they fail. */
const ONE_VALUE = /^self\.(assert(?:True|False|IsNone|IsNotNone|_))$/;
const ANY_VALUES = /^self\.assert(True|False|IsNone|IsNotNone|_|Equal|Equals|Is)$/;

/** How deep a name is followed to its value. */
const MAX_DEPTH = 5;

/** An assertion that compares nothing although it was given two values. */
export interface VainAssertion {
  /** Where it starts in the module's text. */
  readonly from: number;
  /** What it calls, as it is written. */
  readonly called: string;
}

/**
 * Assertions of a method that are given what is to be compared as the text that is shown when they fail. A statement
 * such as `assert expected, actual` is one as well.
 */
export function vainAssertions(
  module: PythonModule,
  method: FunctionDefinition,
): readonly VainAssertion[] {
  const calls = callsIn(module.text, method.node).flatMap((call) => {
    const [value, second] = call.args;
    const called = ONE_VALUE.exec(call.callee)?.[1];
    if (called === undefined || value === undefined) return [];
    const isGiven = second?.name === undefined && second?.stars === 0;
    const isVain = isGiven && comparesBoth(module, method, value.value, second.value);
    return isVain ? { from: call.from, called: `self.${called}` } : [];
  });
  const statements = findNodes(method.node, "AssertStatement").flatMap((node) => {
    const [value, second] = [...childrenOf(node)]
      .filter(({ name }) => name !== "assert" && name !== "," && name !== "Comment")
      .map((child) => toExpression(module.text, child));
    const isVain = value && second && comparesBoth(module, method, value, second);
    return isVain ? { from: node.from, called: "assert" } : [];
  });
  return [...calls, ...statements];
}

/** Whether a call compares nothing that the view does: `assertTrue(True)`, `assertEqual(1, 1)`, `assertEqual(x, x)`. */
export function isConstantAssertion(
  module: PythonModule,
  method: FunctionDefinition,
  { callee, args }: CallExpression,
): boolean {
  if (!ANY_VALUES.test(callee)) return false;
  const values = args.map(({ value }) => value);
  const looked = ONE_VALUE.test(callee) ? values.slice(0, 1) : values;
  if (looked.every((value) => isConstant(module, method, value))) return true;
  const [first, second] = values.map(({ from, to }) => module.text.slice(from, to));
  return first !== undefined && first === second;
}

/** Whether of two arguments the first decides nothing, or the second is plainly no text for people. */
function comparesBoth(
  module: PythonModule,
  method: FunctionDefinition,
  first: Expression,
  second: Expression,
): boolean {
  // `assertTrue(False, "must not come here")` is how some say that a test fails, and what is computed is a question.
  const form = first.kind === "other" ? first.syntax : first.kind;
  if (!/^(name|call|string|number|MemberExpression)$/.test(form)) return false;
  if (isConstant(module, method, first) || isSentText(module, first)) return true;
  return isExpected(first) || isExpected(second) || isNoText(second);
}

function isExpected(value: Expression): boolean {
  return value.kind === "name" && /(^|\.)expected_\w+$/i.test(value.name);
}

/** What a message says: a text that is never empty. */
function isSentText(module: PythonModule, { from, to }: Expression): boolean {
  const text = module.text.slice(from, to);
  return /^(?!.*(?:resp|result))[\w.()[\]-]*\.(content|subject|topic_name\(\))$/.test(text);
}

function isNoText(value: Expression): boolean {
  if (value.kind === "constant") return value.value !== null;
  return /^(number|list|tuple|set|dict)$/.test(value.kind);
}

/** Whether a value is written out, or is that of a name that never has another one. */
function isConstant(
  module: PythonModule,
  method: FunctionDefinition,
  value: Expression,
  depth = 0,
): boolean {
  if (value.kind === "string") return !value.formatted;
  if (value.kind === "constant" || value.kind === "number") return true;
  if (value.kind !== "name" || depth > MAX_DEPTH) return false;
  const { name } = value;
  if (method.parameters.some((parameter) => parameter.name === name)) return false;
  const values = valuesOf(module, method, name);
  return (
    values.length > 0 &&
    values.every((one) => one !== undefined && isConstant(module, method, one, depth + 1))
  );
}

/** Every value that a name gets in a method, or else in its module; undefined for one that is not understood. */
function valuesOf(
  module: PythonModule,
  method: FunctionDefinition,
  name: string,
): (Expression | undefined)[] {
  const source = module.text.slice(method.node.from, method.node.to);
  const otherwise = `\\bas ${name}\\b|\\bfor\\b[^:\\n]*\\b${name}\\b[^:\\n]*\\bin\\b|\\b${name} *[-+*/%|&:]=`;
  if (!/^\w+$/.test(name) || new RegExp(otherwise).test(source)) return [];
  const own = assignmentsIn(module, method.node, name);
  if (own.length === 0) {
    return module.assignments.flatMap(({ target, value }) => (target === name ? [value] : []));
  }
  return own.map(({ node, index }) =>
    index === undefined ? toExpression(module.text, node) : undefined,
  );
}
