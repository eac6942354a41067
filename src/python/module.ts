/** What a Python module defines: assignments, functions, classes and imports, with exact places. */
import { argumentsOf, toCalls, toExpression } from "./expression.ts";
import {
  childrenOf,
  emptyTree,
  findNodes,
  parseTree,
  type SyntaxNode,
  syntaxProblems,
} from "./source.ts";
import type {
  Assignment,
  CallExpression,
  ClassDefinition,
  Decorator,
  Expression,
  FunctionDefinition,
  ImportedName,
  Parameter,
  PythonModule,
  StringExpression,
} from "./syntax.ts";

/** Parses a module anew; `parseModule` knows those of before. Never throws: a text that is no Python has `problems`. */
export function readModule(text: string): PythonModule {
  const tree = parseTree(text);
  // What is too long or nested too deeply has its problem, and nothing in it.
  const root = tree ?? emptyTree();
  const body = readBody(text, root);
  return {
    text,
    root,
    isRead: tree !== undefined,
    problems: syntaxProblems(text, tree),
    ...body,
    imports: [...childrenOf(root)].flatMap((node) => importsOf(text, node)),
  };
}

interface Body {
  assignments: Assignment[];
  functions: FunctionDefinition[];
  classes: ClassDefinition[];
}

function readBody(text: string, container: SyntaxNode): Body {
  const body: Body = { assignments: [], functions: [], classes: [] };
  for (const node of childrenOf(container)) readStatement(text, node, node, [], body);
  return body;
}

function readStatement(
  text: string,
  node: SyntaxNode,
  outer: SyntaxNode,
  decorators: Decorator[],
  body: Body,
): void {
  if (node.name === "StatementGroup") {
    for (const child of childrenOf(node)) readStatement(text, child, child, [], body);
  } else if (node.name === "DecoratedStatement") {
    const children = [...childrenOf(node)];
    const found = children.filter((child) => child.name === "Decorator");
    const last = children.at(-1);
    if (last)
      readStatement(
        text,
        last,
        node,
        found.map((child) => toDecorator(text, child)),
        body,
      );
  } else if (node.name === "AssignStatement") {
    for (const assignment of toAssignments(text, node)) body.assignments.push(assignment);
  } else if (node.name === "FunctionDefinition") {
    body.functions.push(toFunction(text, node, outer, decorators));
  } else if (node.name === "ClassDefinition") {
    body.classes.push(toClass(text, node, outer, decorators));
  }
}

function toAssignments(text: string, node: SyntaxNode): Assignment[] {
  const children = [...childrenOf(node)].filter((child) => child.name !== "Comment");
  const type = children.find((child) => child.name === "TypeDef");
  const lastOperator = children.findLastIndex((child) => child.name === "AssignOp");
  const valueNodes = lastOperator < 0 ? [] : children.slice(lastOperator + 1);
  const value = valueNodes.length > 0 ? toExpressionList(text, valueNodes) : undefined;
  const annotation = type && text.slice(type.from, type.to).replace(/^:\s*/, "");
  const targets = children
    .slice(0, lastOperator < 0 ? undefined : lastOperator)
    .filter((child) => child.name === "VariableName" || child.name === "MemberExpression");
  return targets.map((target) => ({
    target: text.slice(target.from, target.to),
    annotation,
    value,
    from: node.from,
    to: node.to,
  }));
}

/** A value without brackets but with commas (`x = 1, 2`) is a tuple. */
function toExpressionList(text: string, nodes: readonly SyntaxNode[]): Expression | undefined {
  const [first] = nodes;
  const last = nodes.at(-1);
  if (!first || !last) return undefined;
  if (nodes.length === 1) return toExpression(text, first);
  const place = { from: first.from, to: last.to };
  const values = nodes.filter((node) => node.name !== ",");
  if (values.some((node) => node.name === "*")) return { kind: "other", syntax: "Tuple", ...place };
  const elements = values.map((node) => {
    return { value: toExpression(text, node), unpacked: false, from: node.from, to: node.to };
  });
  return { kind: "tuple", elements, ...place };
}

function toDecorator(text: string, node: SyntaxNode): Decorator {
  const children = [...childrenOf(node)];
  const args = children.find((child) => child.name === "ArgList");
  const end = args?.from ?? node.to;
  return {
    name: text.slice(node.from + 1, end).trim(),
    args: args ? argumentsOf(text, args) : [],
    from: node.from,
    to: args?.to ?? node.to,
  };
}

