/** Where a service says which event a payload is about. */
import { UserError } from "../errors.ts";
import { detectInLists } from "./event-list.ts";
import { eventKey, namesEvents, namingPaths, pathsOf, textsAt } from "./event-names.ts";
import {
  compoundName,
  doneIn,
  type EventRule,
  isPrintable,
  isThere,
  MAX_CANDIDATES,
  shapeRule,
  tellingKeys,
} from "./event-shapes.ts";
import { type JsonPath, type JsonValue, valueAt } from "./json.ts";
import { wordsOf } from "./keys.ts";
import { leavesOf } from "./leaves.ts";
import type { Payload } from "./read.ts";
import * as vocabulary from "./vocabulary.ts";

/** Where the event's name comes from. */
export type EventSource =
  | { readonly kind: "none"; readonly list?: JsonPath }
  | {
      readonly kind: "key";
      readonly path: JsonPath;
      /**
       * Where each item of a list is an event: the way to the list. `path` then leads into its first item. Requests that are
       * a list may also be one event.
       */
      readonly list?: JsonPath;
    }
  /** The header's name as the service writes it, such as `X-Foo-Event`. */
  | { readonly kind: "header"; readonly header: string }
  /** No text names it, but each kind has an object that the others lack; its key is the event. */
  | { readonly kind: "shape"; readonly keys: readonly string[]; readonly list?: JsonPath }
  /** Payloads of several shapes: the first rule that fits names the event. */
  | {
      readonly kind: "rules";
      readonly rules: readonly EventRule[];
      /** As for a key: all rules then lead into the first item. */
      readonly list?: JsonPath;
    };

/**
 * Finds the key that names the event, where all payloads have one.
 * @returns `none` when no key does so beyond doubt.
 */
export function detectEventSource(payloads: readonly Pick<Payload, "value">[]): EventSource {
  const source = detectInObjects(payloads);
  const isPlain = source.kind === "key" && !source.path.includes(0);
  if (isPlain || source.kind === "shape") return source;
  return detectInLists(payloads, detectInObjects) ?? source;
}

function detectInObjects(payloads: readonly Pick<Payload, "value">[]): EventSource {
  const [first] = payloads;
  if (first?.value.kind !== "object") return { kind: "none" };
  const paths = [
    ...pathsOf(first.value, []),
    ...[...first.value.entries].flatMap(([key, value]) =>
      vocabulary.eventContainers.includes(wordsOf(key)) ? pathsOf(value, [key]) : [],
    ),
    // JSON:API says of its resources what they are.
    ...(valueAt(first.value, ["data", "attributes"])?.kind === "object" ? [["data", "type"]] : []),
  ];
  const known = paths.filter((candidate) => namesEvents(payloads, candidate));
  // Where one key tells the payloads apart and another does not, the first is the event's.
  const kinds = (candidate: JsonPath): number => new Set(textsAt(payloads, candidate)).size;
  const most = Math.max(0, ...known.map(kinds));
  const done = doneIn(payloads.map(({ value }) => value));
  const path =
    most > 1
      ? known.find((candidate) => kinds(candidate) > most / 2)
      : (known.find((candidate) =>
          textsAt(payloads, candidate).every(
            (text) => compoundName.test(text) && /[.:/]/.test(text),
          ),
        ) ?? (done && kinds(done) > 1 ? done : known[0]));
  const named = path ?? done;
  if (named) return { kind: "key", path: named };
  return detectShape(payloads) ?? detectRules(payloads) ?? { kind: "none" };
}

/** Rules are read by people: past these, payloads are told by one message. */
const MAX_RULES = 8;

/** Sorts payloads of several shapes: first by the keys that name the event in some, then by what only some have. */
function detectRules(payloads: readonly Pick<Payload, "value">[]): EventSource | undefined {
  const values = payloads.map(({ value }) => value);
  if (!values.every(({ kind }) => kind === "object")) return undefined;
  const rules: EventRule[] = [];
  let rest = values;
  while (rest.length > 0 && rules.length < MAX_RULES) {
    const rule = namingRule(rest, values) ?? shapeRule(rest);
    if (!rule) return undefined;
    rules.push(rule);
    rest = rest.filter((value) => !isThere(value, rule.path));
  }
  if (rest.length > 0) return undefined;
  const [only] = rules;
  if (rules.length > 1) return { kind: "rules", rules };
  return only && only.name === undefined ? { kind: "key", path: only.path } : undefined;
}

