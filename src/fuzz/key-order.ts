/** Whether a view goes by the order of the payload's keys, which JSON gives no meaning. */
import type { Delivery } from "../engine/types.ts";
import type { JsonValue } from "../payload/index.ts";
import type { Deliveries } from "./deliveries.ts";
import { type Mutation, structure } from "./mutations.ts";
import type { Outcome, Verdict } from "./outcome.ts";
import { type Change, type Place, textOf } from "./payload.ts";
import type { Subject } from "./subject.ts";

/** The ID of the change. */
export const REVERSED = "reversed";

/**
 * Delivers a fixture with its keys in reverse order; where that makes a difference, also once more as it is, since some
 * views look at the clock.
 * @returns Undefined for what is no JSON file.
 * @throws Enough when the limit of deliveries is reached.
 */
export async function tryOtherOrder(subject: Subject, deliveries: Deliveries) {
  const { fixture, payload, base } = subject;
  if (!fixture.file.endsWith(".json")) return undefined;
  const place: Place = { path: [], value: payload.value };
  const mutation = reversedKeys(payload.value);
  const send = (text: Change): Promise<Outcome> => deliveries.send(subject, new Map([["", text]]));
  const outcome = await send(mutation.change);
  const found = orderVerdict(base, outcome);
  const isSteady = found && !orderVerdict(base, await send(textOf(payload.value)));
  const occasion = { fixture: fixture.file, place, mutation };
  return { outcome, occasion, ...(isSteady && { verdict: found }) };
}

/** The payload with the keys of all its objects the other way round. */
function reversedKeys(value: JsonValue): Mutation {
  return structure(REVERSED, "its keys in reverse order", textOf(reversed(value)));
}

function reversed(value: JsonValue): JsonValue {
  if (value.kind === "array") return { kind: "array", items: value.items.map(reversed) };
  if (value.kind !== "object") return value;
  const entries = [...value.entries].reverse();
  return {
    kind: "object",
    entries: new Map(entries.map(([key, below]) => [key, reversed(below)])),
  };
}

/**
 * What is wrong where the order decides about the message. A list of all fields that comes in another order says the
 * same, and so do words in another order.
 */
function orderVerdict(base: Outcome, outcome: Outcome): Verdict | undefined {
  const how = difference(base, outcome);
  if (how === undefined) return undefined;
  const message = `The view goes by the order of the payload's keys, which JSON gives no meaning: with the reverse order ${how}.`;
  const [before, after] = differing(saidOf(base), saidOf(outcome));
  return {
    severity: "warning",
    kind: "key-order",
    message,
    key: "key-order",
    shown: { before, after },
  };
}

/** What came of a delivery, as a text: its messages with their topics, or why there is none. */
function saidOf({ delivery: { error, response, messages } }: Outcome): string {
  if (error) return `${error.type}: ${error.message}`;
  if (response.status >= 400) return `answer ${response.status}: ${response.body}`;
  if (messages.length === 0) return "no message";
  return messages.map(({ topic = "", content }) => `${topic} > ${content}`).join("\n");
}

/** Characters of a line in front of what differs that are shown. */
const CONTEXT = 24;

/** The first line in which two texts differ, from shortly before the difference on. */
function differing(before: string, after: string): [string, string] {
  const [old, now] = [before.split("\n"), after.split("\n")];
  const index = old.findIndex((line, at) => line !== now[at]);
  const [left, right] = [old[index] ?? old.at(-1) ?? "", now[index] ?? now.at(-1) ?? ""];
  const same = [...left].findIndex((character, at) => character !== right[at]);
  const from = Math.max(0, (same < 0 ? left.length : same) - CONTEXT);
  const cut = (line: string): string => (from === 0 ? line : `…${line.slice(from)}`);
  return [cut(left), cut(right)];
}

function difference(base: Outcome, outcome: Outcome): string | undefined {
  if (outcome.kind === "hang" || outcome.kind === "unmodelled" || outcome.kind === "undelivered")
    return undefined;
  if (outcome.kind !== base.kind) {
    const { error, response, messages } = outcome.delivery;
    if (error) return `it raises ${error.type}`;
    if (response.status >= 400) return `it answers ${response.status}`;
    return messages.length > 0 ? "it sends a message" : "it sends no message";
  }
  const [before, after] = [base, outcome].map(({ delivery }) => delivery.messages);
  if (before?.length !== after?.length) return "it sends another number of messages";
  if (wordsOf(base.delivery, "topic") !== wordsOf(outcome.delivery, "topic"))
    return "the topic is another one";
  return wordsOf(base.delivery, "content") === wordsOf(outcome.delivery, "content")
    ? undefined
    : "the message says something else";
}

/** The words of all messages, in an order of their own. */
function wordsOf({ messages }: Delivery, part: "topic" | "content"): string {
  const words = messages.flatMap((message) => (message[part] ?? "").match(/[\p{L}\p{N}]+/gu) ?? []);
  return words.sort().join(" ");
}
