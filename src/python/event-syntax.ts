/** What the code of a view says about event types: assignments, tables, comparisons and lookups. */
import { stringValue, toExpression } from "./expression.ts";
import { childrenOf, findNodes, type SyntaxNode } from "./source.ts";
import type { Expression, PythonModule } from "./syntax.ts";

export interface Assigned {
  readonly node: SyntaxNode;
  /** Which part of it, where several names are set at once. */
  readonly index: number | undefined;
}

/** What a function sets a name to. */
export function assignmentsIn(module: PythonModule, scope: SyntaxNode, name: string): Assigned[] {
  const found: Assigned[] = [];
  for (const node of findNodes(scope, "AssignStatement")) {
    const children = [...childrenOf(node)].filter(
      (one) => one.name !== "Comment" && one.name !== "TypeDef",
    );
    const operator = children.findIndex((one) => one.name === "AssignOp");
    const value = children[operator + 1];
    if (operator < 0 || !value || children.length > operator + 2) continue;
    const [only] = children;
    const targets =
      operator === 1 && only?.name === "TupleExpression"
        ? [...childrenOf(only)]
        : children.slice(0, operator);
    const names = targets.filter((one) => one.name === "VariableName");
    const index = names.findIndex((one) => module.text.slice(one.from, one.to) === name);
    if (index >= 0) found.push({ node: value, index: names.length > 1 ? index : undefined });
  }
  return found;
}

/** What an expression may come to: `a` and `b` of `(a if x else b)`. */
export function branchesOf(node: SyntaxNode): SyntaxNode[] {
  const [first, second, , , last] = [...childrenOf(node)];
  if (node.name === "ParenthesizedExpression") return second ? branchesOf(second) : [];
  if (node.name !== "ConditionalExpression") return [node];
  return [first, last].flatMap((one) => (one ? branchesOf(one) : []));
}

export function tableOf(
  module: PythonModule,
  name: string,
): Extract<Expression, { kind: "dict" }> | undefined {
  const value = module.assignments.findLast(({ target }) => target === name)?.value;
  return value?.kind === "dict" ? value : undefined;
}

/** A source without its blanks, so that two ways to write one thing are the same. */
export function sourceText(module: PythonModule, from: number, to: number): string {
  return module.text.slice(from, to).replace(/\s+/g, "");
}

export function nodeAt(module: PythonModule, { from, to }: Expression): SyntaxNode | undefined {
  for (let node: SyntaxNode | null = module.root.resolveInner(from, 1); node; node = node.parent) {
    if (node.from === from && node.to === to && node.name !== "VariableName") return node;
    if (node.to > to || node.from < from) return undefined;
  }
  return undefined;
}

/** Two things that are compared, and the sign between them, such as `==`. */
export interface Comparison {
  readonly left: SyntaxNode;
  readonly sign: string;
  readonly right: SyntaxNode;
}

/** What an expression compares; undefined where it is more or less than one comparison. */
export function comparisonAt(module: PythonModule, node: SyntaxNode): Comparison | undefined {
  const [left, operator, right, ...more] = [...childrenOf(node)].filter(
    ({ name }) => name !== "Comment",
  );
  if (!left || !operator || !right || more.length > 0) return undefined;
  return { left, sign: module.text.slice(operator.from, operator.to), right };
}

/** The texts that something which holds the event type is compared with. */
export function comparedTexts(
  module: PythonModule,
  comparison: SyntaxNode,
  holds: (node: SyntaxNode) => boolean,
): { value: string; from: number }[] {
  const { left, sign, right } = comparisonAt(module, comparison) ?? {};
  if (!left || !right || (sign !== "==" && sign !== "in")) return [];
  // `"push" in event` asks for a part of it.
  const [event, other] = holds(left) || sign === "in" ? [left, right] : [right, left];
  if (!holds(event)) return [];
  const value = toExpression(module.text, other);
  const elements =
    value.kind === "list" || value.kind === "tuple" || value.kind === "set"
      ? value.elements.map((one) => one.value)
      : [value];
  return elements.flatMap((one) => {
    const text = stringValue(one);
    return text === undefined ? [] : [{ value: text, from: one.from }];
  });
}

/** Whether a message may come of a comparison: it decides a branch that does more than end or refuse. */
export function sends(module: PythonModule, comparison: SyntaxNode): boolean {
  let condition = comparison;
  for (let parent = comparison.parent; parent; parent = condition.parent) {
    if (parent.name === "IfStatement") break;
    if (parent.name !== "BinaryExpression" && parent.name !== "ParenthesizedExpression")
      return false;
    // Of what is combined with something else the type alone decides nothing.
    condition = parent;
  }
  if (condition.parent?.name !== "IfStatement") return false;
  let body = condition.nextSibling;
  while (body && body.name !== "Body") body = body.nextSibling;
  return body !== null && doesMore(module, body);
}

/**
 * Whether a message is sent for values that nothing is compared with: the branches that a comparison decides end in an
 * `else` that does more than end or refuse.
 * @param offset Of one of the values compared.
 */
export function sendsOtherwise(module: PythonModule, offset: number): boolean {
  let node: SyntaxNode | null = module.root.resolveInner(offset, 1);
  while (node && node.name !== "IfStatement") node = node.parent;
  const parts = node ? [...childrenOf(node)] : [];
  const otherwise = parts.findIndex(({ name }) => name === "else");
  const body = parts.slice(otherwise + 1).find(({ name }) => name === "Body");
  return otherwise >= 0 && body !== undefined && doesMore(module, body);
}

/** Whether a branch does more than end or refuse. */
function doesMore(module: PythonModule, body: SyntaxNode): boolean {
  const inside = module.text
    .slice(body.from + 1, Math.min(body.to, body.from + 300))
    .replace(/^\s*(#.*\s*)*/, "");
  return !/^(raise|pass|continue|return( None| "")?\s*$|return (None|""|json_success|\()|return$)/m.test(
    inside.slice(0, inside.search(/\n|$/)),
  );
}

export function lookupIn(
  module: PythonModule,
  node: SyntaxNode,
): { table: string; key: SyntaxNode; bare: boolean; hasDefault: boolean } | undefined {
  const children = [...childrenOf(node)];
  const [first, second, third] = children;
  if (!first || !second) return undefined;
  if (node.name === "MemberExpression") {
    const bare =
      first.name === "VariableName" && second.name === "[" && third && children.length === 4;
    if (!bare || !third) return undefined;
    return {
      table: module.text.slice(first.from, first.to),
      key: third,
      bare: true,
      hasDefault: false,
    };
  }
  const [, table] = /^(\w+)\.get$/.exec(module.text.slice(first.from, first.to)) ?? [];
  const [, key, , otherwise] = [...childrenOf(second)];
  if (table === undefined || !key) return undefined;
  const hasDefault = otherwise !== undefined && otherwise.name !== "None";
  return { table, key, bare: false, hasDefault };
}
