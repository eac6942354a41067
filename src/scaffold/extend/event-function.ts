/** The function for a new event, written as the view's others are. */

import { parseModule } from "../../python/parse-module.ts";
import { renameIn } from "../../python/rename.ts";
import { childrenOf, findNodes } from "../../python/source.ts";
import type { PythonModule } from "../../python/syntax.ts";
import type { DraftedEvent, Piece } from "./drafted.ts";
import type { Ending, HandlerStyle } from "./handlers.ts";

/** What the new function is made of. */
export interface EventFunctionInput {
  readonly module: PythonModule;
  readonly style: HandlerStyle;
  readonly drafted: DraftedEvent;
  /** Its name. */
  readonly name: string;
  /** The name of a function for what it does not hold itself. */
  readonly helperName: string;
  /** Take the topic that the draft makes, though the others make theirs alike. */
  readonly ownTopic: boolean;
}

/** Writes the function, and what it needs besides. */
export function writeEventFunction(input: EventFunctionInput): string[] {
  const { module, style, drafted, name } = input;
  const { model, payload, unpacking, ending } = style;
  const list = model.node.getChild("ParamList");
  const body = model.node.getChild("Body");
  const head = `def ${name}${module.text.slice(list?.from, body?.from)}:`;
  const take = unpacking === undefined ? [] : [`    ${unpacking}`];
  const text = renamed(drafted.text.text, payload);
  const wantsPayload = unpacking !== undefined && usesPayload(text, payload);
  if (ending.kind === "text")
    return [[head, ...(wantsPayload ? take : []), bodyOf(text)].join("\n")];
  const straight = straightBody(text, ending.text);
  const made = straight ?? `    ${ending.text} = ${input.helperName}(${payload})`;
  const topic = topicLines(input, ending, made);
  const lines = [head, ...take, topic, made, `    ${ending.statement}`];
  const helper = straight === undefined ? [withName(text, input.helperName)] : [];
  return [...helper, lines.join("\n")];
}

/** What the drafted function calls the payload is called otherwise in some views. */
const renamed = (text: string, payload: string): string =>
  payload === "payload" ? text : renameIn(text, new Map([["payload", payload]]));

const usesPayload = (text: string, payload: string): boolean =>
  new RegExp(`\\b${payload}\\b`).test(bodyOf(text));

/** Gives a function another name. */
export const withName = (text: string, name: string): string =>
  text.replace(/^def \w+/m, `def ${name}`);

/** The lines of a function below its head. */
export function bodyOf(text: string): string {
  const body = functionOf(text)?.node.getChild("Body");
  return text.slice((body?.from ?? 0) + 1).replace(/^\n/, "");
}

const functionOf = (text: string) => parseModule(text).functions[0];

/** The lines of a function that ends in its only `return`, with the value in a variable instead. */
function straightBody(text: string, variable: string): string | undefined {
  const definition = functionOf(text);
  const body = definition?.node.getChild("Body");
  const last = body && [...childrenOf(body)].at(-1);
  if (!body || last?.name !== "ReturnStatement") return undefined;
  if (findNodes(body, "ReturnStatement").length > 1) return undefined;
  const value = text.slice(last.from, last.to).replace(/^return\s+/, "");
  const before = text
    .slice(body.from + 1, last.from)
    .replace(/^\n/, "")
    .trimEnd();
  // `body` of the draft becomes what the view calls it.
  const lines =
    value === "body" ? before : [before, `    ${variable} = ${value}`].filter(Boolean).join("\n");
  return variable === "body" ? lines : renameLocal(lines, variable);
}

function renameLocal(lines: string, variable: string): string {
  const source = `def f():\n${lines}`;
  return bodyOf(renameIn(source, new Map([["body", variable]])));
}

function topicLines(
  { drafted, style, ownTopic }: EventFunctionInput,
  ending: Extract<Ending, { kind: "both" }>,
  made: string,
): string {
  if (ending.topicLines !== undefined && !ownTopic)
    return ending.topicLines.replace(/^(?=.)/gm, "    ");
  return renamedLines(inlinedTopic(drafted, ending.topic, made), style.payload);
}

function renamedLines(lines: string, payload: string): string {
  if (payload === "payload") return lines;
  return bodyOf(renameIn(`def f():\n${lines}`, new Map([["payload", payload]])));
}

/** The function of a draft that makes its topic, where there is one. */
export function topicPiece({ topic, pieces }: DraftedEvent): Piece | undefined {
  const [, called] = /^(\w+)\(payload\)$/.exec(topic) ?? [];
  return pieces.find(({ name }) => name === called);
}

/**
 * Lines that make the drafted topic. A function that only reads and returns stands as its lines.
 * @param beside Lines that come after: what they read alike is left to them.
 */
export function inlinedTopic(drafted: DraftedEvent, variable: string, beside = ""): string {
  const piece = topicPiece(drafted);
  const straight = piece && straightBody(piece.text, variable);
  const whole = `    ${variable} = ${drafted.topic}`;
  if (straight === undefined) return whole;
  return clash(straight, beside) ? whole : straight;
}

/** Whether two pieces set a variable to different values. */
function clash(one: string, other: string): boolean {
  const values = (lines: string): Map<string, string> =>
    new Map(
      [...lines.matchAll(/^ {4}(\w+) = (.*)$/gm)].map(([, name = "", value = ""]) => [name, value]),
    );
  const known = values(other);
  return [...values(one)].some(([name, value]) => known.has(name) && known.get(name) !== value);
}

function isUsed(piece: Piece, texts: readonly string[]): boolean {
  return texts.some((text) => new RegExp(`\\b${piece.name}\\b`).test(text));
}

/** The pieces that some texts use, and those that these use. */
export function neededPieces(pieces: readonly Piece[], texts: readonly string[]): Piece[] {
  const needed = new Set<Piece>();
  const look = (from: readonly string[]): void => {
    for (const piece of pieces) {
      if (needed.has(piece) || !isUsed(piece, from)) continue;
      needed.add(piece);
      look([piece.text.replace(/^def \w+/m, "")]);
    }
  };
  look(texts);
  return pieces.filter((piece) => needed.has(piece));
}
