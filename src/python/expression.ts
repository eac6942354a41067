/** Python expressions as plain data, each with its exact place in the source. */
import { childrenOf, type SyntaxNode } from "./source.ts";
import { readStringToken } from "./strings.ts";
import type {
  Argument,
  CallExpression,
  DictEntry,
  Element,
  Expression,
  OtherExpression,
  StringExpression,
} from "./syntax.ts";

const punctuation = new Set(["(", ")", "[", "]", "{", "}", ",", "Comment"]);

/**
 * Turns a syntax node into an expression.
 * @param text The source the node comes from.
 */
export function toExpression(text: string, node: SyntaxNode): Expression {
  const place = { from: node.from, to: node.to };
  switch (node.name) {
    case "String":
    case "FormatString":
    case "ContinuedString":
      return toStringExpression(text, node);
    case "Number":
      return { kind: "number", value: numberOf(text.slice(node.from, node.to)), ...place };
    case "UnaryExpression":
      return toSignedNumber(text, node);
    case "Boolean":
      return { kind: "constant", value: text.slice(node.from, node.to) === "True", ...place };
    case "None":
      return { kind: "constant", value: null, ...place };
    case "VariableName":
    case "MemberExpression":
      return toName(text, node);
    case "ParenthesizedExpression":
      return toParenthesized(text, node);
    case "ArrayExpression":
      return { kind: "list", elements: elementsOf(text, node), ...place };
    case "TupleExpression":
      return { kind: "tuple", elements: elementsOf(text, node), ...place };
    case "SetExpression":
      return { kind: "set", elements: elementsOf(text, node), ...place };
    case "DictionaryExpression":
      return { kind: "dict", elements: entriesOf(text, node), ...place };
    case "CallExpression":
      return toCall(text, node);
    case "BinaryExpression":
      return toOperation(text, node);
    default:
      return { kind: "other", syntax: node.name, ...place };
  }
}

function toStringExpression(text: string, node: SyntaxNode): StringExpression {
  const parts = node.name === "ContinuedString" ? [...childrenOf(node)] : [node];
  const tokens = parts
    .filter((part) => part.name !== "Comment")
    .map((part) => readStringToken(text.slice(part.from, part.to)));
  const values = tokens.map((token) => token.value);
  return {
    kind: "string",
    value: values.includes(undefined) ? undefined : values.join(""),
    bytes: tokens.some((token) => token.prefix.includes("b")),
    formatted: tokens.some((token) => token.prefix.includes("f")),
    quote: tokens[0]?.quote ?? '"',
    from: node.from,
    to: node.to,
  };
}

function numberOf(text: string): number {
  return Number(text.replaceAll("_", ""));
}

function toSignedNumber(text: string, node: SyntaxNode): Expression {
  const [sign, operand] = childrenOf(node);
  if (operand?.name !== "Number" || !sign) return other(node);
  const value = numberOf(text.slice(operand.from, operand.to));
  const symbol = text.slice(sign.from, sign.to);
  if (symbol !== "-" && symbol !== "+") return other(node);
  return { kind: "number", value: symbol === "-" ? -value : value, from: node.from, to: node.to };
}

function toOperation(text: string, node: SyntaxNode): Expression {
  const parts = [...childrenOf(node)].filter((child) => child.name !== "Comment");
  const [left, operator, right] = parts;
  if (parts.length !== 3 || !left || !operator || !right) return other(node);
  return {
    kind: "operation",
    operator: text.slice(operator.from, operator.to),
    left: toExpression(text, left),
    right: toExpression(text, right),
    from: node.from,
    to: node.to,
  };
}

function other(node: SyntaxNode): OtherExpression {
  return { kind: "other", syntax: node.name, from: node.from, to: node.to };
}

function toName(text: string, node: SyntaxNode): Expression {
  const name = text.slice(node.from, node.to).replace(/\s+/g, "");
  if (!/^[\p{L}_][\p{L}\p{N}_.]*$/u.test(name)) return other(node);
  return { kind: "name", name, from: node.from, to: node.to };
}

