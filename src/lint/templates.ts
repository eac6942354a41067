/**
 * The texts that a module makes of other texts: f-strings, templates, concatenations, `%` and `join`, each as one text
 * in which `{…}` stands for what is put in.
 */
import { stringValue, toExpression } from "../python/expression.ts";
import { findNodes, type SyntaxNode } from "../python/source.ts";
import type { Expression, PythonModule } from "../python/syntax.ts";

/** A text with places in it. */
export interface MessageTemplate {
  readonly text: string;
  readonly from: number;
}

const known = new WeakMap<PythonModule, readonly MessageTemplate[]>();

/** More parts than any message is put together of. */
const MAX_PARTS = 200;

/** Every such text of a module, in source order; what is a part of a larger one is not listed by itself. */
export function templatesIn(module: PythonModule): readonly MessageTemplate[] {
  const before = known.get(module);
  if (before) return before;
  const found: MessageTemplate[] = [];
  module.root.cursor().iterate((below) => {
    const text = STRINGS.has(below.name)
      ? literal(module, below.node)
      : composed(module, below.node);
    if (text === undefined) return true;
    found.push({ text, from: below.from });
    return false;
  });
  known.set(module, found);
  return found;
}

const STRINGS = new Set(["String", "FormatString", "ContinuedString"]);

/** A literal as it stands between its quotes, line breaks resolved. */
function literal(module: PythonModule, node: SyntaxNode): string {
  return module.text
    .slice(node.from, node.to)
    .replace(/(^|\n[^\S\n]*)[a-zA-Z]{0,2}("""|'''|"|')/g, "$1")
    .replace(/("""|'''|"|')(?=\s*(\n|$))/g, "")
    .replaceAll("\\n", "\n");
}

function composed(module: PythonModule, node: SyntaxNode): string | undefined {
  if (node.name === "BinaryExpression") return operation(module, node);
  if (node.name !== "CallExpression") return undefined;
  const [callee, args] = [node.firstChild, node.lastChild];
  const [owner] = callee ? [callee.firstChild] : [];
  const method = callee && module.text.slice(callee.lastChild?.from ?? callee.to, callee.to);
  if (!owner || !args || !STRINGS.has(owner.name) || callee?.name !== "MemberExpression")
    return undefined;
  if (method === "format") return literal(module, owner).replaceAll("{}", "{value}");
  if (method !== "join") return undefined;
  const list = args.firstChild?.nextSibling;
  const value = list ? toExpression(module.text, list) : undefined;
  if (value?.kind !== "list" && value?.kind !== "tuple") return undefined;
  const parts = value.elements.slice(0, MAX_PARTS).map((one) => partOf(module, one.value));
  return parts.join(literal(module, owner));
}

/** `"[" + title + "]"` and `"[%s]" % title`; undefined where no text is among the parts. */
function operation(module: PythonModule, node: SyntaxNode): string | undefined {
  const operator = node.firstChild?.nextSibling;
  const sign = operator ? module.text.slice(operator.from, operator.to) : "";
  const left = node.firstChild;
  if (sign === "%" && left && STRINGS.has(left.name)) {
    return literal(module, left).replace(/%(?:\(\w+\))?[sdr]/g, "{value}");
  }
  if (sign !== "+") return undefined;
  const parts: SyntaxNode[] = [];
  let rest: SyntaxNode | null = node;
  // The left side of a sum is the sum of what stands before.
  while (rest?.name === "BinaryExpression" && parts.length < MAX_PARTS) {
    const sum: SyntaxNode | null | undefined = rest.firstChild?.nextSibling;
    if (!sum || module.text.slice(sum.from, sum.to) !== "+" || !rest.lastChild) break;
    parts.unshift(rest.lastChild);
    rest = rest.firstChild;
  }
  if (rest) parts.unshift(rest);
  if (!parts.some(({ name }) => STRINGS.has(name))) return undefined;
  return parts.map((part) => (STRINGS.has(part.name) ? literal(module, part) : "{value}")).join("");
}

function partOf(module: PythonModule, value: Expression): string {
  const text = stringValue(value);
  if (text !== undefined) return text;
  return value.kind === "string"
    ? module.text.slice(value.from, value.to).replace(/^\w*["']+|(?<!["'])["']+$/g, "")
    : "{value}";
}

/** Every node that is set to something called a topic, or given as the topic of a message. */
export function topicValues(module: PythonModule): SyntaxNode[] {
  return findNodes(module.root, "AssignStatement").flatMap((node) => {
    const name = node.firstChild ? module.text.slice(node.firstChild.from, node.firstChild.to) : "";
    return /topic/i.test(name) && /^\w+$/.test(name) && node.lastChild ? [node.lastChild] : [];
  });
}

/** Whether a string is the value of a variable or parameter that is called a topic. */
export function isTopic(text: string, from: number): boolean {
  return /topic\w*(?: *|:[^=\n]*)=\s*(?:[([]\s*)?$/i.test(
    text.slice(Math.max(0, from - 120), from),
  );
}
