/** Which keys a view itself takes for ones that may be missing or null: it asks before it reads them, somewhere. */
import { stringValue, toExpression } from "../python/expression.ts";
import { childrenOf, findNodes, parseTree, positionOf, type SyntaxNode } from "../python/source.ts";

/** A file of a view. */
export interface ViewFile {
  readonly path: string;
  readonly text: string;
}

/** A place in a view that asks for a key before it reads it. */
export interface Guard {
  readonly key: string;
  /** What holds the key: the key or name that it is read from, such as `issue`; empty when that is not plain. */
  readonly owner: string;
  /** What the view allows for there, by the ids of mutations. */
  readonly allows: ReadonlySet<string>;
  readonly path: string;
  readonly line: number;
  /** The function that it is in; empty at the top of the file. */
  readonly function: string;
  /** `none`: what is read is compared with `None`, at once or under the name that it is given. */
  readonly form: "get" | "default" | "in" | "condition" | "optional" | "none";
  /** Whether something else is done where the answer is no: the key tells events apart. */
  readonly isChoice?: boolean;
}

const MISSING = new Set(["drop", "null"]);
const EMPTY = new Set(["null", "empty", "list", "object"]);
const NULL = new Set(["null"]);

/** All guards of a view, in their order. */
export function guardsIn(files: readonly ViewFile[]): Guard[] {
  return files.flatMap(({ path, text }) => {
    const root = parseTree(text);
    if (!root) return [];
    const asked = findNodes(root, "CallExpression", "BinaryExpression", "MemberExpression");
    return asked.flatMap((node): Guard[] => {
      const guard = guardAt(text, node);
      if (!guard) return [];
      const { line } = positionOf(text, node.from);
      return [{ ...guard, path, line, function: functionAround(text, node) }];
    });
  });
}

/** What a view does when something else has failed. */
export interface Handler {
  readonly path: string;
  /** Its first line and its last one. */
  readonly first: number;
  readonly last: number;
}

/** The blocks of a view that are run for an exception. */
export function handlersIn(files: readonly ViewFile[]): Handler[] {
  return files.flatMap(({ path, text }) => {
    const root = parseTree(text);
    const tries = root ? findNodes(root, "TryStatement") : [];
    return tries.flatMap((node) =>
      [...childrenOf(node)].flatMap((part, index, parts) => {
        const isHandling = part.name === "Body" && isAfterExcept(parts.slice(0, index));
        const lineAt = (offset: number): number => positionOf(text, offset).line;
        return isHandling ? [{ path, first: lineAt(part.from), last: lineAt(part.to) }] : [];
      }),
    );
  });
}

/** Whether the last keyword before a block is `except`. */
const isAfterExcept = (before: readonly SyntaxNode[]): boolean =>
  before.findLast(({ name }) => /^(try|except|else|finally)$/.test(name))?.name === "except";

/** Whether something was raised in such a block. */
export const isInHandler = (
  { path, first, last }: Handler,
  at: { readonly path?: string | undefined; readonly line?: number | undefined },
): boolean => at.path === path && at.line !== undefined && at.line >= first && at.line <= last;

type Asked = Pick<Guard, "key" | "owner" | "allows" | "form" | "isChoice">;

function functionAround(text: string, node: SyntaxNode): string {
  for (let outer = node.parent; outer; outer = outer.parent) {
    const name = outer.name === "FunctionDefinition" ? outer.getChild("VariableName") : null;
    if (name) return text.slice(name.from, name.to);
  }
  return "";
}

function guardAt(text: string, node: SyntaxNode): Asked | undefined {
  if (isDefault(text, node)) {
    const spare = subscript(text, node);
    // Python reads a default even where it is not needed: where the first key is there, the other may lack.
    if (spare) return { ...spare, allows: MISSING, form: "default" };
  }
  if (node.name === "CallExpression") return callGuard(text, node);
  if (node.name === "BinaryExpression") return membership(text, node);
  const read = subscript(text, node);
  if (!read) return undefined;
  if (isComparedWithNone(text, node)) return { ...read, allows: NULL, form: "none" };
  return isCondition(text, node) ? { ...read, allows: EMPTY, form: "condition" } : undefined;
}

/** `payload.get("x")`, and `payload["x"].tame(check_none_or(…))`. */
function callGuard(text: string, node: SyntaxNode): Asked | undefined {
  const [callee, list] = childrenOf(node);
  if (callee?.name !== "MemberExpression" || !list) return undefined;
  const [object, , name] = childrenOf(callee);
  const [, first] = childrenOf(list);
  if (!object || name?.name !== "PropertyName" || !first) return undefined;
  const method = text.slice(name.from, name.to);
  if (method === "get") {
    const key = keyAt(text, first);
    if (key === undefined) return undefined;
    const form = isComparedWithNone(text, node) ? "none" : "get";
    return { key, owner: ownerOf(text, object), allows: MISSING, form };
  }
  const isOptional = method === "tame" && /^check_none_or\b/.test(text.slice(first.from, first.to));
  const read = isOptional ? subscript(text, object) : undefined;
  return read && { ...read, allows: NULL, form: "optional" };
}

