/** One topic for an object over all its events, those as well that are about a part of it. */
import { type EventContent, findContent, type JsonValue, type Leaf } from "../../payload/index.ts";
import type { MessageContext } from "./context.ts";
import { sharedContent } from "./topic.ts";

/** What the events of a service have in common. */
export interface Shared {
  /** Those of all events. */
  readonly contexts: readonly MessageContext[];
  /** One of the events whose title most of them have. */
  readonly usual: MessageContext | undefined;
  /** What the payloads of all events have, such as the meeting in which somebody asked something. */
  readonly whole: EventContent | undefined;
}

/** Finds what the payloads of several events have, where it has a title. */
export function wholeOf(
  leaves: readonly Leaf[],
  values: readonly JsonValue[],
): EventContent | undefined {
  const always = leaves.filter(({ optional }) => optional.length === 0);
  const whole = findContent(always, values, { words: [], making: undefined, verb: undefined });
  const isInside = whole.title !== undefined && whole.title.path.length > 1;
  return isInside && whole.noun !== undefined && !whole.isMail ? whole : undefined;
}

/**
 * The context that an event's topic is made of.
 * @param leaves The fields of the event's payloads.
 */
export function topicContext(
  context: MessageContext,
  leaves: readonly Leaf[],
  { contexts, usual, whole }: Shared,
): MessageContext {
  const about = withUsualTitle(context, leaves, usual);
  const own = (about.content.title ?? about.content.number)?.path ?? [];
  const holder = whole?.title?.path.slice(0, -1) ?? [];
  if (!whole || holder.every((step, index) => own[index] === step))
    return { ...about, content: sharedContent(about, contexts) };
  const { title: _t, number: _n, surname: _s, otherTitle: _o, noun: _, ...rest } = about.content;
  const { steadyTitle: _q, ...others } = rest;
  const { title, number, surname, steadyTitle, noun } = whole;
  const content = {
    ...others,
    ...(title && { title }),
    ...(number && { number }),
    ...(surname && { surname }),
    ...(steadyTitle && { steadyTitle }),
    ...(noun !== undefined && { noun }),
  };
  return { ...about, words: undefined, content };
}

const pathOf = ({ content }: MessageContext): string | undefined =>
  content.title && JSON.stringify(content.title.path);

/** One of the events whose title most of them have; undefined where no two share one. */
export function usualTitle(contexts: readonly MessageContext[]): MessageContext | undefined {
  const count = (one: MessageContext): number =>
    contexts.filter((other) => pathOf(other) === pathOf(one)).length;
  const named = contexts.filter(({ content }) => content.title !== undefined);
  const [best] = [...named].sort((a, b) => count(b) - count(a));
  return best && count(best) > 1 ? best : undefined;
}

/**
 * A context with the title that most events have, where it has no name of its own and its payloads have that one, some
 * of them at least.
 */
export function namedAsUsual(
  context: MessageContext,
  leaves: readonly Leaf[],
  usual: MessageContext | undefined,
): MessageContext {
  const { content } = context;
  const path = usual && pathOf(usual);
  const title = leaves.find((leaf) => JSON.stringify(leaf.path) === path);
  if (!usual || !title || content.title || content.number || title.path.length < 2) return context;
  const { lead: _, leadSurname: _s, ...rest } = content;
  const noun = content.noun ?? usual.content.noun;
  const details = content.details.filter(({ leaf }) => JSON.stringify(leaf.path) !== path);
  return { ...context, content: { ...rest, details, title, ...(noun !== undefined && { noun }) } };
}

/**
 * A context for the topic: of an event about a part, such as a meeting's participant, it has the whole's title.
 * @param leaves The fields of the event's payloads.
 * @param usual An event with the title that most events have.
 */
function withUsualTitle(
  context: MessageContext,
  leaves: readonly Leaf[],
  usual: MessageContext | undefined,
): MessageContext {
  const whole = usual?.content.title?.path ?? [];
  const own = context.content.title?.path ?? [];
  const holder = whole.slice(0, -1);
  const isInside = own.length > whole.length && holder.every((step, index) => own[index] === step);
  const title = leaves.find(({ path }) => JSON.stringify(path) === JSON.stringify(whole));
  if (!usual || holder.length === 0 || !isInside || !title || title.optional.length > 0)
    return context;
  const { title: _t, number: _n, surname: _s, otherTitle: _o, noun: _, ...rest } = context.content;
  const { noun } = usual.content;
  return {
    ...context,
    words: usual.words,
    content: { ...rest, title, ...(noun !== undefined && { noun }) },
  };
}
