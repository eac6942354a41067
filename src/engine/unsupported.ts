/** What Connect's library answers for an event that a view does not know. */
import { isRecord, parsedJson } from "../host/json.ts";
import type { Delivery } from "./types.ts";

/** The error's code; the class was called otherwise before 2020. */
const CODES = ["UNSUPPORTED_WEBHOOK_EVENT_TYPE", "UNEXPECTED_WEBHOOK_EVENT_TYPE"];

/**
 * The event that a view refuses with `UnsupportedWebhookEventTypeError` (zerver/lib/exceptions.py), whatever status
 * the tree gives the answer.
 * @returns What the view calls the event; undefined when it was no such refusal.
 */
export function unsupportedEvent({ response }: Pick<Delivery, "response">): string | undefined {
  const { code, event_type: event } = answerOf(response.body);
  return CODES.includes(String(code)) && typeof event === "string" ? event : undefined;
}

/** Whether the view refused a request that lacks the header which names the event. */
export function missesEventHeader({ response }: Pick<Delivery, "response">): boolean {
  const { code, msg } = answerOf(response.body);
  return code === "MISSING_HTTP_EVENT_HEADER" || /^Missing the HTTP event header/.test(String(msg));
}

function answerOf(body: string): Record<string, unknown> {
  const answer = parsedJson(body);
  return isRecord(answer) ? answer : {};
}