/** Whether a value is compared with `None`, at once or after it was given a name in the same function. */
function isComparedWithNone(text: string, node: SyntaxNode): boolean {
  if (IS_NONE.test(text.slice(node.to, node.to + LONGEST_COMPARISON))) return true;
  let value = node;
  while (isChained(value)) value = value.parent as SyntaxNode;
  // What was checked to be a text is no null.
  const check = text.slice(node.to, value.to);
  if (check.includes(".tame(") && !check.includes("check_none_or")) return false;
  const { parent } = value;
  const name = parent?.name === "AssignStatement" ? parent.firstChild : undefined;
  if (name?.name !== "VariableName" || parent?.lastChild?.from !== value.from) return false;
  let block: SyntaxNode = parent;
  while (block.parent && block.name !== "FunctionDefinition") block = block.parent;
  return findNodes(block, "VariableName").some(
    ({ from, to }) =>
      text.slice(from, to) === text.slice(name.from, name.to) &&
      IS_NONE.test(text.slice(to, to + LONGEST_COMPARISON)),
  );
}

const IS_NONE = /^\s+is\s+(not\s+)?None\b/;
const LONGEST_COMPARISON = 40;

/** Whether a method of the value is called: `payload.get("x").tame(…)` is what `payload.get("x")` holds. */
const isChained = ({ from, parent }: SyntaxNode): boolean =>
  /^(MemberExpression|CallExpression)$/.test(parent?.name ?? "") && parent?.from === from;

/** Whether something is what `payload.get("x", …)` answers with where there is no `x`. */
function isDefault(text: string, { parent, prevSibling }: SyntaxNode): boolean {
  const isSecond = parent?.name === "ArgList" && prevSibling?.prevSibling?.name === "String";
  const callee = isSecond ? parent.parent?.firstChild : undefined;
  const method = callee?.name === "MemberExpression" ? callee.lastChild : undefined;
  return method ? text.slice(method.from, method.to) === "get" : false;
}

/** `"x" in payload`, and the same with `not`. */
function membership(text: string, node: SyntaxNode): Asked | undefined {
  const [left, operator, ...rest] = childrenOf(node);
  const right = rest.at(-1);
  const words = [operator, ...rest.slice(0, -1)].map((word) => word?.name).join(" ");
  if (!left || !right || !/^(not )?in$/.test(words)) return undefined;
  const key = keyAt(text, left);
  const owner = ownerOf(text, right);
  if (key === undefined || owner === "") return undefined;
  const { parent } = node;
  const isChoice = parent?.name === "IfStatement" && hasOtherBranch(parent);
  return { key, owner, allows: MISSING, form: "in", isChoice };
}

const hasOtherBranch = (statement: SyntaxNode): boolean =>
  [...childrenOf(statement)].some(({ name }) => name === "else" || name === "elif");

/** `payload["x"]`. */
function subscript(text: string, node: SyntaxNode): Pick<Asked, "key" | "owner"> | undefined {
  if (node.name !== "MemberExpression") return undefined;
  const [object, bracket, index] = childrenOf(node);
  const key = bracket?.name === "[" && index ? keyAt(text, index) : undefined;
  return object && key !== undefined ? { key, owner: ownerOf(text, object) } : undefined;
}

function keyAt(text: string, node: SyntaxNode): string | undefined {
  return node.name === "String" ? stringValue(toExpression(text, node)) : undefined;
}

/** The nearest key or name of what a value is read from: `issue` for `payload["issue"]`, and for `issue` itself. */
function ownerOf(text: string, node: SyntaxNode): string {
  if (node.name === "VariableName") return text.slice(node.from, node.to);
  if (node.name !== "MemberExpression") return "";
  const read = subscript(text, node);
  if (read) return read.key;
  const [object] = childrenOf(node);
  return object ? ownerOf(text, object) : "";
}

/** Whether a value alone decides something: whether it is there, or empty, is what is asked then. */
function isCondition(text: string, node: SyntaxNode): boolean {
  const { parent } = node;
  if (!parent) return false;
  switch (parent.name) {
    case "IfStatement":
    case "WhileStatement":
      return /^(if|elif|while)$/.test(node.prevSibling?.name ?? "");
    case "ConditionalExpression":
      return node.prevSibling?.name === "if";
    case "UnaryExpression":
      return node.prevSibling?.name === "not";
    case "BinaryExpression":
      return isJoined(node) || isComparedWithEmpty(text, node);
    case "ParenthesizedExpression":
      return isCondition(text, parent);
    default:
      return false;
  }
}

const isJoined = ({ prevSibling, nextSibling }: SyntaxNode): boolean =>
  /^(and|or)$/.test(nextSibling?.name ?? prevSibling?.name ?? "");

/** `== ""` and its like. */
function isComparedWithEmpty(text: string, node: SyntaxNode): boolean {
  if (!node.nextSibling) return false;
  const rest = text.slice(node.to, node.parent?.to).trim();
  return /^(==|!=)\s+(None|""|''|\[\]|\{\})$/.test(rest);
}
