/** How the functions are written that a view has for its events: what they take, give back and are called. */
import { mostFrequent } from "../../checkout/samples.ts";
import { slugOf } from "../../payload/index.ts";
import { callsIn } from "../../python/module.ts";
import { findNodes } from "../../python/source.ts";
import type { FunctionDefinition, PythonModule } from "../../python/syntax.ts";
import type { Dispatch } from "./dispatch-model.ts";
import { sharedTopic } from "./shared-topic.ts";

/** The way in which a view's functions for its events are written. */
export interface HandlerStyle {
  /** All of them, in source order. */
  readonly functions: readonly FunctionDefinition[];
  /** The one to write like. */
  readonly model: FunctionDefinition;
  /** What is said in a call of it, in the brackets; undefined where a table calls them all alike. */
  readonly callArguments: string | undefined;
  /** The parameter that holds the payload. */
  readonly payload: string;
  /** A line that takes the payload out of that parameter, such as `payload = helper.payload`. */
  readonly unpacking: string | undefined;
  readonly ending: Ending;
}

/** What such a function ends with. */
export type Ending =
  /** It gives back the message's text. */
  | { readonly kind: "text" }
  /** It gives back topic and text, in a statement of the view's own. */
  | {
      readonly kind: "both";
      readonly statement: string;
      readonly topic: string;
      readonly text: string;
      /** The statements by which the others make the topic, where they make it alike. */
      readonly topicLines: string | undefined;
    };

/** Reads how the functions of a dispatch are written; undefined where they are not understood. */
export function handlerStyleOf(dispatch: Dispatch): HandlerStyle | undefined {
  const { module } = dispatch;
  const uses = dispatch.kind === "table" ? usesInTable(dispatch) : usesInBranches(dispatch);
  const groups = new Map<string, HandlerUse[]>();
  for (const use of uses) {
    const head = headOf(module, use.definition).replace(/\s+/g, "");
    groups.set(head, [...(groups.get(head) ?? []), use]);
  }
  const [largest] = [...groups.values()].sort((a, b) => b.length - a.length);
  const last = largest?.at(-1);
  if (!last) return undefined;
  const model = last.definition;
  const payload = payloadOf(module, model);
  const ending = endingOf(module, largest ?? [], model);
  if (!payload || !ending) return undefined;
  const functions = [...new Set(uses.map(({ definition }) => definition))].sort(
    (a, b) => a.from - b.from,
  );
  return { functions, model, callArguments: last.callArguments, ...payload, ending };
}

interface HandlerUse {
  definition: FunctionDefinition;
  callArguments: string | undefined;
}

function usesInTable({ module, table }: Extract<Dispatch, { kind: "table" }>): HandlerUse[] {
  return table.elements.flatMap(({ value }) => {
    const definition = value.kind === "name" ? definitionOf(module, value.name) : undefined;
    return definition ? [{ definition, callArguments: undefined }] : [];
  });
}

function usesInBranches({
  module,
  branches,
  scope,
}: Extract<Dispatch, { kind: "chain" }>): HandlerUse[] {
  return branches.flatMap(({ body }) =>
    callsIn(module.text, scope.node).flatMap((call) => {
      if (call.from < body.from || call.to > body.to) return [];
      const definition = definitionOf(module, call.callee);
      const [first] = call.args;
      if (!definition || !first || !givesText(module, definition)) return [];
      const callArguments = module.text.slice(first.from, call.args.at(-1)?.to);
      return [{ definition, callArguments }];
    }),
  );
}

function definitionOf(module: PythonModule, name: string): FunctionDefinition | undefined {
  return module.functions.findLast((one) => one.name === name);
}

