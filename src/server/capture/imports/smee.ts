import {
  asJson,
  headersOf,
  type ImportedRequest,
  type ImportFormat,
  isObject,
  textAt,
  toRequest,
} from "./format.ts";

/** Fields of an event that are smee's own; every other one with a text is a header. */
const own = new Set(["body", "query", "timestamp", "rawBody"]);

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
      return text === undefined || /^content-length$/i.test(name) ? [] : [[name, text]];
    });
  const { body, timestamp } = event;
  return toRequest({
    url: query === "" ? "/" : `/?${query}`,
    headers,
    body: typeof body === "string" ? Buffer.from(body) : asJson(body ?? {}),
    time: timestamp,
  });
}
