/**
 * The edge: everything that a process with a stranger's code in it says is read here, and nowhere else. A message is
 * what its request allows, in shape and in size, or the process is not listened to any more.
 */

import type { FrameSize } from "../host/frames.ts";
import { fitsWhole, LONGEST } from "./bounds.ts";
import { isFixturePath, isTreePath } from "./places.ts";
import type { Answers, Collected, Message, Request } from "./protocol.ts";
import {
  integer,
  list,
  MisfitError,
  object,
  oneOf,
  optional,
  orNull,
  pair,
  type Read,
  record,
  shown,
  text,
} from "./reading.ts";
import type { Delivery, SentMessage, TestError, TestResult } from "./types.ts";

/** The text of a frame: a view's answer of 25 MB in base64, and more than that of messages. */
const MAX_HEAD_BYTES = 64 << 20;
/** A snapshot is about 35 MB. */
const MAX_PAYLOAD_BYTES = 512 << 20;
/** More than any folder has; each may cost a deadline. */
const MAX_TESTS = 100_000;
const MAX_MESSAGES = 1_000;
const MAX_ENTRIES = 10_000;
const MAX_LINE = 10_000_000;
/** The body of a request, as text. */
const LONGEST_BODY = 64 << 20;

const name = text(LONGEST.name);
const headerName = text(LONGEST.name, /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/);
// biome-ignore lint/suspicious/noControlCharactersInRegex: a line break in a value would be a header of its own
const headerValue = text(LONGEST.compared, /^[^\x00-\x08\x0a-\x1f\x7f]*$/);
const status = integer(100, 999);

/** Text that is compared; `isWhole` hears of one that is not kept as it is. */
function compared(most: number): Read<{ text: string; whole: boolean }> {
  const read = shown(most);
  return (value, where) => ({
    text: read(value, where),
    whole: typeof value === "string" && fitsWhole(value, most),
  });
}

/** A place that leads out of the tree is none. */
const treePath: Read<string | undefined> = (value) =>
  typeof value === "string" && (isTreePath(value) || isFixturePath(value)) ? value : undefined;
const line: Read<number | undefined> = (value) =>
  Number.isInteger(value) && (value as number) > 0 && (value as number) < MAX_LINE
    ? (value as number)
    : undefined;

const rawError = object({
  type: shown(LONGEST.name),
  message: shown(LONGEST.message),
  traceback: shown(LONGEST.traceback),
  expected: optional(compared(LONGEST.compared)),
  actual: optional(compared(LONGEST.compared)),
  of_topic: optional(oneOfBoolean),
  cut: optional(oneOfBoolean),
  path: optional(treePath),
  line: optional(line),
  column: optional(line),
  of_fixture: optional(oneOfBoolean),
});

function oneOfBoolean(value: unknown, where: string): boolean {
  if (typeof value === "boolean") return value;
  throw new MisfitError(`${where} is neither true nor false`);
}

const readError: Read<TestError> = (value, where) => {
  const {
    expected,
    actual,
    of_topic: ofTopic,
    of_fixture: ofFixture,
    cut,
    path,
    line: at,
    column,
    ...said
  } = rawError(value, where);
  const isCut = cut || expected?.whole === false || actual?.whole === false;
  return {
    ...said,
    ...(expected && actual && { expected: expected.text, actual: actual.text }),
    ...(expected && actual && ofTopic && { ofTopic: true as const }),
    ...(expected && actual && isCut && { cut: true as const }),
    ...(path !== undefined && { path, line: at ?? 1 }),
    ...(path !== undefined && column !== undefined && { column }),
    ...(path !== undefined && ofFixture && { ofFixture: true as const }),
  };
};

/** A test may change the clock that it is measured with. */
const duration: Read<number> = (value) =>
  typeof value === "number" && value >= 0 && value < 1e9 ? value : 0;

const rawResult = object({
  id: name,
  name,
  status: oneOf("passed", "failed", "skipped"),
  durationMs: duration,
  error: optional(readError),
  reason: optional(shown(LONGEST.line)),
  output: optional(shown(LONGEST.output)),
});

const readResult: Read<TestResult> = (value, where) => {
  const { error, reason, ...result } = rawResult(value, where);
  if (result.status === "failed" && !error) throw new MisfitError(`${where} has no error`);
  return {
    ...result,
    ...(result.status === "failed" && error && { error }),
    ...(result.status === "skipped" && reason !== undefined && { reason }),
  };
};

const count = integer(0, MAX_LINE);
const coveredPath: Read<string> = (value, where) => {
  if (typeof value === "string" && isTreePath(value)) return value;
  throw new MisfitError(`${where} is no file of the tree`);
};
const lines = list(integer(1, MAX_LINE), MAX_TESTS);
const file = object({ path: coveredPath, lines: count, covered: count, missing: lines });
const coverage = object({
  lines: count,
  covered: count,
  missing: lines,
  files: list(file, MAX_ENTRIES),
});