/** Whether a function may make a message, and not a topic or something else beside it. */
function givesText(module: PythonModule, definition: FunctionDefinition): boolean {
  if (/topic|subject|_url$|^is_|_name$/.test(definition.name)) return false;
  return /^$|^(str|Text)$|^[Tt]uple\[|^Optional\[str\]$|^str \| None$/.test(
    resultOf(module, definition),
  );
}

/** The source of a function's parameters and result. */
function headOf(module: PythonModule, { node }: FunctionDefinition): string {
  const list = node.getChild("ParamList");
  const body = node.getChild("Body");
  return list && body ? module.text.slice(list.from, body.from) : "";
}

/** What a function says that it gives back; empty where it says nothing. */
export function resultOf(module: PythonModule, { node }: FunctionDefinition): string {
  const type = node.getChild("TypeDef");
  return type ? module.text.slice(type.from, type.to).replace(/^->\s*/, "") : "";
}

function payloadOf(
  module: PythonModule,
  { parameters, node }: FunctionDefinition,
): Pick<HandlerStyle, "payload" | "unpacking"> | undefined {
  const named = parameters.find(({ name }) => name === "payload");
  if (named) return { payload: "payload", unpacking: undefined };
  for (const { name } of parameters) {
    const [line] =
      new RegExp(`^[ \\t]*(\\w+) = ${name}\\.payload$`, "m").exec(
        module.text.slice(node.from, node.to),
      ) ?? [];
    const [, variable] = /^\s*(\w+)/.exec(line ?? "") ?? [];
    if (line !== undefined && variable !== undefined)
      return { payload: variable, unpacking: line.trim() };
  }
  const typed = parameters.find(({ annotation = "" }) =>
    /^(WildValue|(Dict|dict|Mapping)\[str, (Any|object)\])$/.test(annotation),
  );
  return typed && { payload: typed.name, unpacking: undefined };
}

export const TOPIC = /^(topic|subject)(_name)?$/;
export const TEXT = /^(body|content|message|text|msg|body_text)$/;

/** How a function of this kind ends, read from those there are. */
function endingOf(
  module: PythonModule,
  uses: readonly HandlerUse[],
  model: FunctionDefinition,
): Ending | undefined {
  if (/^(str|Text|Optional\[str\]|str \| None)$/.test(resultOf(module, model)))
    return { kind: "text" };
  const definitions = uses.map(({ definition }) => definition);
  const endings = definitions.flatMap(({ node }) => {
    const last = findNodes(node, "ReturnStatement").at(-1);
    return last ? [module.text.slice(last.from, last.to)] : [];
  });
  const statement = mostFrequent(endings.filter((text) => variablesOf(text) !== undefined));
  const variables = statement === undefined ? undefined : variablesOf(statement);
  if (statement === undefined || !variables)
    return resultOf(module, model) === "" && endings.length > 0 ? { kind: "text" } : undefined;
  return {
    kind: "both",
    statement,
    ...variables,
    topicLines: sharedTopic(
      module,
      definitions.flatMap(({ node }) => node.getChild("Body") ?? []),
      variables.topic,
    ),
  };
}

/** The variables of a statement such as `return topic, body` or `return [{"subject": subject, "body": body}]`. */
function variablesOf(statement: string): { topic: string; text: string } | undefined {
  const names = statement.replace(/(["']).*?\1|^return\b/g, "").match(/[A-Za-z_]\w*/g) ?? [];
  const topic = names.find((name) => TOPIC.test(name));
  const text = names.find((name) => TEXT.test(name));
  return names.length === 2 && topic !== undefined && text !== undefined
    ? { topic, text }
    : undefined;
}

/**
 * A name for the function of an event, made as those of the others are.
 * @param functions The names of the others.
 * @param events Events of theirs: what these begin with is no part of the new one's name.
 * @param taken Names that the module has.
 */
export function handlerName(
  event: string,
  functions: readonly string[],
  events: readonly string[],
  taken: ReadonlySet<string>,
): string {
  const words = functions.map((name) => name.split("_"));
  const shared = (at: (one: readonly string[], index: number) => string | undefined): string[] => {
    const found: string[] = [];
    for (let index = 0; index < 4; index++) {
      const rest = words.filter((one) => found.every((word, before) => at(one, before) === word));
      const next = mostFrequent(
        rest.flatMap((one) => (one.length > index + 1 ? (at(one, index) ?? []) : [])),
      );
      const count = rest.filter((one) => at(one, index) === next).length;
      if (next === undefined || count * 2 <= words.length || words.length < 2) break;
      found.push(next);
    }
    return found;
  };
  const common = shared((one, index) => one[index]);
  const slugs = events.map(slugOf);
  const isOfEvents = (_: string, index: number): boolean =>
    slugs.some((slug) => slug.startsWith(`${common.slice(index).join("_")}_`));
  const end = common.findIndex(isOfEvents);
  const before = end < 0 ? common : common.slice(0, end);
  const after = shared((one, index) => one.at(-1 - index)).reverse();
  const lead = before.length > 0 ? before : ["get"];
  const tail = after.length > 0 ? after : before.length > 0 ? [] : ["body"];
  const own = slugOf(event).replace(/_+/g, "_").slice(0, 50).split("_");
  // `get_order` needs no second `order`, and `order_event` no second `event`.
  while (own.length > 1 && lead.includes(own[0] ?? "")) own.shift();
  while (own.length > 1 && own.at(-1) === tail[0]) own.pop();
  const base = [...lead, ...own, ...tail].join("_");
  for (let count = 1; ; count++) {
    const name = count === 1 ? base : `${base}_${count}`;
    if (!taken.has(name)) return name;
  }
}
