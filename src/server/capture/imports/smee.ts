import {
  asForm,
  asJson,
  asTold,
  headersOf,
  type ImportedRequest,
  type ImportFormat,
  isObject,
  type Json,
  textAt,
  toRequest,
} from "./format.ts";

/** Fields of an event that are smee's own; every other one with a text is a header. */
const own = new Set(["body", "query", "timestamp", "rawBody", "rawbody"]);

/** Events of smee.io: the data of its stream, one, a list, or a line each. */
export const smee: ImportFormat = {
  name: "smee's events",
  read(value, text) {
    const list = value === undefined ? lines(text) : Array.isArray(value) ? value : [value];
    const isOurs = list !== undefined && list.length > 0 && list.every(isEvent);
    return isOurs ? list.map(requestOf) : undefined;
  },
};

function isEvent(value: unknown): boolean {
  return (
    isObject(value) &&
    "body" in value &&
    "timestamp" in value &&
    ("content-type" in value || "user-agent" in value)
  );
}

/** A stream as it was saved: `data: {…}` lines among others. */
function lines(text: string): unknown[] | undefined {
  const data = text
    .split(/\r?\n/)
    .flatMap((line) => /^(?:data:\s*)?(\{.*\})\s*$/.exec(line)?.[1] ?? []);
  try {
    return data.map((line) => JSON.parse(line) as unknown).filter((one) => isEvent(one));
  } catch {
    return undefined;
  }
}

function requestOf(value: unknown): ImportedRequest {
  const event = isObject(value) ? value : {};
  const query = new URLSearchParams(headersOf(event.query)).toString();
  const headers = Object.keys(event)
    .filter((name) => !own.has(name))
    .flatMap((name): [string, string][] => {
      const text = textAt(event, name);
      return text === undefined ? [] : [[name, text]];
    });
  const { body, lostBody = false } = bodyOf(event);
  return toRequest({
    url: query === "" ? "/" : `/?${query}`,
    time: event.timestamp,
    lostBody,
    ...asTold(headers, body),
  });
}

/** The body as it came, where smee has kept it, else in the form that its type says. */
function bodyOf(event: Json): { body: Uint8Array; lostBody?: boolean } {
  const raw = textAt(event, "rawbody") ?? textAt(event, "rawBody");
  if (raw !== undefined) return { body: Buffer.from(raw) };
  const { body = {} } = event;
  if (typeof body === "string") return { body: Buffer.from(body) };
  const type = textAt(event, "content-type") ?? "";
  const form = isObject(body) && Object.keys(body).length > 0 ? asForm(body, type) : undefined;
  if (form) return { body: form };
  // Of what it cannot parse it keeps an empty object.
  const isEmpty = isObject(body) && Object.keys(body).length === 0;
  const length = Number(textAt(event, "content-length") ?? event["content-length"] ?? 2);
  if (isEmpty && length > EMPTY.length) return { body: Buffer.alloc(0), lostBody: true };
  return { body: asJson(body) };
}

const EMPTY = "{}";
