/** How a view goes from an event to what it says of it: a table of functions, or a chain of comparisons. */
import { mostFrequent } from "../../checkout/samples.ts";
import { type Branch, branchesOf, statementsIn } from "../../python/branches.ts";
import { comparisonAt, tableOf } from "../../python/event-syntax.ts";
import { stringValue, toExpression } from "../../python/expression.ts";
import { findNodes, type SyntaxNode } from "../../python/source.ts";
import { indentAt } from "../../python/splice.ts";
import type { DictExpression, FunctionDefinition, PythonModule } from "../../python/syntax.ts";
import { type Dispatch, functionAround, type Probe } from "./dispatch-model.ts";
import { tableIn } from "./dispatch-tables.ts";
import type { RefusalPlace } from "./refusals.ts";

/**
 * Finds what decided that a payload is refused.
 * @param place Where it was refused.
 * @returns Undefined where that is neither a table nor a chain.
 */
export async function dispatchAt(place: RefusalPlace, probe: Probe): Promise<Dispatch | undefined> {
  const scope = functionAround(place.module, place.node);
  if (!scope) return undefined;
  for (let node: SyntaxNode | null = place.node; node && node !== scope.node; node = node.parent) {
    const found = await dispatchAbove(place, scope, node, probe);
    if (found) return found;
  }
  return undefined;
}

async function dispatchAbove(
  place: RefusalPlace,
  scope: FunctionDefinition,
  node: SyntaxNode,
  probe: Probe,
): Promise<Dispatch | undefined> {
  const body = node.parent;
  if (body?.name !== "Body") return undefined;
  const owner = body.name === "Body" ? body.parent : null;
  const statement = owner?.name === "MatchClause" ? (owner.parent?.parent ?? null) : owner;
  const around = statement ? branchesOf(statement) : [];
  const own = around.findIndex((branch) => branch.body.from === body.from);
  const branch = around[own];
  if (branch && branch.test === undefined)
    return chainOf(place, scope, { branches: around.slice(0, own), before: branch.from }, probe);
  if (branch?.test && place.node.name !== "RaiseStatement") {
    const before = statement?.from ?? 0;
    return chainOf(place, scope, { branches: around, before, form: "first" }, probe);
  }
  const table = branch?.test
    ? await tableIn(place, scope, branch.test, probe)
    : statement?.name === "TryStatement"
      ? await tableIn(place, scope, statement, probe)
      : undefined;
  return table ?? chainAbove(place, scope, statementsBefore(body, node), node.from, probe);
}

const statementsBefore = (body: SyntaxNode, node: SyntaxNode): SyntaxNode[] =>
  statementsIn(body).filter(({ to }) => to <= node.from);

/** `if`s of which each one that fits ends the function, and what comes after them. */
async function chainAbove(
  place: RefusalPlace,
  scope: FunctionDefinition,
  statements: readonly SyntaxNode[],
  before: number,
  probe: Probe,
): Promise<Dispatch | undefined> {
  const branches = statements.flatMap(branchesOf);
  const chain = await chainOf(place, scope, { branches, before, form: "if" }, probe);
  if (chain?.kind !== "chain") return chain;
  // Where a branch fits and does not end the function, what is in it decides.
  const taken = chain.branches.find(({ values }) => values.includes(chain.event));
  if (!taken) return chain;
  const inside = statementsIn(taken.body);
  const last = inside.findLast((one) => branchesOf(one).some(({ test }) => test !== undefined));
  if (!last) return undefined;
  return chainAbove(place, scope, inside, endOfLine(place.module.text, last.to), probe);
}

/** The offset after the line break that ends the line before an offset. */
function endOfLine(text: string, offset: number): number {
  if (text[offset - 1] === "\n") return offset;
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end + 1;
}

interface Chain {
  branches: readonly Branch[];
  /** The new branch goes above the line of this offset. */
  before: number;
  form?: "if" | "first";
}

async function chainOf(
  place: RefusalPlace,
  scope: FunctionDefinition,
  { branches, before, form }: Chain,
  probe: Probe,
): Promise<Dispatch | undefined> {
  const { module, path } = place;
  const tests = branches.flatMap(({ test, body }) => (test ? [{ test, body }] : []));
  const compared = tests.flatMap(({ test, body }) =>
    comparisonsIn(module, test).map((one) => ({ ...one, body })),
  );
  const members = tests.flatMap(({ test }) => membership(module, test) ?? []);
  const subject = mostFrequent([...compared, ...members].map((one) => one.subject));
  if (subject === undefined) return undefined;
  const event = await probe(subject);
  if (event === undefined) return undefined;
  const known = compared.filter((one) => one.subject === subject);
  // `elif event in TABLE: …`: the table decides.
  const table = members.find((one) => one.subject === subject)?.table;
  const isCompared = known.some(({ values }) => values.includes(event));
  if (table && place.node.name === "RaiseStatement" && !isCompared)
    return { kind: "table", path, module, table, event };
  const at = form === "first" ? before : module.text.lastIndexOf("\n", before - 1) + 1;
  const first = branches[0];
  const isCase = first?.test?.parent?.name === "MatchClause";
  return {
    kind: "chain",
    path,
    module,
    subject,
    event,
    form: isCase ? "case" : (form ?? "elif"),
    at,
    indent: first ? indentAt(module.text, first.from) : "",
    branches: known,
    scope,
  };
}

interface ComparedTexts {
  /** The source of what is compared. */
  subject: string;
  values: string[];
  /** Where. */
  compared: SyntaxNode;
}

/** The texts that something is compared with in a condition. */
function comparisonsIn(module: PythonModule, test: SyntaxNode): ComparedTexts[] {
  const { text } = module;
  const clause = test.parent;
  if (clause?.name === "MatchClause") {
    const values = findNodes(test, "String").flatMap(
      (one) => stringValue(toExpression(text, one)) ?? [],
    );
    const subject = clause.parent?.parent?.firstChild?.nextSibling;
    return subject && values.length > 0
      ? [{ subject: text.slice(subject.from, subject.to), values, compared: test }]
      : [];
  }
  return findNodes(test, "BinaryExpression").flatMap((node): ComparedTexts[] => {
    const { left, sign, right } = comparisonAt(module, node) ?? {};
    if (!left || !right || (sign !== "==" && sign !== "in" && sign !== "!=")) return [];
    const value = toExpression(text, right);
    const values =
      "elements" in value && value.kind !== "dict"
        ? value.elements.map((one) => stringValue(one.value))
        : [stringValue(value)];
    const texts = values.filter((one) => one !== undefined);
    // Of what it must not be only the subject is known.
    if (sign === "!=")
      return [{ subject: text.slice(left.from, left.to), values: [], compared: node }];
    if (texts.length === 0 || left.name === "String" || (sign === "in" && value.kind === "string"))
      return [];
    return [{ subject: text.slice(left.from, left.to), values: texts, compared: node }];
  });
}

/** What is looked for in which table by a condition such as `event in TABLE`. */
function membership(
  module: PythonModule,
  test: SyntaxNode,
): { subject: string; table: DictExpression } | undefined {
  const source = module.text.slice(test.from, test.to).replace(/\s+/g, " ");
  const [, subject, name] =
    /^([^()]+?)(?<! not) in (?:list\()?(\w+)(?:\.keys\(\))?\)?(?: or .*)?$/.exec(source) ?? [];
  const table = name === undefined ? undefined : tableOf(module, name);
  return subject !== undefined && table ? { subject, table } : undefined;
}
