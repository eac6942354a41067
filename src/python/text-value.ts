/** The text that a simple expression comes to: literals, f-strings, `+`, and the methods of texts that names are made with. */
import { stringValue, toExpression } from "./expression.ts";
import { childrenOf, type SyntaxNode } from "./source.ts";

type Value = string | number | readonly string[];

/** Texts by the names that stand for them. */
export type Environment = ReadonlyMap<string, string>;

/**
 * Computes what an expression comes to.
 * @param text The source that the node comes from.
 * @returns Undefined where it is no text, or takes more than this knows.
 */
export function textValue(text: string, node: SyntaxNode, names: Environment): string | undefined {
  const value = computed(text, node, names);
  return typeof value === "string" ? value : undefined;
}

function computed(text: string, node: SyntaxNode, names: Environment): Value | undefined {
  const children = [...childrenOf(node)].filter(({ name }) => name !== "Comment");
  const [first, second, third] = children;
  switch (node.name) {
    case "VariableName":
      return names.get(text.slice(node.from, node.to));
    case "FormatString":
      return formatted(text, node, children, names);
    case "ParenthesizedExpression":
      return children.length === 3 && second ? computed(text, second, names) : undefined;
    case "BinaryExpression": {
      const isSum = second !== undefined && text.slice(second.from, second.to) === "+";
      const left = isSum && first ? textValue(text, first, names) : undefined;
      const right = isSum && third ? textValue(text, third, names) : undefined;
      return left === undefined || right === undefined ? undefined : left + right;
    }
    case "CallExpression":
      return first && second ? methodOf(text, first, second, names) : undefined;
    case "MemberExpression": {
      const [, , index] = children;
      const held = first && children.length === 4 ? computed(text, first, names) : undefined;
      const at = index && computed(text, index, names);
      if (held === undefined || typeof held === "number" || typeof at !== "number")
        return undefined;
      return typeof held === "string" ? held.charAt(at < 0 ? held.length + at : at) : held.at(at);
    }
    default: {
      const value = toExpression(text, node);
      return value.kind === "number" ? value.value : stringValue(value);
    }
  }
}

/** An f-string whose places hold a value and nothing about its form. */
function formatted(
  text: string,
  node: SyntaxNode,
  children: readonly SyntaxNode[],
  names: Environment,
): string | undefined {
  const [, quote = ""] = /^[fF]("""|'''|"|')/.exec(text.slice(node.from, node.to)) ?? [];
  if (quote === "" || text.slice(node.from, node.to).includes("\\")) return undefined;
  const parts: string[] = [];
  let at = node.from + 1 + quote.length;
  for (const place of children) {
    const [, value, close] = childrenOf(place);
    const part = value && close?.name === "}" ? textValue(text, value, names) : undefined;
    if (part === undefined) return undefined;
    parts.push(text.slice(at, place.from), part);
    at = place.to;
  }
  return [...parts, text.slice(at, node.to - quote.length)]
    .join("")
    .replace(/\{\{|\}\}/g, (pair) => pair.charAt(0));
}

function methodOf(
  text: string,
  callee: SyntaxNode,
  list: SyntaxNode,
  names: Environment,
): Value | undefined {
  const [owner, dot, method] = childrenOf(callee);
  const held = owner && dot?.name === "." ? textValue(text, owner, names) : undefined;
  const args = [...childrenOf(list)]
    .filter(({ name }) => !/^[(),]$/.test(name))
    .map((node) => computed(text, node, names));
  if (held === undefined || !method || args.some((arg) => arg === undefined)) return undefined;
  return methods[text.slice(method.from, method.to)]?.(held, args as Value[]);
}

const methods: Readonly<
  Record<string, (text: string, args: readonly Value[]) => Value | undefined>
> = {
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  strip: (text, [chars]) => (chars === undefined ? text.trim() : undefined),
  replace: (text, [from, to]) =>
    typeof from === "string" && from !== "" && typeof to === "string"
      ? text.replaceAll(from, () => to)
      : undefined,
  removeprefix: (text, [start]) =>
    typeof start !== "string"
      ? undefined
      : text.startsWith(start)
        ? text.slice(start.length)
        : text,
  removesuffix: (text, [end]) =>
    typeof end !== "string"
      ? undefined
      : end !== "" && text.endsWith(end)
        ? text.slice(0, -end.length)
        : text,
  split: (text, args) => split(text, args, false),
  rsplit: (text, args) => split(text, args, true),
  partition: (text, args) => partition(text, args, false),
  rpartition: (text, args) => partition(text, args, true),
};

function split(
  text: string,
  [separator, most = -1]: readonly Value[],
  fromEnd: boolean,
): string[] | undefined {
  if (typeof separator !== "string" || separator === "" || typeof most !== "number")
    return undefined;
  const parts = text.split(separator);
  if (most < 0 || parts.length <= most + 1) return parts;
  const cut = fromEnd ? parts.length - most : most;
  return fromEnd
    ? [parts.slice(0, cut).join(separator), ...parts.slice(cut)]
    : [...parts.slice(0, cut), parts.slice(cut).join(separator)];
}

function partition(
  text: string,
  [separator]: readonly Value[],
  fromEnd: boolean,
): string[] | undefined {
  if (typeof separator !== "string" || separator === "") return undefined;
  const at = fromEnd ? text.lastIndexOf(separator) : text.indexOf(separator);
  if (at < 0) return fromEnd ? ["", "", text] : [text, "", ""];
  return [text.slice(0, at), separator, text.slice(at + separator.length)];
}
