/** The objects of a payload: things, people and what they belong to, each with its fields. */
import type { JsonPath } from "../json.ts";
import { wordsOf } from "../keys.ts";
import { isBelow, isLocale, type Leaf } from "../leaves.ts";
import * as vocabulary from "../vocabulary.ts";

const MAX_TITLE_LENGTH = 250;
const MAX_LABEL_LENGTH = 70;

/** An object of the payload, and the fields that say something about it. */
export class Thing {
  readonly path: JsonPath;
  /** Its key in snake_case; empty for the payload itself. */
  readonly key: string;
  /** The keys on the way to it, envelopes left out. */
  readonly way: readonly string[];
  /** Whether its fields are those of another whose keys begin alike. */
  readonly isSpread: boolean;
  readonly #fields = new Map<string, Leaf>();

  /** @param prefix What the keys of its fields begin with, for an object that is spread over another's fields. */
  constructor(path: JsonPath, leaves: readonly Leaf[], prefix?: string) {
    const words = path.map((step) => wordsOf(String(step)));
    this.path = path;
    // A list of one wraps what it holds.
    const isList = (index: number): boolean => typeof path[index + 1] === "number";
    const keys = words.filter((_, index) => typeof path[index] !== "number" && !isList(index));
    this.isSpread = prefix !== undefined;
    if (prefix !== undefined) keys.push(prefix);
    this.key = keys.at(-1) ?? "";
    // What is linked to is named below `links`, as the service's hypertext has it.
    const isLinks = (index: number): boolean =>
      index > 0 && index < keys.length - 1 && /^_?links$/.test(keys[index] ?? "");
    this.way = keys.filter((word, index) => !vocabulary.isEnvelope(word) && !isLinks(index));
    for (const leaf of leaves) {
      const way = leaf.isWrapped ? leaf.path.slice(0, -1) : leaf.path;
      const below = way.slice(path.length).filter((step) => !isLocale(step));
      const rest = below.map((step) => wordsOf(String(step)));
      const inside = rest.filter((word) => !vocabulary.innerEnvelopes.has(word)).join("/");
      const whole = inside || (rest.at(-1) ?? "");
      const name = prefix === undefined ? whole : whole.slice(prefix.length + 1);
      if (!this.#fields.has(name)) this.#fields.set(name, leaf);
    }
  }

  get fieldCount(): number {
    return this.#fields.size;
  }

  /** A field by its key, or by keys with `/` between them. */
  get(name: string): Leaf | undefined {
    return this.#fields.get(name);
  }

  /** The first of several fields that is there and fits. */
  first(names: readonly string[], fits: (leaf: Leaf) => boolean = () => true): Leaf | undefined {
    for (const name of names) {
      const leaf = this.#fields.get(name);
      if (leaf && fits(leaf)) return leaf;
    }
    return undefined;
  }

  /** A field, or the name of the object under its key. */
  named(key: string, fits: (leaf: Leaf) => boolean): Leaf | undefined {
    const below = [...vocabulary.thingNames, "value", "nickname"].map((name) => `${key}/${name}`);
    return this.first([key, ...below], fits);
  }

  /** All its fields, by keys with `/` between them. */
  all(): [name: string, leaf: Leaf][] {
    return [...this.#fields];
  }

  /** Its own fields, not those of objects in it. */
  own(): [name: string, leaf: Leaf][] {
    return [...this.#fields].filter(([name]) => !name.includes("/"));
  }
}

/** Finds the objects that hold these fields, the outermost first. */
export function thingsIn(leaves: readonly Leaf[]): Thing[] {
  const paths = new Map<string, JsonPath>([["[]", []]]);
  for (const { path, isWrapped } of leaves) {
    const depth = isWrapped ? path.length - 1 : path.length;
    for (let length = 1; length < depth; length++) {
      const above = path.slice(0, length);
      if (vocabulary.innerEnvelopes.has(wordsOf(String(above.at(-1)))) && length > 1) continue;
      // A field in several languages is a field.
      if (isLocale(path[length])) continue;
      paths.set(JSON.stringify(above), above);
    }
  }
  const things = [...paths.values()].map(
    (path) =>
      new Thing(
        path,
        leaves.filter((leaf) => isBelow(leaf.path, path)),
      ),
  );
  const outer = things.filter(({ way }) => way.length === 0);
  return [...things, ...outer.flatMap(spreadIn)];
}

/** Fields by which an object is known that is spread over the fields of another, as `ticket_id` and `ticket_subject`. */
const telling =
  /^(id|number|name|full_name|title|subject|summary|status|state|url|link|priority|severity|type|description|email)$/;
const MIN_SPREAD = 3;

/** Objects that are spread over the fields of an outermost one. */
function spreadIn(thing: Thing): Thing[] {
  const groups = new Map<string, Leaf[]>();
  for (const [name, leaf] of thing.own()) {
    const [, prefix, rest = ""] = /^([a-z]+)_(.+)$/.exec(name) ?? [];
    if (prefix === undefined || !telling.test(rest)) continue;
    groups.set(prefix, [...(groups.get(prefix) ?? []), leaf]);
  }
  return [...groups].flatMap(([prefix, leaves]) => {
    const isThere = thing.own().some(([name]) => name === prefix);
    const isNamed = leaves.some(({ path }) =>
      /_(name|title|subject)$/.test(wordsOf(String(path.at(-1)))),
    );
    const few = isNamed || roleOf(prefix) === "actor" ? MIN_SPREAD - 1 : MIN_SPREAD;
    if (isThere || leaves.length < few || notSpread.test(prefix)) return [];
    const whole = thing
      .own()
      .flatMap(([name, leaf]) => (name.startsWith(`${prefix}_`) ? [leaf] : []));
    return [new Thing(thing.path, whole, prefix)];
  });
}

/** Words before keys that say something of the payload itself. */
const notSpread =
  /^(event|webhook|hook|trigger|api|is|has|new|old|previous|current|created|updated|last|first)$/;

/** Whether all samples stand on one line, and are no longer than this. */
export const isOneLine = (leaf: Leaf, max: number): boolean =>
  leaf.samples.every((text) => !/[\n\r\t]/.test(text) && [...text].length <= max);

export const isAddress = (leaf: Leaf): boolean =>
  leaf.samples.some((text) => /^\w+:\/\//.test(text));

/** Whether a text is for machines: an identifier, a hash, a time. */
export const isMachine = (leaf: Leaf): boolean =>
  leaf.samples.some(
    (text) =>
      /^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(text) ||
      /^(?=.*\d)[0-9a-f]{16,}$/i.test(text) ||
      /^[a-z]{2,10}_(?=\w*\d)\w{8,}$/i.test(text) ||
      /^0x[0-9a-f]{16,}$|^(?=(.*\d){3})[a-z0-9]{26,}$/i.test(text) ||
      /^([A-Z]{2,5}-)?(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{14,}$/.test(text) ||
      /^(?=.*\d)(?=.*[A-Z])(?=.*[a-z])[\w=/+-]{20,}$/.test(text) ||
      isTime(text),
  );

/** Whether a text is a moment as ISO 8601 writes it. */
export const isTime = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?( ?UTC|Z|[+-]\d\d:?\d\d)?$/.test(text);

/** A short text for people. */
export const isLabel = (leaf: Leaf): boolean =>
  leaf.kind === "string" &&
  isOneLine(leaf, MAX_LABEL_LENGTH) &&
  !isAddress(leaf) &&
  !isMachine(leaf);

export const isTitle = (leaf: Leaf): boolean =>
  leaf.kind === "string" &&
  isOneLine(leaf, MAX_TITLE_LENGTH) &&
  // A sentence with links in it, ready to be shown, is no name.
  !leaf.samples.some((text) => /\]\((https?:|mailto:)/.test(text)) &&
  !isAddress(leaf) &&
  !isMachine(leaf);

export const isSure = (leaf: Leaf): boolean => leaf.optional.length === 0;

/** A field that is in every payload. */
export const sure = (leaf: Leaf | undefined): Leaf | undefined =>
  leaf && isSure(leaf) ? leaf : undefined;

/** What an object's key says that it is. */
export type Role = "actor" | "recipient" | "group" | "remark" | "machinery" | "aspect" | "thing";

export function roleOf(key: string): Role {
  if (vocabulary.recipients.test(key)) return "recipient";
  if (vocabulary.actors.includes(key) || /_(by|user|author)$/.test(key)) return "actor";
  if (vocabulary.machinery.has(key)) return "machinery";
  if (vocabulary.groups.includes(key)) return "group";
  const isRemark = key.split("_").some((word) => vocabulary.remarks.includes(word));
  if (isRemark && !key.endsWith("_request")) return "remark";
  // From where to where something went.
  if (/^(dest|destination|source|target)_/.test(key)) return "aspect";
  return vocabulary.aspects.has(key) ? "aspect" : "thing";
}

/** The payload itself and its envelopes. */
export const outer = (things: readonly Thing[]): Thing[] =>
  things.filter(({ way }) => way.length === 0);

/** What is found among the fields that are always there, else among all. */
export function surest<T>(find: (fits: (leaf: Leaf) => boolean) => T | undefined): T | undefined {
  return find(isSure) ?? find(() => true);
}

/** What is found in the first of some things that has it. */
export function firstOf<T>(
  things: readonly (Thing | undefined)[],
  find: (thing: Thing) => T | undefined,
): T | undefined {
  for (const thing of things) {
    const found = thing && find(thing);
    if (found !== undefined) return found;
  }
  return undefined;
}
