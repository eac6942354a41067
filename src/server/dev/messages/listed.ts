/** What came of a fixture, cut to what stands beside others: the page of one message shows the rest. */
import { cutShort, leftOut } from "../../../cut.ts";
import type { SentMessage, TestError } from "../../../engine/types.ts";
import { sha256 } from "../../../host/checksum.ts";
import type { Outcome } from "../types.ts";
import type { ShownDelivery } from "./types.ts";

/** Characters of all messages of a fixture. */
const LONGEST = 20_000;
const MOST_MESSAGES = 20;
/** Characters of an answer, of what an error says, and of a traceback. */
const LONGEST_ANSWER = 500;
const LONGEST_ERROR = 1_000;

/** The same without its card. */
export function listed(outcome: Outcome): Omit<ShownDelivery, "card"> {
  const { status, body, messages, error, cause } = outcome;
  const answer = messages.length > 0 ? undefined : [status, body];
  const said = error ? [error.type, error.message] : [messages, answer];
  return {
    response: { status, body: cutShort(body, LONGEST_ANSWER) },
    messages: fewer(messages),
    whole: sha256(JSON.stringify(said)),
    ...(error && { cause, error: briefly(error) }),
  };
}

/** Of a request that could not be run the reason is what counts, which may name an exception itself. */
function briefly({ type, message, path, line }: TestError): TestError {
  const [, name = "Not run", words = message] =
    (type === "NotRun" && /^([A-Z]\w+): ([\s\S]*)$/.exec(message)) || [];
  return {
    type: type === "NotRun" ? name : type,
    message: cutShort(type === "NotRun" ? words : message, LONGEST_ERROR),
    traceback: "",
    ...(path !== undefined && { path }),
    ...(line !== undefined && { line }),
  };
}

function fewer(messages: readonly SentMessage[]): SentMessage[] {
  let room = LONGEST;
  const shown: SentMessage[] = [];
  for (const message of messages.slice(0, MOST_MESSAGES)) {
    if (room <= 0) break;
    shown.push({ ...message, content: cutShort(message.content, room) });
    room -= message.content.length;
  }
  const last = shown.at(-1);
  const left = messages.length - shown.length;
  if (last && left > 0) last.content += `\n${leftOut(left, "message")}`;
  return shown;
}
