/** Puts an event into a view: a function, its place in the dispatch, what is declared and imported. All else stays. */
import { applyEdits, type Edit } from "../../python/edit.ts";
import { stringValue } from "../../python/expression.ts";
import { editImports } from "../../python/import-edit.ts";
import { namesIn, renameIn } from "../../python/rename.ts";
import { findNodes, type SyntaxNode } from "../../python/source.ts";
import { insertElement } from "../../python/splice.ts";
import { writeString } from "../../python/strings.ts";
import type { PythonModule, SequenceExpression } from "../../python/syntax.ts";
import { formatPython } from "../python/format.ts";
import { type BranchStyle, branchStyleOf, topicStyleOf } from "./branch-style.ts";
import type { ChainDispatch, Dispatch } from "./dispatch-model.ts";
import type { DraftedEvent } from "./drafted.ts";
import { inlinedTopic, neededPieces, withName, writeEventFunction } from "./event-function.ts";
import { type HandlerStyle, handlerName, handlerStyleOf, resultOf } from "./handlers.ts";
import {
  branchEdit,
  constantsEdit,
  declaringEdits,
  functionsEdit,
  joinedBranchEdits,
  placeAmong,
  quoteOf,
} from "./view-edits.ts";
import { definedNames, freeName, hasSame, otherNames } from "./view-names.ts";

export interface SpliceInput {
  readonly dispatch: Dispatch;
  readonly drafted: DraftedEvent;
  /** The whole name of the event, as the view says it when it refuses it. */
  readonly eventName: string;
  readonly lineLength: number;
  /** Whether all but the topic is there: the view's way to make it does not know the event. */
  readonly isTopic: boolean;
  /** Take the topic that the draft makes, though the view has a way of its own. */
  readonly ownTopic: boolean;
  /** The list that declares the view's event types, where it is written out in this module. */
  readonly declared: SequenceExpression | undefined;
}

export interface Spliced {
  readonly text: string;
  /** The new function; empty where none was needed at this place. */
  readonly functionName: string;
  /** The whole name of the event, where it is known better now. */
  readonly eventName?: string;
}

/** The view with the event in it, and the name of its function; undefined where its style is not understood. */
export async function spliceEvent(input: SpliceInput): Promise<Spliced | undefined> {
  const { dispatch } = input;
  if (input.isTopic) return dispatch.kind === "chain" ? spliceTopic(input, dispatch) : undefined;
  const style = handlerStyleOf(dispatch);
  if (dispatch.kind === "table") return style && spliceTable(input, dispatch, style);
  const branch = branchStyleOf(dispatch);
  if (branch?.kind === "name") return spliceName(input, dispatch, branch);
  return branch && spliceBranch(input, dispatch, style, branch);
}

async function spliceTable(
  input: SpliceInput,
  dispatch: Extract<Dispatch, { kind: "table" }>,
  style: HandlerStyle,
): Promise<Spliced> {
  const { module, table, event } = dispatch;
  const functionName = nameFor(input, style);
  const keys = table.elements.map(({ key }) => stringValue(key));
  const index = placeAmong(keys, event);
  const element = `${writeString(event, quoteOf(module))}: ${functionName}`;
  const texts = writeEventFunction(functionInput(input, style, functionName));
  return {
    functionName,
    text: await splice(input, style, texts, [
      ...insertElement(module.text, table, index, element, input.lineLength),
    ]),
  };
}

/**
 * The view with the event in a branch that makes the topic of others already, of what is in the payload: one text for
 * each such branch, that of the most events first.
 */
export function joinTopic(dispatch: Dispatch, lineLength: number): string[] {
  if (dispatch.kind === "table" || !topicStyleOf(dispatch)) return [];
  const { module, branches } = dispatch;
  const isPayload = ({ from, to }: SyntaxNode): boolean =>
    module.text.slice(from, to) === "payload";
  return branches
    .filter(({ body }) => findNodes(body, "VariableName").some(isPayload))
    .sort((a, b) => b.values.length - a.values.length)
    .flatMap((branch) => {
      const edits = joinedBranchEdits(dispatch, branch, lineLength);
      return edits ? [applyEdits(module.text, edits)] : [];
    });
}

/** A branch that makes the topic. */
async function spliceTopic(
  input: SpliceInput,
  dispatch: ChainDispatch,
): Promise<Spliced | undefined> {
  const style = topicStyleOf(dispatch);
  if (!style || !dispatch.scope.parameters.some(({ name }) => name === "payload")) return undefined;
  const variable = style.variable ?? "topic";
  const lines = inlinedTopic(input.drafted, variable).replace(/^ {4}/gm, "").split("\n");
  if (style.variable === undefined) lines.push(lines.pop()?.replace(/^topic =/, "return") ?? "");
  const text = await splice(input, undefined, [], [branchEdit(dispatch, lines)], lines);
  return { functionName: "", text };
}

