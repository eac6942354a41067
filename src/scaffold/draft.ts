/**
 * The first draft of a view, as data: which fields it reads, and the messages it makes of them. The Python of the view
 * is made from this.
 */
import {
  type EventContent,
  type EventSource,
  eventOf,
  findContent,
  isMaking,
  isSetupPing,
  type JsonValue,
  type Leaf,
  leavesOf,
  type Payload,
  slugOf,
  valueAt,
} from "../payload/index.ts";
import type { Body, Parts } from "./message.ts";
import { eventBody, factsBody } from "./wording/body.ts";
import { actorOf, type MessageContext } from "./wording/context.ts";
import { wordsOfEvent } from "./wording/event-words.ts";
import { sharedContent, topicOf } from "./wording/topic.ts";
import { Variables } from "./wording/variables.ts";

/** How the messages of one event are made. */
export interface MessageDraft {
  /** The event; undefined when the view knows only one. */
  readonly event: string | undefined;
  /** Name of the function that makes the body. */
  readonly functionName: string;
  readonly topic: Parts;
  /** `setup`: the message that the tree's library makes when a service tries out its webhook. */
  readonly body: Body | "setup";
  /** Who set it up, for the setup message. */
  readonly setupBy?: Parts;
}

export interface ViewDraft {
  readonly source: EventSource;
  readonly displayName: string;
  /** One for each event, in the order the payloads came. */
  readonly messages: readonly MessageDraft[];
}

/** What a tree's library can do for a view. */
export interface Abilities {
  /** Whether it makes the message for a service's setup ping. */
  readonly setupMessage: boolean;
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
  abilities: Abilities,
): ViewDraft {
  const byEvent = new Map<string | undefined, JsonValue[]>();
  for (const payload of payloads) {
    const event = eventOf(payload, source);
    byEvent.set(event, [...(byEvent.get(event) ?? []), payload.value]);
  }
  const used = new Set<string>();
  const all = payloads.map(({ value }) => value);
  const inputs = [...byEvent].map(([event, values]): MessageInput => {
    const leaves = withoutEvent(steady(leavesOf(values), all), source);
    const functionName = functionNameOf(event, used);
    const context = contextOf(event, values, leaves, displayName);
    return { event, functionName, values, leaves, displayName, abilities, context };
  });
  const contexts = inputs.map(({ context }) => context);
  const messages = inputs.map((input) => draftMessage(input, contexts));
  return { source, displayName, messages };
}

function contextOf(
  event: string | undefined,
  values: readonly JsonValue[],
  leaves: readonly Leaf[],
  displayName: string,
): MessageContext {
  const words = event === undefined ? undefined : wordsOfEvent(event, displayName);
  const making = words?.verb === undefined ? undefined : isMaking(words.verb);
  const content = findContent(leaves, values, { words: words?.nouns ?? [], making });
  return { content, words, displayName, variables: new Variables() };
}

function withoutEvent(leaves: readonly Leaf[], source: EventSource): Leaf[] {
  const rules =
    source.kind === "rules" ? source.rules.filter(({ name }) => name === undefined) : [];
  const paths = source.kind === "key" ? [source.path] : rules.map(({ path }) => path);
  const known = new Set(paths.map((path) => JSON.stringify(path)));
  return leaves.filter((leaf) => !known.has(JSON.stringify(leaf.path)));
}

/** Leaves out fields that have another type in a payload of another event: here too it may come some day. */
function steady(leaves: readonly Leaf[], values: readonly JsonValue[]): Leaf[] {
  const fits: Record<Leaf["kind"], RegExp> = {
    string: /^(string|null)$/,
    integer: /^(integer|null)$/,
    number: /^(integer|float|null)$/,
  };
  return leaves.flatMap((leaf) => {
    const found = values.map((value) => valueAt(value, leaf.path));
    if (!found.every((value) => value === undefined || fits[leaf.kind].test(value.kind))) return [];
    const mayBeNull = found.some((value) => value?.kind === "null");
    const known = leaf.optional.some((path) => path.length === leaf.path.length);
    return [mayBeNull && !known ? { ...leaf, optional: [...leaf.optional, leaf.path] } : leaf];
  });
}

function functionNameOf(event: string | undefined, used: Set<string>): string {
  if (event === undefined) return "get_body";
  const slug = slugOf(event).replace(/_+/g, "_").slice(0, 50) || "event";
  let name = `get_${slug}_body`;
  for (let count = 2; used.has(name); count++) name = `get_${slug}_${count}_body`;
  used.add(name);
  return name;
}

interface MessageInput {
  event: string | undefined;
  functionName: string;
  values: readonly JsonValue[];
  leaves: readonly Leaf[];
  displayName: string;
  abilities: Abilities;
  context: MessageContext;
}

function draftMessage(input: MessageInput, others: readonly MessageContext[]): MessageDraft {
  const { event, functionName, values, leaves, displayName, abilities, context } = input;
  const { content, words } = context;
  const topic = topicOf({
    ...context,
    content: sharedContent(context, others),
    variables: new Variables(),
  });
  if (abilities.setupMessage && isSetupPing(event, values)) {
    const by = actorOf(context);
    const setupBy = by?.filter((part) => part !== "**");
    const place: Parts = content.group
      ? topicOf({
          ...context,
          content: { actor: [], said: false, details: [], changes: [], group: content.group },
        })
      : [displayName];
    return { event, functionName, topic: place, body: "setup", ...(setupBy && { setupBy }) };
  }
  const body =
    words?.verb || saysSomething(content)
      ? eventBody(context, functionName)
      : factsBody(leaves, context);
  return { event, functionName, topic, body };
}

/** Whether a content has more to it than the event's name. */
function saysSomething(content: EventContent): boolean {
  const { details, changes, actor, noun: _, said: __, ...rest } = content;
  const known = details.filter(({ meaning, link }) => meaning !== "text" || link);
  return actor.length + known.length + changes.length > 0 || Object.keys(rest).length > 0;
}
