/** How the branches of a chain say what they say, for one more to be written alike. */
import { mostFrequent } from "../../checkout/samples.ts";
import { toExpression } from "../../python/expression.ts";
import { childrenOf, findNodes, type SyntaxNode } from "../../python/source.ts";
import type { PythonModule } from "../../python/syntax.ts";
import type { Dispatch } from "./dispatch-model.ts";
import { TEXT, TOPIC } from "./handlers.ts";
import { sharedTopic } from "./shared-topic.ts";

/** What a branch of a chain does with its message. */
export type BranchStyle =
  | { readonly kind: "return" }
  /** It gives back the name under which a table has the event. */
  | { readonly kind: "name"; readonly names: readonly string[] }
  | {
      readonly kind: "assign";
      readonly text: string;
      readonly topic: string | undefined;
      /** What some of them set to the topic, where the others leave it as it was. */
      readonly someTopic: string | undefined;
      /** The statements by which the others make the topic, where they make it alike. */
      readonly topicLines: string | undefined;
    };

function endsInReturn(body: SyntaxNode): SyntaxNode | undefined {
  const last = [...childrenOf(body)].at(-1);
  return last?.name === "ReturnStatement" ? last : undefined;
}

/** Whether a chain decides over topics alone; then the variable that it sets, or none where it returns them. */
export function topicStyleOf({
  module,
  branches,
  scope,
}: Extract<Dispatch, { kind: "chain" }>): { variable: string | undefined } | undefined {
  const names = branches.flatMap(({ body }) => assignedIn(module, body));
  const variable = mostFrequent(names.filter((name) => TOPIC.test(name)));
  if (variable !== undefined && !names.some((name) => TEXT.test(name))) return { variable };
  const returning = branches.filter(({ body }) => endsInReturn(body) !== undefined);
  const isTopic = /topic|subject/.test(scope.name) && returning.length * 2 > branches.length;
  return isTopic ? { variable: undefined } : undefined;
}

/** Reads what the branches of a chain do; undefined where they do different things. */
export function branchStyleOf(
  dispatch: Extract<Dispatch, { kind: "chain" }>,
): BranchStyle | undefined {
  const { module, branches } = dispatch;
  const returns = branches.flatMap(({ body }) => endsInReturn(body) ?? []);
  if (returns.length * 2 > branches.length) return returnStyle(module, returns);
  const assigned = branches.map(({ body }) => assignedIn(module, body));
  const common = (pattern: RegExp): string | undefined => {
    const names = assigned.flatMap((all) => all.filter((name) => pattern.test(name)));
    const name = mostFrequent(names);
    return names.filter((one) => one === name).length * 2 > branches.length ? name : undefined;
  };
  const text = common(TEXT);
  if (text === undefined) return undefined;
  const topic = common(TOPIC);
  const bodies = branches.map(({ body }) => body);
  const topicLines = topic === undefined ? undefined : sharedTopic(module, bodies, topic);
  const someTopic = mostFrequent(assigned.flat().filter((name) => TOPIC.test(name)));
  return { kind: "assign", text, topic, someTopic, topicLines };
}

function returnStyle(module: PythonModule, returns: readonly SyntaxNode[]): BranchStyle {
  const values = returns.map((node) => {
    const value = [...childrenOf(node)][1];
    return value ? toExpression(module.text, value) : undefined;
  });
  const names = values.flatMap((value) =>
    value?.kind === "string" && value.value !== undefined && !value.formatted ? [value.value] : [],
  );
  // A sentence is no name.
  const isName = names.every((name) => !/[ {]/.test(name));
  return names.length * 2 > returns.length && isName ? { kind: "name", names } : { kind: "return" };
}

/** The names that a branch sets. */
function assignedIn(module: PythonModule, body: SyntaxNode): string[] {
  const names = findNodes(body, "AssignStatement").flatMap(({ firstChild: target }) =>
    target?.name === "VariableName" ? [module.text.slice(target.from, target.to)] : [],
  );
  return [...new Set(names)];
}
