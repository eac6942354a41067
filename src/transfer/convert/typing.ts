/** Types in Python: `Dict[str, Optional[int]]` and `dict[str, int | None]` say the same in older and newer trees. */
import type { Edit } from "../../python/edit.ts";
import { childrenOf, findNodes, type SyntaxNode } from "../../python/source.ts";

export type TypingStyle = "legacy" | "modern";

const OLD_TO_NEW = new Map([
  ["Dict", "dict"],
  ["List", "list"],
  ["Tuple", "tuple"],
  ["Set", "set"],
  ["FrozenSet", "frozenset"],
  ["Type", "type"],
]);
const NEW_TO_OLD = new Map([...OLD_TO_NEW].map(([old, now]) => [now, old]));

/** Names of `typing` that modern code writes without. */
export const OLD_NAMES: ReadonlySet<string> = new Set([...OLD_TO_NEW.keys(), "Optional", "Union"]);

/** Names that modern code takes from `collections.abc`, and older code from `typing`. */
export const ABSTRACT: ReadonlySet<string> = new Set(
  (
    "Awaitable Callable Collection Container Coroutine Generator Hashable ItemsView Iterable Iterator KeysView " +
    "Mapping MutableMapping MutableSequence MutableSet Reversible Sequence Sized ValuesView"
  ).split(" "),
);

/**
 * The edits that write a file's types in a style.
 * @param text The source.
 * @param root Its tree.
 */
export function typingEdits(text: string, root: SyntaxNode, style: TypingStyle): Edit[] {
  const regions: SyntaxNode[] = [];
  const visit = (node: SyntaxNode): void => {
    if (node.name === "ImportStatement") return;
    if (node.name === "TypeDef") {
      const type = [...childrenOf(node)].filter((child) => child.name !== ":").at(-1);
      if (type) regions.push(type);
      return;
    }
    if (isTypeExpression(text, node) || isAliasValue(text, node)) {
      regions.push(node);
      return;
    }
    for (const child of childrenOf(node)) visit(child);
  };
  visit(root);
  return regions.flatMap((node) => {
    const before = text.slice(node.from, node.to);
    const after = render(text, node, style);
    return after === before ? [] : [{ from: node.from, to: node.to, insert: after }];
  });
}

/** Unions outside of types, which a Python before 3.10 cannot evaluate. */
export function runtimeUnions(text: string, root: SyntaxNode): SyntaxNode[] {
  return findNodes(root, "BinaryExpression").filter(
    (node) =>
      node.getChild("BitOp") &&
      !inType(node) &&
      [...childrenOf(node)].some(
        (child) =>
          child.name === "None" ||
          /^(int|str|float|bool|bytes|dict|list)$/.test(text.slice(child.from, child.to)),
      ),
  );
}

function inType(node: SyntaxNode): boolean {
  for (let outer = node.parent; outer; outer = outer.parent) {
    if (outer.name === "TypeDef" || outer.name === "MemberExpression") return true;
  }
  return false;
}

/** A subscript of a generic, wherever it stands: `cast(Dict[str, Any], x)`, `X = list[str]`. */
function isTypeExpression(text: string, node: SyntaxNode): boolean {
  if (node.name !== "MemberExpression" || !node.getChild("[")) return false;
  const base = node.firstChild;
  if (base?.name !== "VariableName") return false;
  const name = text.slice(base.from, base.to);
  return OLD_NAMES.has(name) || (NEW_TO_OLD.has(name) && name !== "type");
}

/** The value of `X: TypeAlias = …`. */
function isAliasValue(text: string, node: SyntaxNode): boolean {
  const statement = node.parent;
  if (statement?.name !== "AssignStatement" || node.prevSibling?.name !== "AssignOp") return false;
  const type = statement.getChild("TypeDef");
  return type !== null && /\bTypeAlias$/.test(text.slice(type.from, type.to));
}

function render(text: string, node: SyntaxNode, style: TypingStyle): string {
  const name = text.slice(node.from, node.to);
  if (node.name === "VariableName") {
    return (style === "modern" ? OLD_TO_NEW : NEW_TO_OLD).get(name) ?? name;
  }
  if (style === "legacy" && node.name === "BinaryExpression" && node.getChild("BitOp")) {
    return legacyUnion(operandsOf(text, node).map((one) => render(text, one, style)));
  }
  const base = node.firstChild;
  const generic = node.name === "MemberExpression" && node.getChild("[") && base;
  if (style === "modern" && generic && base?.name === "VariableName") {
    const called = text.slice(base.from, base.to);
    if (called === "Optional" || called === "Union") {
      const items = argumentsOf(node).map((one) => render(text, one, style));
      return modernUnion(called === "Optional" ? [...items, "None"] : items);
    }
  }
  return spliced(text, node, style);
}

/** The node's own text, with its children rendered. */
function spliced(text: string, node: SyntaxNode, style: TypingStyle): string {
  let result = "";
  let done = node.from;
  for (const child of childrenOf(node)) {
    // Names after a dot and literals are no types.
    const keep = child.name === "PropertyName" || child.name === "String";
    result += text.slice(done, child.from);
    result += keep ? text.slice(child.from, child.to) : render(text, child, style);
    done = child.to;
  }
  return result + text.slice(done, node.to);
}

function argumentsOf(node: SyntaxNode): SyntaxNode[] {
  const [, ...rest] = childrenOf(node);
  return rest.filter(({ name }) => !["[", "]", ",", "Comment"].includes(name));
}

function operandsOf(text: string, node: SyntaxNode): SyntaxNode[] {
  if (node.name !== "BinaryExpression" || !node.getChild("BitOp")) return [node];
  return [...childrenOf(node)].flatMap((child) =>
    child.name === "BitOp" ? [] : operandsOf(text, child),
  );
}

/** A union with a quoted name is quoted whole: a text has no `|`. */
function modernUnion(items: readonly string[]): string {
  const unique = [...new Set(items)];
  const quoted = unique.some((item) => /^["']/.test(item));
  const union = unique.map((item) => item.replace(/^(["'])(.*)\1$/, "$2")).join(" | ");
  return quoted ? `"${union}"` : union;
}

function legacyUnion(items: readonly string[]): string {
  const types = items.filter((item) => item !== "None");
  const union = types.length === 1 ? (types[0] ?? "None") : `Union[${types.join(", ")}]`;
  return types.length < items.length ? `Optional[${union}]` : union;
}
