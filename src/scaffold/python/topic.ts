/** The function of a drafted view that makes the topic. */
import { writeString } from "../../python/strings.ts";
import type { MessageDraft, ViewDraft } from "../draft.ts";
import type { Parts } from "../message.ts";
import { Places } from "./access.ts";
import { writeReturn } from "./text.ts";

/** Whether the topic is made from the payload or by the event, rather than always the same. */
export function hasTopicFunction({ messages }: ViewDraft): boolean {
  return (
    topicsOf(messages).length > 1 ||
    messages.some(({ topic }) => topic.some((part) => typeof part !== "string"))
  );
}

/** Whether the topic depends on the event. */
export const topicNeedsEvent = ({ messages }: ViewDraft): boolean => topicsOf(messages).length > 1;

interface Topic {
  parts: Parts;
  events: string[];
}

/** The different topics, each with its events; the one of most events is the last. */
function topicsOf(messages: readonly MessageDraft[]): Topic[] {
  const topics = new Map<string, Topic>();
  for (const { topic, event = "" } of messages) {
    const key = JSON.stringify(topic);
    const known = topics.get(key) ?? { parts: topic, events: [] };
    known.events.push(event);
    topics.set(key, known);
  }
  return [...topics.values()].sort((a, b) => a.events.length - b.events.length);
}

/** The source of `get_topic`. */
export function writeTopicFunction(draft: ViewDraft): string {
  const topics = topicsOf(draft.messages);
  const last = topics.at(-1);
  const parameters = topics.length > 1 ? "payload: WildValue, event: str" : "payload: WildValue";
  const cases = topics.slice(0, -1).flatMap(({ parts, events }) => {
    const [only = ""] = events;
    const test =
      events.length === 1
        ? `event == ${writeString(only)}`
        : `event in (${events.map((event) => writeString(event)).join(", ")})`;
    return [
      `    if ${test}:`,
      ...writeReturn(parts, "payload", new Places()).map((line) => `    ${line}`),
    ];
  });
  return [
    `def get_topic(${parameters}) -> str:`,
    ...cases,
    ...writeReturn(last?.parts ?? [], "payload", new Places()),
  ].join("\n");
}