const rawMessage = object({
  type: oneOf("stream", "direct"),
  stream: optional(shown(LONGEST.line)),
  topic: optional(compared(LONGEST.line)),
  to: optional(shown(LONGEST.line)),
  sender: shown(LONGEST.line),
  content: compared(LONGEST.compared),
  cut: optional(oneOfBoolean),
});

const readSent: Read<SentMessage> = (value, where) => {
  const { topic, content, cut, ...message } = rawMessage(value, where);
  const isCut = cut || !content.whole || topic?.whole === false;
  return {
    ...message,
    ...(topic && { topic: topic.text }),
    content: content.text,
    ...(isCut && { cut: true as const }),
  };
};

const messages = list(readSent, MAX_MESSAGES);
const headers = list(pair(headerName, headerValue), MAX_ENTRIES);
const sentHeaders = record(headerName, text(LONGEST.compared), MAX_ENTRIES);

const readDelivery: Read<Delivery> = object({
  response: object({ status, body: shown(LONGEST.body) }),
  messages,
  error: optional(readError),
  sent: optional(object({ contentType: text(LONGEST.line), headers: sentHeaders })),
});

const base64 = text(LONGEST_BODY, /^[A-Za-z0-9+/]*={0,2}$/);

const readCollected: Read<Collected> = object({
  tests: list(pair(name, name), MAX_TESTS),
  failure: optional(readError),
  problems: optional(list(shown(LONGEST.line), 100)),
});

/** What each request that is answered with a value is answered with. */
const ANSWERS: { [K in keyof Answers]: Read<Answers[K]> } = {
  collect: readCollected,
  deliver: readDelivery,
  receive: object({
    // What becomes of odd headers is decided where they are sent.
    response: object({
      status,
      headers: list(pair(text(LONGEST.compared), text(LONGEST.compared)), MAX_ENTRIES),
      body: base64,
    }),
    messages,
    error: optional(readError),
  }),
  prepare: object({
    method: text(LONGEST.name, /^[A-Z]+$/),
    path: text(LONGEST.line, /^\/[^\p{C}\s]*$/u),
    parameters: list(pair(text(LONGEST.compared), text(LONGEST_BODY)), MAX_ENTRIES),
    headers,
    body: base64,
    eventTypes: orNull(list(shown(LONGEST.name), MAX_ENTRIES)),
  }),
  describe: object({
    bots: list(object({ integration: name, name, email: name, apiKey: name }), MAX_ENTRIES),
    streams: list(object({ id: count, name: shown(LONGEST.line) }), MAX_TESTS),
    differences: list(shown(LONGEST.line), MAX_ENTRIES),
  }),
};

/** What else a request may be told before it is answered; a payload comes with these alone. */
const WITH_PAYLOAD: Partial<Record<Request["type"], readonly Message["type"][]>> = {
  open: ["snapshot"],
  "load-registry": ["code"],
  compile: ["snapshot", "code"],
};

const kindOf = object({ type: shown(LONGEST.name) });
const failed = object({
  kind: oneOf("delivery", "library", "fault"),
  message: shown(LONGEST.line),
});
const started = object({ id: name });
const withResult = object({ result: readResult });
const withCoverage = object({ coverage });
const withValue = <T>(read: Read<T>): Read<{ value: T }> =>
  object({ value: read }) as Read<{ value: T }>;

const numbered = object({ number: integer(0, Number.MAX_SAFE_INTEGER) });

/**
 * The number of the request that a message comes for.
 * @throws MisfitError when it has none.
 */
export function readNumber(head: unknown): number {
  return numbered(head, "a message").number;
}

/**
 * Reads the head of a frame.
 * @param asked The type of the request that it comes for.
 * @throws MisfitError when that request allows no such message.
 */
export function readMessage(head: unknown, asked: Request["type"]): Message {
  const { type } = kindOf(head, "a message");
  if (type === "failed") return { type, ...failed(head, "a refusal") };
  if (type === "done") {
    const read = asked in ANSWERS ? ANSWERS[asked as keyof Answers] : undefined;
    return read ? { type, ...withValue<unknown>(read)(head, "the answer") } : { type };
  }
  if (WITH_PAYLOAD[asked]?.some((kind) => kind === type)) return { type } as Message;
  if (asked === "run" && type === "test-start") return { type, ...started(head, "a message") };
  if (asked === "run" && type === "test-result") return { type, ...withResult(head, "a message") };
  if (asked === "run" && type === "coverage") return { type, ...withCoverage(head, "a message") };
  throw new MisfitError("a message is of a kind that was not asked for");
}

/**
 * Refuses a frame before it is waited for.
 * @param asked The type of the request that it comes for; nothing when none is open.
 * @throws MisfitError when it is too large.
 */
export function judgeSize({ head, payload }: FrameSize, asked: Request["type"] | undefined): void {
  if (asked === undefined) throw new MisfitError("a message came that was not asked for");
  const most = WITH_PAYLOAD[asked] === undefined ? 0 : MAX_PAYLOAD_BYTES;
  if (head > MAX_HEAD_BYTES || payload > most) throw new MisfitError("a message is too large");
}
