/** What became of a request, cut to what the page shows and the log keeps: a view may answer with anything. */
import { beginning, cutShort, leftOut } from "../../cut.ts";
import { causeOf } from "../../engine/error-cause.ts";
import type { SentMessage, TestError, WireDelivery } from "../../engine/index.ts";
import { sha256 } from "../../host/checksum.ts";
import type { Outcome } from "./types.ts";

/** Characters of an answer's body, of a message, and of a text of an error. */
const LONGEST = 200_000;
/** Characters of all messages together. */
const LONGEST_MESSAGES = 1_000_000;
/** Characters of a name, a header or a place. */
const LONGEST_LINE = 8_000;
const MOST_HEADERS = 200;

/** @param durationMs How long it took. */
export function shownOutcome(
  { response, messages, error }: WireDelivery,
  durationMs: number,
): Outcome {
  const { status, headers, body } = response;
  return {
    status,
    headers: headers.slice(0, MOST_HEADERS).map(([name, value]) => [line(name), line(value)]),
    body: bodyText(body),
    messages: shownMessages(messages),
    ...(error && { error: shownError(error), cause: shortCause(error) }),
    durationMs,
  };
}

const line = (text: string): string => beginning(text, LONGEST_LINE).text;

/** Only what is shown is made a text: the rest is never held twice. */
function bodyText(body: Uint8Array): string {
  const text = Buffer.from(body.buffer, body.byteOffset, Math.min(body.length, LONGEST)).toString();
  const left = body.length - LONGEST;
  return left > 0 ? `${text}\n${leftOut(left, "byte")}` : text;
}

function shownMessages(messages: readonly SentMessage[]): SentMessage[] {
  const shown: SentMessage[] = [];
  let room = LONGEST_MESSAGES;
  for (const message of messages) {
    if (room <= 0) break;
    const one = shownMessage(message);
    room -= one.content.length + LONGEST_LINE;
    shown.push(one);
  }
  const last = shown.at(-1);
  const left = messages.length - shown.length;
  if (last && left > 0) last.content += `\n${leftOut(left, "message")}`;
  return shown;
}

function shownMessage({ type, stream, topic, to, sender, content }: SentMessage): SentMessage {
  return {
    type,
    ...(stream !== undefined && { stream: line(stream) }),
    ...(topic !== undefined && { topic: line(topic) }),
    ...(to !== undefined && { to: line(to) }),
    sender: line(sender),
    content: cutShort(content, LONGEST),
  };
}

/** What an error goes back to, in a few characters. */
const shortCause = (error: TestError): string => sha256(causeOf(error)).slice(0, 16);

function shownError({ type, message, traceback, path, line: at }: TestError): TestError {
  return {
    type: line(type),
    message: cutShort(message, LONGEST),
    traceback: cutShort(traceback, LONGEST),
    ...(path !== undefined && { path: line(path) }),
    ...(at !== undefined && { line: at }),
  };
}