function nameOf(text: string, node: SyntaxNode): string {
  const name = node.getChild("VariableName");
  return name ? text.slice(name.from, name.to) : "";
}

function toFunction(
  text: string,
  node: SyntaxNode,
  outer: SyntaxNode,
  decorators: Decorator[],
): FunctionDefinition {
  const list = node.getChild("ParamList");
  return {
    name: nameOf(text, node),
    decorators,
    parameters: list ? toParameters(text, list) : [],
    node,
    from: outer.from,
    to: outer.to,
  };
}

function toParameters(text: string, list: SyntaxNode): Parameter[] {
  const groups: SyntaxNode[][] = [[]];
  for (const child of childrenOf(list)) {
    if (child.name === ",") groups.push([]);
    else if (!["(", ")", "Comment", "/"].includes(child.name)) groups.at(-1)?.push(child);
  }
  const parameters: Parameter[] = [];
  let keywordOnly = false;
  for (const group of groups) {
    const kind = kindOfParameter(group[0]?.name);
    if (kind === "star") keywordOnly = true;
    const name = group.find((child) => child.name === "VariableName");
    const type = group.find((child) => child.name === "TypeDef");
    const operator = group.findIndex((child) => child.name === "AssignOp");
    const value = operator < 0 ? undefined : group[operator + 1];
    if (!name) continue;
    parameters.push({
      name: text.slice(name.from, name.to),
      kind,
      keywordOnly: keywordOnly && kind === "normal",
      annotation: type && text.slice(type.from, type.to).replace(/^:\s*/, ""),
      default: value && toExpression(text, value),
    });
  }
  return parameters;
}

function kindOfParameter(syntax: string | undefined): Parameter["kind"] {
  if (syntax === "*") return "star";
  return syntax === "**" ? "double-star" : "normal";
}

function toClass(
  text: string,
  node: SyntaxNode,
  outer: SyntaxNode,
  decorators: Decorator[],
): ClassDefinition {
  const bases = node.getChild("ArgList");
  const block = node.getChild("Body");
  const body = block ? readBody(text, block) : undefined;
  return {
    name: nameOf(text, node),
    decorators,
    bases: (bases ? argumentsOf(text, bases) : []).flatMap((base) =>
      base.name === undefined && base.value.kind === "name" ? [base.value.name] : [],
    ),
    attributes: body?.assignments ?? [],
    methods: body?.functions ?? [],
    node,
    from: outer.from,
    to: outer.to,
  };
}

function importsOf(text: string, node: SyntaxNode): ImportedName[] {
  if (node.name !== "ImportStatement") return [];
  const statement = text
    .slice(node.from, node.to)
    .replace(/#[^\r\n]*/g, "")
    .replace(/[\s()\\]+/g, " ");
  const place = { from: node.from, to: node.to };
  const from = /^from ([\w. ]+?) import (.*)$/.exec(statement);
  const module = from?.[1]?.replaceAll(" ", "");
  const names = from ? from[2] : statement.replace(/^import /, "");
  return (names ?? "").split(",").flatMap((part): ImportedName[] => {
    const [name, alias = name] = part.trim().split(" as ");
    if (!name || alias === undefined) return [];
    return module === undefined
      ? [{ module: name, name: undefined, alias, ...place }]
      : [{ module, name, alias, ...place }];
  });
}

const knownCalls = new WeakMap<SyntaxNode, readonly CallExpression[]>();
const knownStrings = new WeakMap<SyntaxNode, readonly StringExpression[]>();

/** Every call below a node (a function's or a module's), in source order. */
export function callsIn(text: string, node: SyntaxNode): readonly CallExpression[] {
  const calls = knownCalls.get(node) ?? toCalls(text, findNodes(node, "CallExpression"));
  knownCalls.set(node, calls);
  return calls;
}

/** Every string below a node, in source order; implicitly joined ones as one. */
export function stringsIn(text: string, node: SyntaxNode): readonly StringExpression[] {
  const known = knownStrings.get(node);
  if (known) return known;
  const strings: StringExpression[] = [];
  node.cursor().iterate((below) => {
    if (!STRINGS.has(below.name)) return true;
    const value = toExpression(text, below.node);
    if (value.kind === "string") strings.push(value);
    // Strings within it are parts of it.
    return false;
  });
  knownStrings.set(node, strings);
  return strings;
}

const STRINGS = new Set(["String", "FormatString", "ContinuedString"]);
