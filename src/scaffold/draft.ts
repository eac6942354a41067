/**
 * The first draft of a view, as data: which fields it reads, and the message it makes of them. The Python of the view
 * and the expected messages of its tests are both made from this.
 */
import {
  commonLeaves,
  type EventSource,
  eventOf,
  type Fields,
  findFields,
  type JsonPath,
  type JsonValue,
  type Leaf,
  type Payload,
  slugOf,
  valueAt,
} from "../payload/index.ts";
import { wordsOfEvent } from "./event-words.ts";
import { contentOf } from "./expect.ts";
import type { Parts } from "./parts.ts";
import { headingOf, labelOf, lead, type Telling, tellFacts, tellFields } from "./sentence.ts";
import { Variables } from "./variables.ts";

/** How the messages of one event are made. */
export interface MessageDraft {
  /** The event; undefined when the view knows only one. */
  readonly event: string | undefined;
  /** Name of the function that makes the body. */
  readonly functionName: string;
  readonly body: Parts;
  /** A line for each item of a list, after the body. */
  readonly list?: { readonly path: JsonPath; readonly line: Parts };
}

export interface ViewDraft {
  readonly source: EventSource;
  readonly topic: Parts;
  /** One for each event, in the order the payloads came. */
  readonly messages: readonly MessageDraft[];
}

/**
 * Drafts a view.
 * @param payloads At least one.
 * @param source Where payloads name their event.
 * @param displayName The service's name, for messages in which nothing else says what happened.
 * @throws UserError when a payload does not name its event.
 */
export function draftView(
  payloads: readonly Payload[],
  source: EventSource,
  displayName: string,
): ViewDraft {
  const byEvent = new Map<string | undefined, JsonValue[]>();
  for (const payload of payloads) {
    const event = eventOf(payload, source);
    byEvent.set(event, [...(byEvent.get(event) ?? []), payload.value]);
  }
  const used = new Set<string>();
  const all = payloads.map(({ value }) => value);
  const messages = [...byEvent].map(([event, values]) => {
    const leaves = withoutEvent(steady(commonLeaves(values), all), source);
    const functionName = functionNameOf(event, used);
    return draftMessage({ event, functionName, values, leaves, displayName });
  });
  const shared = withoutEvent(commonLeaves(all), source);
  return { source, topic: draftTopic(findFields(shared), displayName), messages };
}

function withoutEvent(leaves: readonly Leaf[], source: EventSource): Leaf[] {
  const path = source.kind === "key" ? JSON.stringify(source.path) : undefined;
  return leaves.filter((leaf) => JSON.stringify(leaf.path) !== path);
}

/** Leaves out fields that have another type in a payload of another event: here too it may come some day. */
function steady(leaves: readonly Leaf[], values: readonly JsonValue[]): Leaf[] {
  return leaves.filter(({ path, kind }) =>
    values.every((value) => [undefined, kind].includes(valueAt(value, path)?.kind as Leaf["kind"])),
  );
}

function functionNameOf(event: string | undefined, used: Set<string>): string {
  if (event === undefined) return "get_body";
  const slug = slugOf(event).slice(0, 50) || "event";
  let name = `get_${slug}_body`;
  for (let count = 2; used.has(name); count++) name = `get_${slug}_${count}_body`;
  used.add(name);
  return name;
}

/** A topic that is the same for all messages about one thing. */
function draftTopic({ group, title, number }: Fields, displayName: string): Parts {
  const variables = new Variables();
  if (group) return [variables.use("name", group)];
  if (title) return [variables.use("title", title)];
  if (number) return [`${displayName} #`, variables.use("number", number)];
  return [displayName];
}

/** Connect cuts messages off at 10,000 characters. */
const MAX_LIST_LENGTH = 5000;

interface MessageInput {
  event: string | undefined;
  functionName: string;
  values: readonly JsonValue[];
  leaves: readonly Leaf[];
  displayName: string;
}

function draftMessage(input: MessageInput): MessageDraft {
  const { event, functionName, values, leaves, displayName } = input;
  const words = event === undefined ? undefined : wordsOfEvent(event);
  const fields = findFields(leaves, words?.subject?.replaceAll(" ", "_"));
  const telling = { words, displayName, variables: new Variables() };
  const list = fields.title || fields.number ? undefined : draftList(fields, values, telling);
  if (list) return { event, functionName, ...list };
  const known = Object.values(fields).some((field) => field !== undefined && !Array.isArray(field));
  const body =
    known || fields.details.length > 0 ? tellFields(fields, telling) : tellFacts(leaves, telling);
  return { event, functionName, body };
}

/** A heading, and a line for each item of a list. */
function draftList(
  { state, actor }: Fields,
  values: readonly JsonValue[],
  { words, displayName }: Telling,
): Pick<MessageDraft, "body" | "list"> | undefined {
  const list = findList(values);
  if (!list) return undefined;
  const telling = { words, displayName, variables: new Variables() };
  const { variables } = telling;
  const who: Parts = actor ? [" by **", variables.use("actor", actor), "**"] : [];
  const how: Parts = state ? [" **", variables.use("state", state), "**"] : [];
  const body = [headingOf(telling), ...who, ":", ...how, "\n"];
  const fits = (value: JsonValue): boolean =>
    [...contentOf({ body, list }, value)].length <= MAX_LIST_LENGTH;
  return values.every(fits) ? { body, list } : undefined;
}

/** The outermost list whose items all have something to show. */
function findList(values: readonly JsonValue[]): MessageDraft["list"] {
  for (const path of listPaths(values[0])) {
    const lists = values.map((value) => valueAt(value, path));
    const items = lists.flatMap((list) => (list?.kind === "array" ? list.items : []));
    const usable = lists.every((list) => list?.kind === "array" && list.items.length > 0);
    if (!usable || !items.every((item) => item.kind === "object")) continue;
    const fields = findFields(commonLeaves(items));
    if (!(fields.title ?? fields.number)) continue;
    const { text: _, ...shown } = fields;
    const displayName = labelOf(String(path.at(-1) ?? "item")).replace(/([^su])s$/, "$1");
    const telling = { words: undefined, displayName, variables: new Variables() };
    return { path, line: ["* ", ...lead(shown, telling)] };
  }
  return undefined;
}

function listPaths(value: JsonValue | undefined): JsonPath[] {
  if (value?.kind === "array") return [[]];
  if (value?.kind !== "object") return [];
  return [...value.entries].flatMap(([key, child]) => (child.kind === "array" ? [[key]] : []));
}
