import { UserError } from "../../../errors.ts";
import { isRecord, parsedJson } from "../../../host/json.ts";
import {
  asForm,
  asJson,
  asTold,
  headersOf,
  type ImportedRequest,
  type ImportFormat,
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
    if (!list?.every(isEvent) || (list.length === 0 && !READY.test(text))) return undefined;
    return list.map(requestOf);
  },
};

function isEvent(value: unknown): boolean {
  return (
    isRecord(value) &&
    "body" in value &&
    "timestamp" in value &&
    ("content-type" in value || "user-agent" in value)
  );
}

/** How its stream begins. */
const READY = /^event: ready$/m;

/**
 * A stream as it was saved: `data: {…}` lines among others.
 * @throws UserError `bad-import` when an event of it is cut off.
 */
function lines(text: string): unknown[] | undefined {
  const events: unknown[] = [];
  let cut: number | undefined;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const data = /^(?:data:\s*)?(\{.*)$/.exec(line)?.[1];
    if (data === undefined) continue;
    const value = parsedJson(data);
    if (value === undefined) cut ??= index + 1;
    else if (isEvent(value)) events.push(value);
  }
  if (cut === undefined) return events;
  if (events.length === 0) return undefined;
  throw new UserError(`Line ${cut} of smee's events is cut off.`, {
    code: "bad-import",
    hint: "Save the stream again, or delete that line.",
  });
}

function requestOf(value: unknown): ImportedRequest {
  const event = isRecord(value) ? value : {};
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
  const form = isRecord(body) && Object.keys(body).length > 0 ? asForm(body, type) : undefined;
  if (form) return { body: form };
  const isEmpty = isRecord(body) && Object.keys(body).length === 0;
  return isEmpty ? bodyOfNothing(event, type) : { body: asJson(body) };
}

const EMPTY = "{}";

/** It has an empty object for no body, for that object, and for what it cannot parse. */
function bodyOfNothing(event: Json, type: string): { body: Uint8Array; lostBody?: boolean } {
  const isJson = /[/+]json\b/i.test(type);
  const isBare = type === "" && event["transfer-encoding"] === undefined;
  const usual = isJson ? EMPTY.length : isBare ? 0 : Number.NaN;
  const length = Number(event["content-length"] ?? usual);
  if (length === EMPTY.length && (isJson || type === "")) return { body: Buffer.from(EMPTY) };
  return { body: Buffer.alloc(0), lostBody: length !== 0 };
}
