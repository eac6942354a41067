/** Kinds of payloads that no text tells apart, but what they have. */
import { isVague } from "./content/subject.ts";
import { roleOf } from "./content/things.ts";
import { isPast, isVerb } from "./english.ts";
import { type JsonPath, type JsonValue, valueAt } from "./json.ts";
import { wordsOf } from "./keys.ts";
import { slugOf } from "./naming.ts";
import { isEnvelope } from "./vocabulary.ts";

/** How payloads of one shape name their event. */
export interface EventRule {
  /** What these payloads have. */
  readonly path: JsonPath;
  /** The event, for payloads that only their shape tells; undefined where the text at the path names it. */
  readonly name?: string;
}

/** Of larger objects only so many keys are looked at. */
export const MAX_CANDIDATES = 60;

/** Whether Python takes what stands at a path for true. */
export const isThere = (value: JsonValue, path: JsonPath): boolean => {
  const found = valueAt(value, path);
  if (found === undefined || found.kind === "null") return false;
  if (found.kind === "string") return found.value !== "";
  if (found.kind === "object") return found.entries.size > 0;
  if (found.kind === "integer" || found.kind === "float") return Number(found.text) !== 0;
  if (found.kind === "boolean") return found.value;
  return found.kind !== "array" || found.items.length > 0;
};

/** Such as `deploy.finished`: a lone word under `type` is more often the kind of a thing. */
export const compoundName = /^[a-z0-9]+([._:/-][a-z0-9]+)+$/i;

const stateKey = /(^|_)(status|state|phase|stage|result|outcome|conclusion|health|severity)$/;

/** The outermost key, whatever it is called, whose texts all say that something was done, such as `order_paid`; else one in an envelope. */
export function doneIn(values: readonly JsonValue[]): JsonPath | undefined {
  const [first] = values;
  if (first?.kind !== "object") return undefined;
  const inEnvelopes = [...first.entries].flatMap(([key, child]): JsonPath[] =>
    isEnvelope(wordsOf(key)) && child.kind === "object"
      ? [...child.entries.keys()].map((inner) => [key, inner])
      : [],
  );
  const outermost = [...first.entries.keys()].map((key) => [key]);
  return doneAt(values, outermost) ?? doneAt(values, inEnvelopes);
}

function doneAt(values: readonly JsonValue[], paths: readonly JsonPath[]): JsonPath | undefined {
  const saysDone = (value: JsonValue | undefined, isCompound: boolean): boolean => {
    if (value?.kind !== "string") return false;
    if (!(isCompound ? compoundName : /^[A-Za-z]+$/).test(value.value)) return false;
    const last =
      value.value
        .toLowerCase()
        .split(/[^a-z]+/)
        .at(-1) ?? "";
    // A verb behind a thing is what was done to it.
    return isPast(last) || (isCompound && /[.:]/.test(value.value) && isVerb(last));
  };
  const tells = (one: JsonPath, isCompound: boolean): boolean => {
    const texts = values.map((value) => valueAt(value, one));
    const kinds = new Set(texts.map((text) => (text?.kind === "string" ? text.value : "")));
    // One payload is enough where the text can be nothing else.
    const isPlain = isCompound && [...kinds].every((text) => /^[a-z_]+[.:][a-z_.:]+$/.test(text));
    return texts.every((text) => saysDone(text, isCompound)) && (kinds.size > 1 || isPlain);
  };
  const candidates = paths.slice(0, MAX_CANDIDATES);
  const isOfState = (path: JsonPath): boolean => stateKey.test(wordsOf(String(path.at(-1))));
  // One word may as well say how things are.
  return (
    candidates.find((one) => tells(one, true)) ??
    candidates.find((one) => one.length === 1 && !isOfState(one) && tells(one, false))
  );
}

/** Whether a text can be a name in code and in the terminal. */
export const isPrintable = (text: string): boolean =>
  text.trim() === text && text !== "" && [...text].length <= 100 && !/\p{C}/u.test(text);

