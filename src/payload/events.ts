/** Where a service says which event a payload is about. */
import { UserError } from "../errors.ts";
import { type JsonPath, type JsonValue, valueAt } from "./json.ts";
import { wordsOf } from "./leaves.ts";
import { slugOf } from "./naming.ts";
import type { Payload } from "./read.ts";
import * as vocabulary from "./vocabulary.ts";

/** Where the event's name comes from. */
export type EventSource =
  | { readonly kind: "none" }
  | { readonly kind: "key"; readonly path: JsonPath }
  /** The header's name as the service writes it, such as `X-Foo-Event`. */
  | { readonly kind: "header"; readonly header: string }
  /** No text names it, but each kind has an object that the others lack; its key is the event. */
  | { readonly kind: "shape"; readonly keys: readonly string[] }
  /** Payloads of several shapes: the first rule that fits names the event. */
  | { readonly kind: "rules"; readonly rules: readonly EventRule[] };

/** How payloads of one shape name their event. */
export interface EventRule {
  /** What these payloads have. */
  readonly path: JsonPath;
  /** The event, for payloads that only their shape tells; undefined where the text at the path names it. */
  readonly name?: string;
}

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
  if (path) return { kind: "key", path };
  return detectShape(payloads) ?? detectRules(payloads) ?? { kind: "none" };
}

/** Rules are read by people: past these, payloads are told by one message. */
const MAX_RULES = 8;
const MAX_CANDIDATES = 60;

/** Sorts payloads of several shapes: first by the keys that name the event in some, then by what only some have. */
function detectRules(payloads: readonly Pick<Payload, "value">[]): EventSource | undefined {
  const values = payloads.map(({ value }) => value);
  if (values.length < 2 || !values.every(({ kind }) => kind === "object")) return undefined;
  const rules: EventRule[] = [];
  let rest = values;
  while (rest.length > 0 && rules.length < MAX_RULES) {
    const rule = namingRule(rest, values) ?? shapeRule(rest);
    if (!rule) return undefined;
    rules.push(rule);
    rest = rest.filter((value) => !isThere(value, rule.path));
  }
  return rest.length === 0 && rules.length > 1 ? { kind: "rules", rules } : undefined;
}

/** Whether Python takes what stands at a path for true. */
const isThere = (value: JsonValue, path: JsonPath): boolean => {
  const found = valueAt(value, path);
  if (found === undefined || found.kind === "null") return false;
  if (found.kind === "string") return found.value !== "";
  if (found.kind === "object") return found.entries.size > 0;
  return found.kind !== "array" || found.items.length > 0;
};

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
    const tells = new Set(texts).size > 1 || texts.every((text) => /[._:]/.test(text));
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

/** Ways to what may name the event, in the payload, in its objects and in lists that wrap it. */
function namingPaths(value: JsonValue): JsonPath[] {
  if (value.kind !== "object") return [];
  const inner = [...value.entries].slice(0, MAX_CANDIDATES).flatMap(([key, child]): JsonPath[] => {
    if (child.kind === "array" && child.items.length === 1 && child.items[0])
      return pathsOf(child.items[0], [key, 0]);
    const isContainer = vocabulary.eventContainers.includes(wordsOf(key));
    return pathsOf(child, [key]).filter(
      (path) =>
        isContainer || /^(webhook_)?event(_type|_name)?$/.test(wordsOf(String(path.at(-1)))),
    );
  });
  return [...pathsOf(value, []), ...inner];
}

/** What some of the payloads have and the others lack; where all are alike, what all have. */
function shapeRule(rest: readonly JsonValue[]): EventRule | undefined {
  const counts = new Map<string, { count: number; objects: number }>();
  for (const value of rest) {
    if (value.kind !== "object") return undefined;
    for (const [key, child] of value.entries) {
      if (!isPrintable(key) || !isThere(value, [key])) continue;
      const known = counts.get(key) ?? { count: 0, objects: 0 };
      const isObject = child.kind === "object" ? 1 : 0;
      counts.set(key, { count: known.count + 1, objects: known.objects + isObject });
    }
  }
  // A lone value that is missing makes no other kind of payload.
  const rank = ({ count, objects }: { count: number; objects: number }): number => {
    if (count === rest.length) return objects === count ? 2 : 1;
    return objects === count ? count + 2 : 0;
  };
  let best: string | undefined;
  let highest = 0;
  for (const [key, known] of counts) {
    if (rank(known) <= highest) continue;
    [best, highest] = [key, rank(known)];
  }
  return best === undefined ? undefined : { path: [best], name: slugOf(best) || "event" };
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

/** The event of a payload by the first rule that fits. */
function eventByRules(value: JsonValue, rules: readonly EventRule[]): string | undefined {
  const rule = rules.find(({ path }) => isThere(value, path));
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
