/** The draft of one event's messages. */
import {
  type Field,
  isSamePath,
  isSetupPing,
  type JsonPath,
  type JsonValue,
  type Leaf,
  type PayloadFacts,
  thingsIn,
} from "../payload/index.ts";
import { type ChosenFields, tellingMore } from "./choices.ts";
import { nameOf, namesTold } from "./fields-told.ts";
import type { Body, Parts } from "./message.ts";
import { headlineOf, templateTopic } from "./template-parts.ts";
import { fillTemplate } from "./templates.ts";
import { eventBody, factsBody } from "./wording/body.ts";
import { type MessageContext, plainActorOf } from "./wording/context.ts";
import { saysSomething, saysWhatHappened } from "./wording/said.ts";
import { topicOf } from "./wording/topic.ts";
import { type Shared, topicContext } from "./wording/usual-title.ts";
import { Variables } from "./wording/variables.ts";
import { wholeBody } from "./wording/whole-body.ts";

/** How the messages of one event are made. */
export interface MessageDraft {
  /** The event; undefined when the view knows only one. */
  readonly event: string | undefined;
  /** Name of the function that makes the body. */
  readonly functionName: string;
  /** For one of several kinds of payloads of its event: what only this kind has. */
  readonly variant?: Variant;
  readonly topic: Parts;
  /** `setup`: the message that the tree's library makes when a service tries out its webhook. */
  readonly body: Body | "setup";
  /** What happened, where the event's name says it. */
  readonly verb?: string;
  /** Whether nothing in the payloads says what happened, so that the author has to. */
  readonly isEventOpen?: boolean;
  /** What the function is given, where it serves several events. */
  readonly word?: string;
  /** Who set it up, for the setup message. */
  readonly setupBy?: Parts;
  /** The payloads it is made for. */
  readonly values: readonly JsonValue[];
}

/** One of several kinds of payloads of an event. */
export interface Variant {
  /** The object that only this kind has. */
  readonly path: JsonPath;
  /** The function of the event, which asks for the kind. */
  readonly dispatcher: string;
}

/** What a tree's library can do for a view. */
export interface Abilities {
  /** Whether it makes the message for a service's setup ping. */
  readonly setupMessage: boolean;
}

export interface MessageInput {
  event: string | undefined;
  variant?: Variant;
  functionName: string;
  /** The payloads. */
  whole: readonly JsonValue[];
  /** The payloads without what is not to be told, and their fields: all, and those besides the event's name. */
  values: readonly JsonValue[];
  fields: readonly Leaf[];
  leaves: readonly Leaf[];
  /** Whether whole sums of the service are known to count cents. */
  cents: boolean;
  displayName: string;
  abilities: Abilities;
  context: MessageContext;
  chosen: ChosenFields | undefined;
}

/** @param shared What the events of the service have in common. */
export function draftMessage(input: MessageInput, shared: Shared): MessageDraft {
  const { event, variant, functionName, whole, values, leaves, displayName, chosen } = input;
  const drafted = topicOf({
    ...topicContext(input.context, leaves, shared),
    variables: new Variables(),
  });
  const ownTopic =
    chosen?.topic && templateTopic(fillTemplate(chosen.topic, input.fields, values), drafted);
  const context = withHeadline(input, ownTopic);
  const named = { event, functionName, values: whole, ...(variant && { variant }) };
  const { content, words } = context;
  const topic = ownTopic ?? drafted;
  if (input.abilities.setupMessage && isSetupPing(event, values)) {
    const setupBy = plainActorOf(context);
    const place: Parts = content.group
      ? topicOf({
          ...context,
          content: { actor: [], said: false, details: [], changes: [], group: content.group },
        })
      : [displayName];
    return { ...named, topic: place, body: "setup", ...(setupBy && { setupBy }) };
  }
  return {
    ...named,
    topic,
    body: bodyOf({ ...input, context }, topic),
    isEventOpen: !context.headline && !saysWhatHappened(context),
    ...(words?.verb !== undefined && { verb: words.verb }),
  };
}

/** A context with the first line that the author wrote. What that and the author's topic tell is not told again. */
function withHeadline(input: MessageInput, topic: Parts | undefined): MessageContext {
  const { context, chosen, fields, values } = input;
  if (!chosen) return context;
  const payloads = factsOf(input);
  const template = chosen.headline && fillTemplate(chosen.headline, fields, values);
  const headline =
    template && ((variables: Variables): Parts => headlineOf(template, payloads, variables));
  const one = { ...context, ...(headline && { headline }) };
  const { text, list, remark, details, changes, ...content } = context.content;
  if (chosen.isOnly) return { ...one, content: { ...content, details: [], changes: [] } };
  const isTold = isToldIn(one, topic ?? []);
  const left = {
    ...(text && !isTold(text) && { text }),
    ...(list && { list }),
    ...(remark && { remark }),
    // A fact with a link says more than its name does elsewhere.
    details: details.filter(({ leaf, link }) => link || !isTold(leaf)),
    changes,
  };
  return { ...one, content: { ...content, ...left } };
}

const factsOf = ({ fields, cents }: MessageInput): PayloadFacts => ({
  things: thingsIn(fields),
  cents,
});

/** Whether an author's first line, or these parts, tell a field. */
function isToldIn({ headline }: MessageContext, parts: Parts): (leaf: Leaf) => boolean {
  const told = namesTold([{ parts: headline?.(new Variables()) ?? [] }, { parts }]);
  return ({ path, each = [] }) => told.has(nameOf([...path, ...each]));
}

/** The message, with the chosen fields that it does not tell by itself. */
function bodyOf(input: MessageInput, topic: Parts): Body {
  const { context, chosen, fields, values } = input;
  const isSaying = context.words?.verb !== undefined || saysSomething(context.content);
  const write = (one: MessageContext): Body => bodyFor(input, one, topic, isSaying);
  const body = write(context);
  const told = chosen && namesTold(body);
  const show = chosen?.show ?? [];
  const untold = show.filter((field) => !told?.has(field.name) || isOfShownList(field, show));
  if (untold.length === 0) return body;
  const content = tellingMore(context.content, untold, fields, factsOf(input), values);
  return write({ ...context, content, variables: new Variables() });
}

/** Whether a list and fields of its items are chosen together: its lines are then worded by these. */
const isOfShownList = ({ path }: Field, show: readonly Field[]): boolean => {
  const own = show.filter((other) => isSamePath(other.path, path));
  return own.some(({ kind }) => kind === "list") && own.some(({ each }) => each !== undefined);
};

/** @param isSaying Whether the payloads say more than some plain facts. */
function bodyFor(
  { chosen, leaves, functionName }: MessageInput,
  context: MessageContext,
  topic: Parts,
  isSaying: boolean,
): Body {
  if (chosen?.isOnly) return eventBody(context, functionName);
  if (isSaying) return wholeBody(context, functionName, topic);
  const isTold = isToldIn(context, []);
  return factsBody(
    leaves.filter((leaf) => !isTold(leaf)),
    context,
    functionName,
  );
}