/** What payloads are called of which only a value that all have is known. */
export const UNTOLD_KIND = "notification";

/** What some of the payloads have and the others lack; where all are alike, what all have. */
export function shapeRule(rest: readonly JsonValue[]): EventRule | undefined {
  const counts = new Map<string, KeyCount>();
  for (const value of rest) {
    if (value.kind !== "object") return undefined;
    for (const [key, child] of value.entries) {
      if (!isPrintable(key) || !isThere(value, [key])) continue;
      const known = counts.get(key) ?? { count: 0, objects: 0, containers: 0 };
      counts.set(key, {
        count: known.count + 1,
        objects: known.objects + (isTelling(key, child) ? 1 : 0),
        containers: known.containers + (holdsObjects(child) ? 1 : 0),
      });
    }
  }
  // A lone value that is missing makes no other kind of payload, unless nearly all else is missing too.
  const rank = (key: string, { count, objects, containers }: KeyCount): number => {
    if (count === rest.length) return objects === count ? 2 : saysMore(rest, key) ? 1.5 : 1;
    if (objects === count) return count + 2;
    const mayTell = containers === count || isPrefixed(key, [...counts.keys()]);
    return mayTell && partsShapes(rest, key) ? count / rest.length + 1 : 0;
  };
  let best: string | undefined;
  let highest = 0;
  for (const [key, known] of counts) {
    const worth = rank(key, known);
    if (worth <= highest) continue;
    [best, highest] = [key, worth];
  }
  if (best === undefined) return undefined;
  return { path: [best], name: kindOf(best, rest, counts) };
}

/** How many payloads have something under a key, and how many of them what things are told apart by, or any objects. */
interface KeyCount {
  readonly count: number;
  readonly objects: number;
  readonly containers: number;
}

const holdsObjects = (value: JsonValue): boolean =>
  value.kind === "object" || (value.kind === "array" && value.items[0]?.kind === "object");

/** What payloads are called that have a key which others lack. */
function kindOf(
  best: string,
  rest: readonly JsonValue[],
  counts: ReadonlyMap<string, KeyCount>,
): string {
  const { count = 0, objects = 0, containers = 0 } = counts.get(best) ?? {};
  // What only holds things is no thing itself.
  if (count < rest.length && objects === 0 && containers > 0) return UNTOLD_KIND;
  // A lone value says that the payload is of this kind, and not what the kind is.
  const isThing = objects > 0 || saysMore(rest, best);
  const isObject = rest.every((value) =>
    /object|array|^$/.test(valueAt(value, [best])?.kind ?? ""),
  );
  if (isThing || (isObject && !isVague(wordsOf(best))))
    return slugOf(best).replace(/_(info|meta|metadata|data|details)$/, "") || UNTOLD_KIND;
  // A text says which thing of the kind it is, and not of which kind.
  const [word = "", ...others] = wordsOf(best).split("_");
  return others.length > 0 && isPrefixed(best, [...counts.keys()]) ? slugOf(word) : UNTOLD_KIND;
}

/** Whether what stands under a key is what somebody said. */
const saysMore = (values: readonly JsonValue[], key: string): boolean =>
  /^(message|comment|note|review|reply)$/.test(wordsOf(key)) &&
  values.every((value) =>
    ["content", "text", "body"].some((name) => valueAt(value, [key, name])?.kind === "string"),
  );

const MIN_SHARED = 0.34;
const MIN_PREFIXED = 3;

/** Whether some other keys begin with the same word, as `ticket_id` and `ticket_subject` do. */
function isPrefixed(key: string, keys: readonly string[]): boolean {
  const [prefix = "", ...rest] = wordsOf(key).split("_");
  if (rest.length === 0 || keys.length > MAX_CANDIDATES) return false;
  return keys.filter((other) => wordsOf(other).startsWith(`${prefix}_`)).length >= MIN_PREFIXED;
}