/** The key that names the event in the most of the payloads that no rule sorts yet. */
function namingRule(rest: readonly JsonValue[], all: readonly JsonValue[]): EventRule | undefined {
  const candidates = new Map<string, JsonPath>();
  for (const value of rest) {
    if (candidates.size >= MAX_CANDIDATES) break;
    for (const path of namingPaths(value)) candidates.set(JSON.stringify(path), path);
  }
  let best: JsonPath | undefined;
  let most = 0;
  for (const path of candidates.values()) {
    const having = rest.filter((value) => isThere(value, path)).map((value) => ({ value }));
    if (having.length <= most || !canAsk(all, path)) continue;
    const texts = textsAt(having, path);
    const isPlain = eventKey.test(wordsOf(String(path.at(-1))));
    const tells = isPlain || new Set(texts).size > 1 || texts.every((text) => /[._:]/.test(text));
    if (tells && namesEvents(having, path)) [best, most] = [path, having.length];
  }
  return best && { path: best };
}

/** Whether no payload has something else than objects on the way, where asking would raise. */
const canAsk = (values: readonly JsonValue[], path: JsonPath): boolean =>
  path.every((step, index) =>
    values.every((value) => {
      const above = path.slice(0, index);
      if (!isThere(value, above)) return true;
      return valueAt(value, above)?.kind === (typeof step === "number" ? "array" : "object");
    }),
  );

function detectShape(payloads: readonly Pick<Payload, "value">[]): EventSource | undefined {
  const keys = tellingKeys(payloads.map(({ value }) => value));
  return keys && { kind: "shape", keys };
}

/**
 * The event's name in one payload.
 * @throws UserError when the source names none for it.
 */
export function eventOf(payload: Payload, source: EventSource): string | undefined {
  if (source.kind === "none") return undefined;
  if (source.kind === "header") return payload.headerEvent ?? eventFromFile(payload, source.header);
  if (source.kind === "shape") return eventByShape(payload.value, source.keys);
  if (source.kind === "rules") return eventByRules(payload.value, source.rules);
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

/** The first rule that fits a payload. */
export const ruleFor = (value: JsonValue, rules: readonly EventRule[]): EventRule | undefined =>
  rules.find(({ path }) => isThere(value, path));

/** The event of a payload by the first rule that fits. */
function eventByRules(value: JsonValue, rules: readonly EventRule[]): string | undefined {
  const rule = ruleFor(value, rules);
  if (rule?.name !== undefined) return rule.name;
  const text = rule && valueAt(value, rule.path);
  return text?.kind === "string" ? text.value : undefined;
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

const setupEvent =
  /^(ping|test|setup|(url_)?verification|diagnostics?[._: -]ping|((web)?hook|integration|subscription)[._: -]?(test|ping|created|verified|verification|setup)|(test|ping)[._: -]?((web)?hook|event|notification|message|ping)s?)$/i;

/** A request that confirms a subscription to the webhook says little else than where that leads. */
const MAX_SETUP_FIELDS = 8;
const webhookKeys = /(^|_)(web)?hooks?(_|$)|callback|endpoint|(^|_)(url|uri)$/;

function isOfWebhook(value: JsonValue): boolean {
  const leaves = leavesOf([value]);
  return leaves.length <= MAX_SETUP_FIELDS && leaves.some(({ key }) => webhookKeys.test(key));
}

/**
 * Whether an event only tries out whether the webhook works.
 * @param event Its name; undefined where the service names none.
 */
export function isSetupPing(event: string | undefined, values: readonly JsonValue[]): boolean {
  const isSetup = event !== undefined && setupEvent.test(event);
  // Somebody's subscription that is created is no try of the webhook's.
  if (isSetup && (!/^subscr/i.test(event) || values.every(isOfWebhook))) return true;
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
  const keys = text.split(".");
  // A number is a place in a list.
  const path = keys.map((key) => (/^\d{1,4}$/.test(key) ? Number(key) : key));
  if (keys.every((key) => key.trim() !== "")) return path;
  throw new UserError(`"${text}" is no way to an event key.`, {
    code: "bad-event-key",
    hint: "Write the keys with dots between them, such as --event-key meta.event.",
  });
}

/**
 * A way to the event that begins with the form field, or the text, that the JSON comes in: views read the JSON itself.
 * @returns The way inside it; the same where the payloads come in none, or their JSON has such a key.
 */
export function insideField(
  path: JsonPath,
  payloads: readonly Pick<Payload, "value" | "format">[],
): JsonPath {
  const [first, ...inside] = path;
  const isField = payloads.every(({ format, value }) => {
    const field =
      format.kind === "json field"
        ? format.field
        : format.kind === "json"
          ? format.inside
          : undefined;
    return field !== undefined && field === first && valueAt(value, path) === undefined;
  });
  return isField && inside.length > 0 ? inside : path;
}

/**
 * Checks the name of a header.
 * @param flag The option that it was given with.
 * @throws UserError `bad-event-header`.
 */
export function parseHeaderName(text: string, flag = "--event-header"): string {
  if (/^[A-Za-z][A-Za-z0-9-]{0,99}$/.test(text)) return text;
  throw new UserError(`"${text}" is not the name of an HTTP header.`, {
    code: "bad-event-header",
    hint: `Give the header as the service documents it, such as ${flag} X-Acme-Event.`,
  });
}
