/** Where a service says which event a payload is about. */
import { UserError } from "../errors.ts";
import { type JsonPath, type JsonValue, valueAt } from "./json.ts";
import { wordsOf } from "./leaves.ts";
import type { Payload } from "./read.ts";
import * as vocabulary from "./vocabulary.ts";

/** Where the event's name comes from. */
export type EventSource =
  | { readonly kind: "none" }
  | { readonly kind: "key"; readonly path: JsonPath }
  /** The header's name as the service writes it, such as `X-Foo-Event`. */
  | { readonly kind: "header"; readonly header: string }
  /** No text names it, but each kind has an object that the others lack; its key is the event. */
  | { readonly kind: "shape"; readonly keys: readonly string[] };

const eventName = /^(?=.*\p{L})[\p{L}\p{N}][\p{L}\p{N}_.:/ -]{0,79}$/u;
/** Such as `deploy.finished`: a lone word under `type` is more often the kind of a thing. */
const compoundName = /^[a-z0-9]+([._:/-][a-z0-9]+)+$/i;

/**
 * Finds the key that names the event, where all payloads have one.
 * @returns `none` when no key does so beyond doubt.
 */
export function detectEventSource(payloads: readonly Pick<Payload, "value">[]): EventSource {
  const [first] = payloads;
  if (first?.value.kind !== "object") return { kind: "none" };
  const paths = [
    ...pathsOf(first.value, []),
    ...[...first.value.entries].flatMap(([key, value]) =>
      vocabulary.eventContainers.includes(wordsOf(key)) ? pathsOf(value, [key]) : [],
    ),
  ];
  const known = paths.filter((candidate) => namesEvents(payloads, candidate));
  // Where one key tells the payloads apart and another does not, the first is the event's.
  const kinds = (candidate: JsonPath): number => new Set(textsAt(payloads, candidate)).size;
  const most = Math.max(0, ...known.map(kinds));
  const path =
    most > 1
      ? known.find((candidate) => kinds(candidate) > most / 2)
      : (known.find((candidate) =>
          textsAt(payloads, candidate).every(
            (text) => compoundName.test(text) && /[.:/]/.test(text),
          ),
        ) ?? known[0]);
  return path ? { kind: "key", path } : (detectShape(payloads) ?? { kind: "none" });
}

/** Finds the keys of the outermost objects that tell the kinds of payloads apart. */
function detectShape(payloads: readonly Pick<Payload, "value">[]): EventSource | undefined {
  const objects = payloads.map(({ value }) => value);
  if (payloads.length < 2 || !objects.every((value) => value.kind === "object")) return undefined;
  const telling = objects.map((value) =>
    [...value.entries].flatMap(([key, child]) => {
      const everywhere = objects.every((other) => other.entries.has(key));
      return child.kind === "object" && !everywhere && isPrintable(key) ? [key] : [];
    }),
  );
  const isNamed = (key: string): boolean =>
    objects.some((value) =>
      ["name", "title"].some((name) => valueAt(value, [key, name])?.kind === "string"),
    );
  const count = (key: string): number => telling.filter((keys) => keys.includes(key)).length;
  const chosen = telling.map((keys) =>
    keys.toSorted((a, b) => Number(isNamed(a)) - Number(isNamed(b)) || count(a) - count(b)).at(-1),
  );
  const keys = [...new Set(chosen)].filter((key) => key !== undefined);
  if (chosen.includes(undefined) || keys.length < 2) return undefined;
  const single = objects.every(
    (value) => keys.filter((key) => value.entries.has(key)).length === 1,
  );
  return single ? { kind: "shape", keys } : undefined;
}

/** The keys of an object that may name an event, the likeliest first. */
function pathsOf(value: JsonValue, above: JsonPath): JsonPath[] {
  if (value.kind !== "object") return [];
  const words = above.length > 0 ? ["type", "name", ...vocabulary.events] : vocabulary.events;
  const keys = new Map(words.map((word) => [word, [] as string[]]));
  // One look at each key: there may be a hundred thousand.
  for (const key of value.entries.keys()) keys.get(wordsOf(key))?.push(key);
  return words.flatMap((word) => (keys.get(word) ?? []).map((key) => [...above, key]));
}