/** A branch that gives the event the name under which a table will have it. */
async function spliceName(
  { eventName }: SpliceInput,
  dispatch: ChainDispatch,
  { names }: Extract<BranchStyle, { kind: "name" }>,
): Promise<Spliced> {
  const { module, event } = dispatch;
  const whole = eventName.includes(event) ? eventName : `${eventName}:${event}`;
  const joined = whole.replace(/[^A-Za-z0-9]+/g, "_").toLowerCase();
  const name = names.includes(joined) ? event : joined;
  const line = `return ${writeString(name, quoteOf(module))}`;
  return {
    functionName: "",
    eventName: whole,
    text: applyEdits(module.text, [branchEdit(dispatch, [line])]),
  };
}

async function spliceBranch(
  input: SpliceInput,
  dispatch: ChainDispatch,
  style: HandlerStyle | undefined,
  branch: Exclude<BranchStyle, { kind: "name" }>,
): Promise<Spliced | undefined> {
  const { drafted, ownTopic } = input;
  const functionName = nameFor(input, style);
  const isText = style?.ending.kind === "text" || style === undefined;
  if (
    branch.kind === "return" &&
    style === undefined &&
    !/^(str|Text)$/.test(resultOf(dispatch.module, dispatch.scope))
  )
    return undefined;
  if (branch.kind === "assign" && !isText) return undefined;
  const given = style?.callArguments ?? "payload";
  const lines =
    branch.kind === "return"
      ? [`return ${functionName}(${given})`]
      : [...topicOf(branch, drafted, ownTopic), `${branch.text} = ${functionName}(${given})`];
  const texts = style
    ? writeEventFunction(functionInput(input, style, functionName))
    : [withName(drafted.text.text, functionName)];
  const text = await splice(input, style, texts, [branchEdit(dispatch, lines)], lines);
  return { text, functionName };
}

function topicOf(
  { topic: common, someTopic, topicLines }: Extract<BranchStyle, { kind: "assign" }>,
  drafted: DraftedEvent,
  ownTopic: boolean,
): string[] {
  const topic = common ?? (ownTopic ? someTopic : undefined);
  if (topic === undefined) return [];
  if (topicLines !== undefined && !ownTopic) return topicLines.split("\n");
  return inlinedTopic(drafted, topic).replace(/^ {4}/gm, "").split("\n");
}

function functionInput(
  { dispatch, drafted, ownTopic }: SpliceInput,
  style: HandlerStyle,
  name: string,
) {
  const { module } = dispatch;
  return {
    module,
    style,
    drafted,
    name,
    ownTopic,
    helperName: freeName(`${name}_text`, new Set(definedNames(module))),
  };
}

function nameFor({ dispatch, eventName }: SpliceInput, style: HandlerStyle | undefined): string {
  const { module } = dispatch;
  const others = style?.functions.map(({ name }) => name) ?? [];
  const events =
    dispatch.kind === "table"
      ? dispatch.table.elements.flatMap(({ key }) => stringValue(key) ?? [])
      : dispatch.branches.flatMap(({ values }) => values);
  return handlerName(eventName, others, events, new Set(definedNames(module)));
}

/** Puts functions, with what they need, into the view beside other edits. */
async function splice(
  input: SpliceInput,
  style: HandlerStyle | undefined,
  functions: readonly string[],
  edits: readonly Edit[],
  branch: readonly string[] = [],
): Promise<string> {
  const { dispatch, drafted, lineLength } = input;
  const { module } = dispatch;
  const used = neededPieces(drafted.pieces, [...functions, ...branch]);
  const added = used.filter((piece) => !hasSame(module, piece));
  const taken = new Set(definedNames(module));
  const names = otherNames(added, taken);
  const rename = (text: string): string => (names.size > 0 ? renameIn(text, names) : text);
  const constants = added.filter(({ kind }) => kind === "constant").map(({ text }) => rename(text));
  const helpers = added.filter(({ kind }) => kind === "function").map(({ text }) => rename(text));
  const format = (texts: readonly string[], gap: string): Promise<string> =>
    formatPython(texts.join(gap), lineLength).then((text) => text.trim());
  const all = await format([...helpers, ...functions.map(rename)], "\n\n\n");
  const told = [...constants, ...helpers, ...functions, ...branch].join("\n");
  return applyEdits(module.text, [
    ...edits.map((edit) => ({
      ...edit,
      insert: names.size > 0 ? renameWords(edit.insert, names) : edit.insert,
    })),
    ...editImports(module, (one) => one, importsFor(module, drafted, told), lineLength),
    ...(constants.length > 0 ? [constantsEdit(module, await format(constants, "\n"))] : []),
    ...(all === "" ? [] : [functionsEdit(dispatch, style, all)]),
    ...declaringEdits(input),
  ]);
}

const renameWords = (text: string, names: ReadonlyMap<string, string>): string =>
  [...names].reduce((all, [from, to]) => all.replace(new RegExp(`\\b${from}\\b`, "g"), to), text);

/** Imports of the draft that what is put in uses, and the view lacks. */
function importsFor(module: PythonModule, { imports }: DraftedEvent, told: string) {
  const known = new Set(module.imports.map(({ alias }) => alias));
  const used = new Set(namesIn(told).map(({ name }) => name));
  return imports
    .filter(({ alias }) => used.has(alias) && !known.has(alias))
    .map(({ module: from, name, alias }) => ({ module: from, name, alias }));
}
