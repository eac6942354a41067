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
import { actors, groups } from "../payload/vocabulary.ts";
import { type EventWords, wordsOfEvent } from "./event-words.ts";
import { contentOf } from "./expect.ts";
import { Variables } from "./variables.ts";

/** A field that a function of the view reads into a variable. */
export interface FieldUse {
  readonly variable: string;
  readonly path: JsonPath;
  readonly kind: Leaf["kind"];
  /** True when `_` is shown as a space. */
  readonly asWords?: boolean;
}

/** Text, with fields in it. */
export type Parts = readonly (string | FieldUse)[];

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
  const variables = new Variables();
  const list = (fields.title ?? fields.number) ? undefined : findList(values);
  if (list) {
    const { state, actor } = fields;
    const who: Parts = actor ? [" by **", variables.use("actor", actor), "**"] : [];
    const how: Parts = state ? [" **", variables.use("state", state), "**"] : [];
    const heading = words?.label ?? `${displayName} notification`;
    const body = [heading, ...who, ":", ...how, "\n"];
    if (values.every((value) => [...contentOf({ body, list }, value)].length <= MAX_LIST_LENGTH)) {
      return { event, functionName, body, list };
    }
  }
  const known = Object.values(fields).some((field) => field !== undefined && !Array.isArray(field));
  const body =
    known || fields.details.length > 0
      ? sentenceAndMore(fields, words, displayName, variables)
      : plainFacts(leaves, words, displayName, variables);
  return { event, functionName, body };
}

/** The sentence a message starts with, without its end. */
function lead(
  fields: Fields,
  words: EventWords | undefined,
  displayName: string,
  variables: Variables,
): Parts {
  const { action, state } = fields;
  const actor: Parts | undefined = fields.actor && [
    "**",
    variables.use("actor", fields.actor),
    "**",
  ];
  const verb = action ? variables.use("action", action, { asWords: true }) : words?.verb;
  const noun = words?.subject ?? nounOf(fields.title ?? fields.number) ?? words?.noun;
  const thing = thingOf(fields, noun, displayName, variables);
  const sentence =
    actor && verb !== undefined && !(words?.ownDeed && !action)
      ? [...actor, " ", verb, " ", ...thing]
      : [
          ...startSentence(thing),
          ...(actor ? [" by ", ...actor] : []),
          ...(verb === undefined ? [] : [" ", verb]),
        ];
  return state && saysMore(fields, words)
    ? [...sentence, ": **", variables.use("state", state), "**"]
    : sentence;
}

/** Whether the state adds to the verb: "finished: finished" and "opened: open" do not. */
function saysMore({ state, action }: Fields, words: EventWords | undefined): boolean {
  const verbs = [...(action?.samples ?? []), words?.verb ?? ""].map((verb) => verb.toLowerCase());
  return (
    state?.samples.some((text) => !verbs.some((verb) => verb.startsWith(text.toLowerCase()))) ??
    false
  );
}

/** What the message is about: the noun, and the title with its link. */
function thingOf(
  { title, number, link }: Fields,
  noun: string | undefined,
  displayName: string,
  variables: Variables,
): Parts {
  const hash: Parts = number
    ? [number.kind === "integer" ? "#" : "", variables.use("number", number)]
    : [];
  const label: Parts = title ? [variables.use("title", title)] : hash;
  const what = noun ?? (number ? displayName : undefined);
  const before = what !== undefined && label.length > 0 ? [`${what} `] : [];
  const shown = label.length > 0 ? label : [noun ?? `${displayName} notification`];
  return link
    ? [...before, "[", ...shown, "](", variables.use("url", link), ")"]
    : [...before, ...shown];
}

/** Objects that the message names otherwise. */
const named = new Set([...groups, ...actors]);
/** Names that say nothing of what is in the object. */
const vague =
  /(^|_)(data|info|details?|meta|metadata|annotations|labels|model|items?|entity|object|resource|payload|body|attributes|event|recording|status|result|response|params|properties|fields|context|content)$/;

/** The object that holds the title, such as `pull request`. */
function nounOf(leaf: Leaf | undefined): string | undefined {
  const parent = leaf?.parent ?? "";
  const isNoun = /^[a-z]+(_[a-z]+)?$/.test(parent) && !named.has(parent) && !vague.test(parent);
  return isNoun ? parent.replaceAll("_", " ") : undefined;
}

function startSentence([first, ...rest]: Parts): Parts {
  if (typeof first !== "string") return first === undefined ? rest : [first, ...rest];
  return [first.charAt(0).toUpperCase() + first.slice(1), ...rest];
}

/** The first sentence, then details as a list and longer text as a quote. */
function sentenceAndMore(
  fields: Fields,
  words: EventWords | undefined,
  displayName: string,
  variables: Variables,
): Parts {
  const { details, text, state } = fields;
  const sentence = lead(fields, words, displayName, variables);
  const quote: Parts = text ? ["\n\n~~~ quote\n", variables.use("text", text), "\n~~~"] : [];
  // A bare title ends as it ends: it may bring a mark of its own.
  const bare = typeof sentence.at(-1) !== "string";
  const end = text && !state && details.length === 0 ? ":" : bare ? "" : ".";
  const parts = [...sentence, end, ...facts(details, variables), ...quote];
  return parts.filter((part) => part !== "");
}

function facts(leaves: readonly Leaf[], variables: Variables): Parts {
  return leaves.flatMap((leaf): Parts => {
    const label = labelOf(String(leaf.path.at(-1) ?? ""));
    return [`\n* **${label}:** `, variables.use(leaf.key, leaf)];
  });
}

const MAX_PLAIN_FACTS = 5;
/** What is for machines, or not for everybody. */
const untold =
  /(^|_)(id|uuid|guid|at|on|time|date|timestamp|created|updated|version|object|token|secret|password|key|signature|hash|webhooks?)$/;

/** The message of a payload in which no key is known: what happened, and the outermost facts. */
function plainFacts(
  leaves: readonly Leaf[],
  words: EventWords | undefined,
  displayName: string,
  variables: Variables,
): Parts {
  const short = leaves.filter(
    (leaf) =>
      !untold.test(leaf.key) &&
      leaf.samples.every((text) => !/[\n\r\t]/.test(text) && text.length <= 100),
  );
  const shown = facts(short.slice(0, MAX_PLAIN_FACTS), variables);
  const heading = words?.label ?? `${displayName} notification`;
  return shown.length > 0 ? [`${heading}:`, ...shown] : [`${heading}.`];
}

/** A key as a label, without the marks that could break the Markdown around it. */
function labelOf(key: string): string {
  const words = key.replace(/([a-z0-9])([A-Z])/g, "$1 $2").replace(/[^\p{L}\p{M}\p{N}]+/gu, " ");
  const text = words.trim().slice(0, 40).trim().toLowerCase();
  return text === "" ? "Value" : text.charAt(0).toUpperCase() + text.slice(1);
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
    const variables = new Variables();
    const { text: _, ...shown } = fields;
    const item = labelOf(String(path.at(-1) ?? "item")).replace(/([^su])s$/, "$1");
    return { path, line: ["* ", ...lead(shown, undefined, item, variables)] };
  }
  return undefined;
}

function listPaths(value: JsonValue | undefined): JsonPath[] {
  if (value?.kind === "array") return [[]];
  if (value?.kind !== "object") return [];
  return [...value.entries].flatMap(([key, child]) => (child.kind === "array" ? [[key]] : []));
}
