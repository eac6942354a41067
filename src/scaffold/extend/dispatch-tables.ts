/** Tables of functions by event, and the lookups in them. */
import { assignmentsIn, lookupIn, tableOf } from "../../python/event-syntax.ts";
import { toExpression } from "../../python/expression.ts";
import { callsIn } from "../../python/module.ts";
import { findNodes, type SyntaxNode } from "../../python/source.ts";
import type { FunctionDefinition, PythonModule } from "../../python/syntax.ts";
import { functionAround, type Probe, type TableDispatch } from "./dispatch-model.ts";
import type { RefusalPlace } from "./refusals.ts";

/** The table behind a condition such as `handler is None` or `event not in TABLE`, or in the lookup that is tried. */
export async function tableIn(
  place: RefusalPlace,
  scope: FunctionDefinition,
  node: SyntaxNode,
  probe: Probe,
): Promise<TableDispatch | undefined> {
  const { module, path } = place;
  for (const { table: name, key } of lookupsBehind(module, scope, node)) {
    const table = tableOf(module, name);
    const event = table && (await probe(key));
    if (table && event !== undefined) return { kind: "table", path, module, table, event };
  }
  return undefined;
}

interface KeyedTable {
  table: string;
  key: string;
}

function lookupsBehind(
  module: PythonModule,
  scope: FunctionDefinition,
  node: SyntaxNode,
): KeyedTable[] {
  const { text } = module;
  const source = text.slice(node.from, node.to).replace(/\s+/g, " ");
  const [, key, table] = /^(.+?) not in (\w+)(?:\.keys\(\))?$/.exec(source) ?? [];
  if (key !== undefined && table !== undefined) return [{ table, key }];
  const names = source
    .split(" or ")
    .flatMap((part) => /^(?:not )?(\w+)(?: is None| == None)?$/.exec(part)?.[1] ?? []);
  return [
    ...names.flatMap((name) => lookupsOf(module, scope, name)),
    ...(node.name === "TryStatement" ? lookupsWithin(module, node) : []),
  ];
}

/** The lookups whose outcome a variable holds. */
function lookupsOf(module: PythonModule, scope: FunctionDefinition, name: string): KeyedTable[] {
  return assignmentsIn(module, scope.node, name).flatMap(({ node }) => [
    ...lookupsWithin(module, node),
    ...lookupsByFunction(module, node),
  ]);
}

function lookupsWithin(module: PythonModule, node: SyntaxNode): KeyedTable[] {
  return [node, ...findNodes(node, "CallExpression", "MemberExpression")].flatMap((one) => {
    const found = lookupIn(module, one);
    if (!found) return [];
    return [{ table: found.table, key: module.text.slice(found.key.from, found.key.to) }];
  });
}

/** `handler = get_handler(event)`, where that function looks its parameter up. */
function lookupsByFunction(module: PythonModule, node: SyntaxNode): KeyedTable[] {
  const call = toExpression(module.text, node);
  const called =
    call.kind === "call" && module.functions.findLast(({ name }) => name === call.callee);
  if (!called) return [];
  return lookupsWithin(module, called.node).flatMap(({ table, key }) => {
    const argument = call.args[called.parameters.findIndex(({ name }) => name === key)];
    const given = argument?.value;
    return given ? [{ table, key: module.text.slice(given.from, given.to) }] : [];
  });
}

/** The table from which a function was taken that is none: `body = handler(payload)` where the table lacks the event. */
export async function tableCalledAt(
  place: RefusalPlace,
  probe: Probe,
): Promise<TableDispatch | undefined> {
  const { module, node, path } = place;
  const scope = functionAround(module, node);
  if (!scope) return undefined;
  const used = callsIn(module.text, node).flatMap(({ callee, args }) => [
    callee,
    ...args.flatMap(({ value }) => (value.kind === "name" ? [value.name] : [])),
  ]);
  for (const variable of new Set(used)) {
    for (const { table: name, key } of lookupsOf(module, scope, variable)) {
      const table = tableOf(module, name);
      const event = table && (await probe(key));
      if (table && event !== undefined) return { kind: "table", path, module, table, event };
    }
  }
  return undefined;
}

/** The table of a lookup that failed. */
export function tableAt({
  path,
  module,
  node,
  key,
}: RefusalPlace & { key: string }): TableDispatch | undefined {
  const name = node.firstChild ? module.text.slice(node.firstChild.from, node.firstChild.to) : "";
  const table = tableOf(module, name);
  return table && { kind: "table", path, module, table, event: key };
}
