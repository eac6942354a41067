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
  return { severity: "warning", kind: "key-order", message, key: "key-order" };
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
