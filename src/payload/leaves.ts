/** The fields of payloads that a message can show, with the way to them and how sure they are to be there. */
import { areWholeEvents, areWrappers, isFormOfOnes } from "./containers.ts";
import type { JsonPath, JsonValue } from "./json.ts";
import { wordsOf } from "./keys.ts";
import { familyNameBeside, linksPath, namesIn, namesPath } from "./names-in-lists.ts";
import { dullLists, isEnvelope, isList } from "./vocabulary.ts";

/** A field that has a text or a number in some of the payloads of a group, and the same type in all that have it. */
export interface Leaf {
  readonly path: JsonPath;
  /**
   * `number` is one that is not always whole, `text or number` a whole number that some payloads write as a text, `texts`
   * a list of short texts, which are shown with commas. `boolean` is only among the flags, and `anything` only among
   * answers: a text, a number, a ticked box or a list of choices.
   */
  readonly kind:
    | "string"
    | "integer"
    | "number"
    | "text or number"
    | "texts"
    | "boolean"
    | "anything";
  /** Its text in each payload that has one, as Python's `str()` writes it. */
  readonly samples: readonly string[];
  /** Which of the payloads have it; undefined where all do. */
  readonly owners?: readonly boolean[];
  /** Whether its last step leads into an object that keeps a value with its history, or into a list of one, and says nothing. */
  readonly isWrapped?: true;
  /** The last key, and the one before it, in snake_case; empty where there is none. */
  readonly key: string;
  readonly parent: string;
  /** For `texts` that are the names of objects in a list: the way to the name in one of them. */
  readonly each?: JsonPath;
  /** The way to a person's family name, where the other one leads to the given name. */
  readonly eachLast?: JsonPath;
  /** The way to the address of its page, where each of those objects has one. */
  readonly eachLink?: JsonPath;
  /** Whether it is asked for by its key, since 0 and no are something to tell; some payloads lack it, and in none it is null. */
  readonly isAskedByKey?: true;
  /** Of a field in the items of a list: whether it is a whole number there, and what some items lack on the way to it. */
  readonly eachIsNumber?: true;
  readonly eachNeeds?: readonly JsonPath[];
  /** For an answer: where the choices are that it names by their identifiers. */
  readonly choices?: Choices;
  /** Nesting depth, envelopes such as `data` not counted. */
  readonly depth: number;
  /** What is missing, null or empty in some payload: the field itself or objects on the way, the outermost first. */
  readonly optional: readonly JsonPath[];
}

/** The choices beside an answer: the key of their list, and those of an identifier and of what people read. */
export interface Choices {
  readonly list: string;
  readonly id: string;
  readonly name: string;
}

const MAX_DEPTH = 7;
const MAX_LEAVES = 800;
/** A level may hold thousands of them by itself, of which no message tells. */
const MAX_NODES = 4 * MAX_LEAVES;
const MAX_TEXT_LENGTH = 60_000;

/** Whether a key says in which language the text under it is, such as `en-US`. */
export const isLocale = (step: string | number | undefined): boolean =>
  typeof step === "string" && /^[a-z]{2}[-_][A-Z]{2}$/.test(step);

interface Node {
  readonly path: JsonPath;
  /** undefined where a payload has nothing at the path. */
  readonly values: readonly (JsonValue | undefined)[];
  readonly optional: readonly JsonPath[];
  /** How many keys there are beside it. */
  readonly siblings: number;
  /** Whether it is the value in an object that keeps its history, or the one in a list. */
  readonly isWrapped?: boolean;
}

/** What has more beside it is a list of the thing that the payload is. */
const MAX_SIBLINGS = 15;

/**
 * The showable fields of these values, the outermost first.
 * @param values Objects; with any other value there are none.
 * @param envelope The key of an outermost list whose first item says what a payload is about.
 * @param among `flags` for those as well that are true or false.
 */
