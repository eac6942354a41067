/** The classes of tests that a parsed tests.py states, wherever they stand in it. */
import { childrenOf, type SyntaxNode } from "../python/source.ts";
import type { PythonModule } from "../python/syntax.ts";
import { identifier, isTest, type StatedTest } from "./stated.ts";

interface StatedClass {
  name: string;
  bases: string[];
  /** Whether something is a base that is no plain name. */
  isOpen: boolean;
  tests: string[];
}

/** More relatives than any class of tests has; a file of nothing but classes is read in time that grows with it. */
const MOST_RELATIVES = 300;

/**
 * The tests of a module that are not among those that Python found.
 * @param found Each as `Class.method`.
 */
export function hiddenIn(module: PythonModule, found: ReadonlySet<string>): StatedTest[] {
  const classes = statedClasses(module);
  const heirs = new Map<string, string[]>();
  for (const { name, bases } of classes) {
    for (const base of bases) {
      const others = heirs.get(base);
      if (others) others.push(name);
      else heirs.set(base, [name]);
    }
  }
  return classes.flatMap((one) => {
    const missing = one.tests.filter((name) => !found.has(`${one.name}.${name}`));
    if (missing.length === 0) return [];
    // What others inherit is run as theirs.
    const owners = relatives(one.name, (name) => heirs.get(name) ?? []);
    return missing
      .filter((name) => !owners.some((owner) => found.has(`${owner}.${name}`)))
      .map((name) => ({ owner: one.name, name }));
  });
}

/** A class and those that it leads to, up to a number of them. */
function relatives(name: string, next: (name: string) => readonly string[]): string[] {
  const all = new Set([name]);
  for (const one of all) {
    for (const other of next(one)) if (all.size < MOST_RELATIVES) all.add(other);
  }
  return [...all];
}

/** The classes of tests: those that are a TestCase by name, and those of which the text does not say what they are. */
function statedClasses({ text, root, imports, assignments }: PythonModule): StatedClass[] {
  const classes = definitionsIn(root, "ClassDefinition").map((node) => toClass(text, node));
  const known = new Map(classes.map((one) => [one.name, one]));
  const named = new Set([
    ...imports.map(({ alias }) => identifier(alias)),
    ...assignments.map(({ target }) => identifier(target)),
  ]);
  const mayBeCase = (base: string): boolean => {
    const one = known.get(base);
    return one ? one.isOpen : base.endsWith("TestCase") || named.has(base);
  };
  return classes.filter(({ name, isOpen, bases }) => {
    const above = bases.flatMap((base) => relatives(base, (at) => known.get(at)?.bases ?? []));
    return isOpen || above.some((base) => base !== name && mayBeCase(base));
  });
}

function toClass(text: string, node: SyntaxNode): StatedClass {
  const body = node.getChild("Body");
  const list = node.getChild("ArgList");
  const given = list ? [...childrenOf(list)].filter(({ name }) => !BETWEEN.has(name)) : [];
  const bases = given.filter(({ name }) => name === "VariableName" || name === "MemberExpression");
  const methods = body ? definitionsIn(body, "FunctionDefinition") : [];
  const replaced = body ? lastAssignments(text, body) : new Map<string, number>();
  const names = methods
    .map((method) => ({ name: nameIn(text, method), from: method.from }))
    .filter(({ name, from }) => isTest(name) && (replaced.get(name) ?? 0) <= from);
  return {
    name: nameIn(text, node),
    bases: bases.map(({ from, to }) => identifier(text.slice(from, to))),
    isOpen: given.length > bases.length,
    tests: [...new Set(names.map(({ name }) => name))],
  };
}

/** What stands in brackets beside values. */
const BETWEEN = new Set(["(", ")", ",", "Comment"]);

function nameIn(text: string, node: SyntaxNode): string {
  const name = node.getChild("VariableName");
  return name ? identifier(text.slice(name.from, name.to)) : "";
}

/** Where a class says that a name is something else from there on, as in `test_push = None`. */
function lastAssignments(text: string, body: SyntaxNode): Map<string, number> {
  const found = new Map<string, number>();
  for (const node of childrenOf(body)) {
    if (node.name !== "AssignStatement" || !node.getChild("AssignOp")) continue;
    found.set(nameIn(text, node), node.from);
  }
  return found;
}

/** What makes a scope of its own: definitions in it are none of the block's. */
const SCOPES = new Set(["FunctionDefinition", "ClassDefinition", "LambdaExpression"]);

/** The definitions in a block, in their order, those in its conditions and loops included. */
function definitionsIn(block: SyntaxNode, kind: string): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  const waiting = [block];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node !== block && node.name === kind) found.push(node);
    else if (node === block || !SCOPES.has(node.name)) {
      for (const child of [...childrenOf(node)].reverse()) waiting.push(child);
    }
  }
  return found;
}