/** `("a" "b")` means the string, but keeps the parentheses' place so that it can be replaced whole. */
function toParenthesized(text: string, node: SyntaxNode): Expression {
  const inner = [...childrenOf(node)].filter((child) => !punctuation.has(child.name));
  const [only] = inner;
  if (inner.length !== 1 || !only) return other(node);
  return { ...toExpression(text, only), from: node.from, to: node.to };
}

function elementsOf(text: string, node: SyntaxNode): Element[] {
  const elements: Element[] = [];
  let star: SyntaxNode | undefined;
  for (const child of childrenOf(node)) {
    if (child.name === "*") star = child;
    else if (!punctuation.has(child.name) && !child.type.isError) {
      const from = star?.from ?? child.from;
      const value = toExpression(text, child);
      elements.push({ value, unpacked: star !== undefined, from, to: child.to });
      star = undefined;
    }
  }
  return elements;
}

function entriesOf(text: string, node: SyntaxNode): DictEntry[] {
  const entries: DictEntry[] = [];
  let stars: SyntaxNode | undefined;
  let key: Expression | undefined;
  for (const child of childrenOf(node)) {
    if (child.name === "**") stars = child;
    else if (child.name !== ":" && !punctuation.has(child.name) && !child.type.isError) {
      const value = toExpression(text, child);
      if (key || stars) {
        entries.push({ key, value, from: key?.from ?? stars?.from ?? child.from, to: child.to });
        key = undefined;
        stars = undefined;
      } else key = value;
    }
  }
  return entries;
}

function toCall(text: string, node: SyntaxNode): CallExpression {
  const place = `${node.from} ${node.to}`;
  const known = read?.get(place);
  if (known) return known;
  const [callee, args] = childrenOf(node);
  const name = callee ? toName(text, callee) : undefined;
  const call: CallExpression = {
    kind: "call",
    callee: name?.kind === "name" ? name.name : "",
    args: args ? argumentsOf(text, args) : [],
    from: node.from,
    to: node.to,
  };
  read?.set(place, call);
  return call;
}

/** The calls that are being read together, by their place. */
let read: Map<string, CallExpression> | undefined;

/** Reads calls. One that stands within another is read once, however deep it stands. */
export function toCalls(text: string, nodes: readonly SyntaxNode[]): CallExpression[] {
  read = new Map();
  try {
    // From the inside out.
    return nodes
      .map((node) => node)
      .reverse()
      .map((node) => toCall(text, node))
      .reverse();
  } finally {
    read = undefined;
  }
}

/** The arguments of a call's, decorator's or class definition's `ArgList`. */
export function argumentsOf(text: string, argList: SyntaxNode): Argument[] {
  const groups: SyntaxNode[][] = [[]];
  for (const child of childrenOf(argList)) {
    if (child.name === ",") groups.push([]);
    else if (!punctuation.has(child.name) && !child.type.isError) groups.at(-1)?.push(child);
  }
  return groups.flatMap((group) => argumentOf(text, group) ?? []);
}

function argumentOf(text: string, group: readonly SyntaxNode[]): Argument | undefined {
  const [first, second, third] = group;
  if (!first) return undefined;
  const place = { from: first.from, to: group.at(-1)?.to ?? first.to };
  if ((first.name === "*" || first.name === "**") && second) {
    const stars = first.name === "*" ? 1 : 2;
    return { name: undefined, stars, value: toExpression(text, second), ...place };
  }
  if (second?.name === "AssignOp" && third) {
    const name = text.slice(first.from, first.to);
    return { name, stars: 0, value: toExpression(text, third), ...place };
  }
  // More nodes than one without `=` are a generator expression.
  const value: Expression =
    group.length === 1
      ? toExpression(text, first)
      : { kind: "other", syntax: "Generator", ...place };
  return { name: undefined, stars: 0, value, ...place };
}

/** The text of a plain string literal; undefined for anything else, f-strings and bytes included. */
export function stringValue(expression: Expression | undefined): string | undefined {
  return expression?.kind === "string" && !expression.bytes ? expression.value : undefined;
}