export function leavesOf(
  values: readonly JsonValue[],
  envelope?: string,
  among: "values" | "flags" = "values",
): Leaf[] {
  const found: Leaf[] = [];
  let level: Node[] = [{ path: [], values, optional: [], siblings: 0 }];
  while (level.length > 0 && found.length < MAX_LEAVES) {
    let next: Node[] = [];
    for (const node of level) {
      if (found.length + next.length >= MAX_NODES) break;
      const leaf = toLeaf(node);
      if (leaf?.kind === "boolean" && among === "values") continue;
      if (leaf) found.push(leaf);
      else if (node.path.length < MAX_DEPTH) next = next.concat(childrenOf(node, envelope));
    }
    level = next;
  }
  return found.slice(0, MAX_LEAVES);
}

/** The fields of these values that are true or false, the outermost first; their samples are `true` and `false`. */
export const flagsOf = (values: readonly JsonValue[]): Leaf[] =>
  leavesOf(values, undefined, "flags").filter(({ kind }) => kind === "boolean");

function childrenOf(node: Node, envelope: string | undefined): Node[] {
  const { path, values, optional } = node;
  const objects = values.filter((value) => value !== undefined);
  const isOpened = path.length === 1 && path[0] === envelope && areWholeEvents(objects);
  if (isOpened || isEnvelopeOfOne(node)) {
    const items = values.map((value) => (value?.kind === "array" ? value.items[0] : undefined));
    return [{ path: [...path, 0], values: items, optional, siblings: 0 }];
  }
  if (!objects.every((value) => value.kind === "object")) return [];
  const isWrapper = areWrappers(path, values);
  const keys = isWrapper
    ? new Set(["value"])
    : new Set(objects.flatMap((value) => [...value.entries.keys()]));
  const isForm = objects.every(isFormOfOnes);
  const read = (value: JsonValue | undefined): JsonValue | undefined =>
    isForm && value?.kind === "array" ? value.items[0] : value;
  return [...keys].flatMap((key): Node[] => {
    const below = [...path, key];
    const children = objects.map((value) => something(read(value.entries.get(key))));
    if (children.every((child) => child === undefined)) return [];
    const unsure = children.includes(undefined) || isOftenEmpty(key, children);
    const missing = unsure ? [...optional, below] : optional;
    const siblings = keys.size - 1;
    const isWrapped = isWrapper || isForm;
    const way = isForm ? [...below, 0] : below;
    return [{ path: way, values: children, optional: missing, siblings, isWrapped }];
  });
}

/** Objects that services send as null until somebody fills them in, whatever these payloads show. */
const OFTEN_EMPTY =
  /^(assignee|assigned_(to|user|agent)|milestone|reviewer|(closed|resolved|merged|approved)_by)$/;

function isOftenEmpty(key: string, values: readonly (JsonValue | undefined)[]): boolean {
  return OFTEN_EMPTY.test(wordsOf(key)) && values.some((value) => value?.kind === "object");
}

/** Whether it is a list that wraps the one thing that each payload is about. */
function isEnvelopeOfOne({ path, values, siblings }: Node): boolean {
  const isLinks = path.length > 1 && /^_?links$/.test(String(path.at(-2)));
  const key = wordsOf(String(path[0] ?? ""));
  if (
    !isLinks &&
    (path.length !== 1 || siblings > MAX_SIBLINGS || isList(key) || dullLists.includes(key))
  )
    return false;
  return values.every(
    (value) =>
      value?.kind === "array" && value.items.length === 1 && value.items[0]?.kind === "object",
  );
}

/** A value that Python takes for true, as far as it matters here; `null` and empty texts are nothing. */
function something(value: JsonValue | undefined): JsonValue | undefined {
  const empty =
    value === undefined ||
    value.kind === "null" ||
    (value.kind === "string" && value.value === "") ||
    (value.kind === "object" && value.entries.size === 0) ||
    (value.kind === "array" && value.items.length === 0);
  return empty ? undefined : value;
}