function textsAt(payloads: readonly Pick<Payload, "value">[], path: JsonPath): string[] {
  const values = payloads.map(({ value }) => valueAt(value, path));
  return values.flatMap((value) => (value?.kind === "string" ? [value.value] : []));
}

function namesEvents(payloads: readonly Pick<Payload, "value">[], path: JsonPath): boolean {
  const texts = textsAt(payloads, path);
  if (texts.length < payloads.length || !texts.every((text) => eventName.test(text))) return false;
  if (path.length > 1 || !vocabulary.vagueEvents.includes(wordsOf(String(path.at(-1)))))
    return true;
  return texts.every((text) => compoundName.test(text)) || new Set(texts).size > 1;
}

/**
 * The event's name in one payload.
 * @throws UserError when the source names none for it.
 */
export function eventOf(payload: Payload, source: EventSource): string | undefined {
  if (source.kind === "none") return undefined;
  if (source.kind === "header") return payload.headerEvent ?? eventFromFile(payload, source.header);
  if (source.kind === "shape") return eventByShape(payload.value, source.keys);
  const value = valueAt(payload.value, source.path);
  if (value?.kind === "string" && isPrintable(value.value)) return value.value;
  throw new UserError(
    `The payload ${payload.source} has no text at the event key ${formatPath(source.path)}.`,
    {
      code: "no-event-key",
      hint: "Give the way to a text in every payload, with dots between keys, such as --event-key meta.event.",
    },
  );
}

/** The event of a payload whose outermost keys tell it. */
export function eventByShape(value: JsonValue, keys: readonly string[]): string | undefined {
  return keys.find((key) => valueAt(value, [key]) !== undefined);
}

function eventFromFile({ source, fileEvent }: Payload, header: string): string {
  if (isEventName(fileEvent)) return fileEvent;
  throw new UserError(`The file name of ${source} does not say which event ${header} named.`, {
    code: "no-event-in-name",
    hint: "Name the file after the header's value, such as push.json or push__one_commit.json.",
  });
}

/** Whether a header's value can name an event: a text of one line, with something to read in it. */
export function isEventName(text: string): boolean {
  return isPrintable(text) && /[a-z0-9]/i.test(text);
}

const isPrintable = (text: string): boolean =>
  text.trim() === text && text !== "" && [...text].length <= 100 && !/\p{C}/u.test(text);

const setupEvent =
  /^(ping|test|setup|url_verification|((web)?hook|integration|subscription)[._: -]?(test|ping|created|verified|verification|setup)|(test|ping)[._: -]?((web)?hook|event|notification|message|ping)s?)$/i;

/**
 * Whether an event only tries out whether the webhook works.
 * @param event Its name; undefined where the service names none.
 */
export function isSetupPing(event: string | undefined, values: readonly JsonValue[]): boolean {
  if (event !== undefined && setupEvent.test(event)) return true;
  return values.every(
    (value) => value.kind === "object" && value.entries.has("zen") && value.entries.has("hook"),
  );
}

/** A path with dots between its keys, as `--event-key` takes it. */
export function formatPath(path: JsonPath): string {
  return path.join(".");
}

/**
 * Reads what `--event-key` was given.
 * @throws UserError `bad-event-key`.
 */
export function parseEventKey(text: string): JsonPath {
  const path = text.split(".");
  if (path.every((key) => key.trim() !== "")) return path;
  throw new UserError(`"${text}" is no way to an event key.`, {
    code: "bad-event-key",
    hint: "Write the keys with dots between them, such as --event-key meta.event.",
  });
}

/**
 * Checks what `--event-header` was given.
 * @throws UserError `bad-event-header`.
 */
export function parseEventHeader(text: string): string {
  if (/^[A-Za-z][A-Za-z0-9-]{0,99}$/.test(text)) return text;
  throw new UserError(`"${text}" is not the name of an HTTP header.`, {
    code: "bad-event-header",
    hint: "Give the header as the service documents it, such as --event-header X-Acme-Event.",
  });
}