/** Whether payloads that have a key share few of their keys with those that lack it. */
function partsShapes(values: readonly JsonValue[], key: string): boolean {
  const keysOf = (having: boolean): Set<string> =>
    new Set(
      values.flatMap((value) =>
        value.kind === "object" && isThere(value, [key]) === having
          ? [...value.entries.keys()]
          : [],
      ),
    );
  const [having, lacking] = [keysOf(true), keysOf(false)];
  const shared = [...having].filter((name) => lacking.has(name)).length;
  return shared / (having.size + lacking.size - shared) < MIN_SHARED;
}

/** Of a key such as `commit_status` the first word says what it is. */
const isVagueAlone = (key: string): boolean =>
  isVague(key) && (!key.includes("_") || isEnvelope(key) || isVague(key.split("_")[0] ?? ""));

/** Whether an object has what things are told apart by, and its key says what it is. */
const isTelling = (key: string, value: JsonValue): boolean =>
  value.kind === "object" &&
  !isVagueAlone(wordsOf(key)) &&
  !/actor|recipient|machinery/.test(roleOf(wordsOf(key))) &&
  [...value.entries].some(
    ([inner, child]) =>
      /(^|_)(id|name|title|subject|summary|number|key|message|url)$/.test(wordsOf(inner)) ||
      (child.kind === "array" && child.items[0]?.kind === "object"),
  );

/** Whether an object can be what a payload is about, by its key alone. */
const mayBeTold = (key: string, value: JsonValue): boolean =>
  value.kind === "object" &&
  !isVagueAlone(wordsOf(key)) &&
  /thing|remark/.test(roleOf(wordsOf(key)));

/**
 * The keys of the outermost objects that tell the kinds of payloads apart: of things with a name or a number, else of
 * whatever each payload has one of, as where the event is the name of a key.
 */
export function tellingKeys(objects: readonly JsonValue[]): readonly string[] | undefined {
  const named = tellingBy(objects, isTelling);
  if (named) return named;
  const keys = tellingBy(objects, mayBeTold);
  return keys && areAlikeBeside(objects, keys) ? keys : undefined;
}

/** Whether payloads have mostly the same beside some keys: those of different versions of a service do not. */
function areAlikeBeside(objects: readonly JsonValue[], telling: readonly string[]): boolean {
  const counts = new Map<string, number>();
  for (const object of objects) {
    if (object.kind !== "object") return false;
    for (const key of object.entries.keys())
      if (!telling.includes(key)) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const shared = [...counts.values()].filter((count) => count === objects.length).length;
  return shared * 2 >= counts.size;
}

function tellingBy(
  objects: readonly JsonValue[],
  mayTell: typeof isTelling,
): readonly string[] | undefined {
  if (objects.length < 2 || !objects.every((value) => value.kind === "object")) return undefined;
  const having = new Map<string, number>();
  for (const { entries } of objects)
    for (const key of entries.keys()) having.set(key, (having.get(key) ?? 0) + 1);
  const telling = objects.map((value) =>
    [...value.entries].flatMap(([key, child]) => {
      const everywhere = having.get(key) === objects.length;
      return mayTell(key, child) && !everywhere && isPrintable(key) ? [key] : [];
    }),
  );
  const hasName = (key: string): boolean =>
    objects.some((value) =>
      ["name", "title"].some((name) => valueAt(value, [key, name])?.kind === "string"),
    );
  const count = (key: string): number => telling.filter((keys) => keys.includes(key)).length;
  const chosen = telling.map((keys) =>
    keys.toSorted((a, b) => Number(hasName(a)) - Number(hasName(b)) || count(a) - count(b)).at(-1),
  );
  const keys = [...new Set(chosen)].filter((key) => key !== undefined);
  if (chosen.includes(undefined) || keys.length < 2) return undefined;
  const single = objects.every(
    (value) => keys.filter((key) => value.entries.has(key)).length === 1,
  );
  return single ? keys : undefined;
}