function toLeaf({ path, values, optional, isWrapped = false }: Node): Leaf | undefined {
  const present = values.filter((value) => value !== undefined);
  const each = namesPath(path, present);
  const eachLast = each && familyNameBeside(each);
  const eachLink = each && linksPath(each, present);
  const texts = each ? present.map((list) => namesIn(list, each)) : present;
  const kind = kindOf(texts);
  if (kind === undefined) return undefined;
  const samples = texts.map(showable);
  if (samples.includes(undefined)) return undefined;
  const keys = (isWrapped ? path.slice(0, -1) : path)
    .filter((step) => typeof step === "string" && !isLocale(step))
    .map((step) => wordsOf(String(step)));
  return {
    path,
    kind,
    samples: samples as string[],
    ...(present.length < values.length && { owners: values.map((value) => value !== undefined) }),
    ...(each && { each }),
    ...(eachLast && { eachLast }),
    ...(eachLink && { eachLink }),
    ...(isWrapped && { isWrapped }),
    key: keys.at(-1) ?? "",
    parent: keys.at(-2) ?? "",
    depth: keys.slice(0, -1).filter((key) => !isEnvelope(key)).length,
    optional,
  };
}

const MAX_TEXTS = 20;

/** Whether it is a list of a few short texts. */
function isTexts(value: JsonValue): boolean {
  return (
    value.kind === "array" &&
    value.items.length <= MAX_TEXTS &&
    value.items.every((item) => item.kind === "string" && /^[^\n\r]{1,60}$/.test(item.value))
  );
}

/** The type of a field with these values; undefined when a message cannot show it, or not always. */
export function kindOf(values: readonly JsonValue[]): Leaf["kind"] | undefined {
  const kinds = new Set(values.map(({ kind }) => kind));
  if (kinds.size === 1 && kinds.has("string")) return "string";
  if (kinds.size === 1 && kinds.has("integer")) return "integer";
  if (kinds.size === 1 && kinds.has("boolean")) return "boolean";
  if (values.length > 0 && values.every(isTexts)) return "texts";
  const isWhole = (value: JsonValue): boolean =>
    value.kind === "integer" || (value.kind === "string" && /^\d{1,17}$/.test(value.value));
  if (kinds.size === 2 && values.every(isWhole)) return "text or number";
  const numeric = kinds.has("float") && [...kinds].every((kind) => /integer|float/.test(kind));
  return numeric ? "number" : undefined;
}

/** The text of a value as Python's `str()` writes it; undefined for one that Connect refuses or alters. */
function showable(value: JsonValue): string | undefined {
  // Connect's parser turns integers past 64 bits, and minus zero, into floats.
  if (value.kind === "integer")
    return /^-?[1-9]\d{0,17}$|^0$/.test(value.text) ? value.text : undefined;
  if (value.kind === "float") return floatText(Number(value.text));
  if (value.kind === "boolean") return String(value.value);
  if (value.kind !== "string" && value.kind !== "array") return undefined;
  const text = value.kind === "string" ? value.value : textsIn(value.items);
  const visible = /[\p{L}\p{N}\p{S}\p{P}]/u.test(text);
  const clean = !/[^\P{C}\n\r\t\u200d]|[\u0085\u2028\u2029]/u.test(text);
  return text.length <= MAX_TEXT_LENGTH && visible && clean ? text : undefined;
}

const textsIn = (items: readonly JsonValue[]): string =>
  items.flatMap((item) => (item.kind === "string" ? [item.value] : [])).join(", ");

/**
 * A float as Python writes it, where JavaScript's way can be turned into it.
 * @returns undefined for the very large and very small.
 */
export function floatText(value: number): string | undefined {
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.001 || size >= 1e15)) return undefined;
  if (Object.is(value, -0)) return "-0.0";
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** Whether a field stands below an object or at it. */
export function isBelow(path: JsonPath, above: JsonPath): boolean {
  return above.every((step, index) => path[index] === step);
}
