/** The function of a drafted view that makes the topic. */
import { writeString } from "../../python/strings.ts";
import type { ViewDraft } from "../draft.ts";
import type { MessageDraft } from "../draft-message.ts";
import type { Parts } from "../message.ts";
import { Places, writePresence } from "./access.ts";
import { writeReturn } from "./text.ts";

/** Whether the topic is made from the payload or by the event, rather than always the same. */
export function hasTopicFunction({ messages }: ViewDraft): boolean {
  return (
    topicsOf(messages).length > 1 ||
    messages.some(({ topic }) => topic.some((part) => typeof part !== "string"))
  );
}

/** Whether the topic depends on the event, rather than only on what the payload has. */
export function topicNeedsEvent({ messages }: ViewDraft): boolean {
  return topicsOf(messages).length > 1 && messages.some(({ event }) => event !== undefined);
}

interface Topic {
  parts: Parts;
  messages: MessageDraft[];
}

/** The different topics, each with its messages; the one of most messages is the last. */
function topicsOf(messages: readonly MessageDraft[]): Topic[] {
  const topics = new Map<string, Topic>();
  for (const message of messages) {
    const key = JSON.stringify(message.topic);
    const known = topics.get(key) ?? { parts: message.topic, messages: [] };
    known.messages.push(message);
    topics.set(key, known);
  }
  return [...topics.values()].sort((a, b) => a.messages.length - b.messages.length);
}

/** What asks for messages, as Python: for each event, or for an event's kind of payload. */
function writeTest(messages: readonly MessageDraft[]): string {
  const kinds = messages.flatMap(({ event, variant }) =>
    variant
      ? [
          [
            ...(event === undefined ? [] : [`event == ${writeString(event)}`]),
            writePresence(variant.path),
          ].join(" and "),
        ]
      : [],
  );
  const events = messages.flatMap(({ event = "", variant }) =>
    variant ? [] : [writeString(event)],
  );
  const whole =
    events.length === 0
      ? []
      : [events.length === 1 ? `event == ${events[0]}` : `event in (${events.join(", ")})`];
  const tests = [...whole, ...kinds];
  return tests.length === 1
    ? tests.join("")
    : tests.map((test) => (test.includes(" and ") ? `(${test})` : test)).join(" or ");
}

/** The source of `get_topic`. */
export function writeTopicFunction(draft: ViewDraft): string {
  const topics = topicsOf(draft.messages);
  const last = topics.at(-1);
  const parameters = topicNeedsEvent(draft)
    ? "payload: WildValue, event: str"
    : "payload: WildValue";
  const cases = topics
    .slice(0, -1)
    .flatMap(({ parts, messages }) => [
      `    if ${writeTest(messages)}:`,
      ...writeReturn(parts, "payload", new Places()).map((line) => `    ${line}`),
    ]);
  return [
    `def get_topic(${parameters}) -> str:`,
    ...cases,
    ...writeReturn(last?.parts ?? [], "payload", new Places()),
  ].join("\n");
}
