/** What Connect makes of a drafted message: the topic and content that the new tests expect. */

import { BugError } from "../errors.ts";
import { type JsonValue, type Payload, valueAt } from "../payload/index.ts";
import type { MessageDraft, ViewDraft } from "./draft.ts";
import type { FieldUse, Parts } from "./parts.ts";

export interface ExpectedMessage {
  readonly topic: string;
  readonly content: string;
}

/**
 * Computes the message that the drafted view sends for a payload.
 * @param payload The request's body.
 * @param message The draft for the payload's event.
 * @param topicLimit The longest topic in characters, as the tree states it.
 */
export function expectedMessage(
  payload: Payload,
  draft: ViewDraft,
  message: MessageDraft,
  topicLimit: number,
): ExpectedMessage {
  const topic = textOf(draft.topic, payload.value).replace(
    /^\p{White_Space}+|\p{White_Space}+$/gu,
    "",
  );
  return { topic: truncate(topic, topicLimit), content: contentOf(message, payload.value) };
}

/** The content of a message, as `normalize_body` of zerver/lib/message.py leaves it. */
export function contentOf(
  { body, list }: Pick<MessageDraft, "body" | "list">,
  value: JsonValue,
): string {
  const lines = list ? itemsAt(value, list.path).map((item) => textOf(list.line, item)) : [];
  const content = textOf(body, value) + lines.join("\n");
  return content.replace(/\p{White_Space}+$/u, "").replace(/^\n+/, "");
}

function itemsAt(value: JsonValue, path: readonly (string | number)[]): readonly JsonValue[] {
  const list = valueAt(value, path);
  return list?.kind === "array" ? list.items : [];
}

function textOf(parts: Parts, value: JsonValue): string {
  return parts.map((part) => (typeof part === "string" ? part : fieldText(part, value))).join("");
}

function fieldText(field: FieldUse, value: JsonValue): string {
  const found = valueAt(value, field.path);
  if (found?.kind === "integer") return found.text;
  if (found?.kind !== "string")
    throw new BugError(`The draft reads ${field.path.join(".")}, which is no text.`);
  return field.asWords ? found.value.replaceAll("_", " ") : found.value;
}

/** Connect's `truncate_topic`: it counts characters, not UTF-16 units. */
function truncate(text: string, limit: number): string {
  const characters = [...text];
  return characters.length > limit ? `${characters.slice(0, limit - 3).join("")}...` : text;
}
