/** Facts that nothing in the vocabulary asks for: what else a payload names, and its short values. */
import type { Leaf } from "../leaves.ts";
import * as vocabulary from "../vocabulary.ts";
import { isAnnouncement } from "./announced.ts";
import { dullness, isDefault, isSurroundings, isTechnical, saysItAgain } from "./dull.ts";
import { type Fact, isFact, isMarkup, isMeasure, labelOf, meaningOf } from "./facts.ts";
import { isUntold } from "./machine-keys.ts";
import { isCurrency, isUnclearSum } from "./money.ts";
import { isBystander, namesOf } from "./people.ts";
import { linkOf } from "./places.ts";
import { isLabel, isMachine, isOneLine, isTime, roleOf, type Thing } from "./things.ts";

/** Facts that stand below a sentence. */
const MAX_FACTS = 5;
/** What somebody filled in is what the message is about. */
const MAX_ANSWERS = 10;
/** How many facts may stand below the sentence of an event whose name has these words, or which is a form itself. */
export const mostFacts = (said: readonly string[], leaves: readonly Leaf[]): number =>
  leaves.some(isFormField) ||
  said.some((word) => /^(responses?|submissions?|forms?|surveys?|answers?)$/.test(word))
    ? MAX_ANSWERS
    : MAX_FACTS;

/** Whether it is an answer in a list of its own. */
const isFormField = ({ isWrapped, path }: Leaf): boolean => isWrapped === true && path.at(-1) === 0;
const MAX_THINGS = 3;
const MAX_DEPTH = 2;

/**
 * A few more facts: the names of other things first, then short values of the event's thing and of the payload.
 * @param told Fields that the message shows already.
 * @param room How many more there may be.
 * @param said The words of the event's name.
 */
export function othersOf(
  place: Thing,
  things: readonly Thing[],
  told: readonly Leaf[],
  room: number,
  said: readonly string[],
): Fact[] {
  const most = Math.max(room, 0);
  const facts = new OtherFacts(told);
  for (const thing of thingsToName(place, things, told)) {
    const [leaf, second] = namesIn(thing);
    facts.offer(labelFor(thing), leaf, Math.min(most, MAX_THINGS), thing, second);
  }
  for (const { thing, key, leaf } of fieldsOf(place, things))
    if (isReference(key, leaf) || isReadable(key, leaf)) {
      const noun = key.replace("_id", "");
      if (noun !== place.key) facts.offer(noun, leaf, most);
    } else if (isToldOf(thing, key, leaf, told) && !saysNothingNew(thing, leaf, said, told))
      facts.offer(withoutPrefix(key, thing).replace(/_formatted$|^formatted_/, ""), leaf, most);
  const { found } = facts;
  return found.filter(({ leaf }) => !found.some((fact) => isSameSum(fact.leaf, leaf)));
}

/** Whether it is a sentence that repeats the message, or that all events of the kind have. */
const saysNothingNew = (
  thing: Thing,
  leaf: Leaf,
  said: readonly string[],
  told: readonly Leaf[],
): boolean =>
  saysItAgain(leaf, said, told) ||
  (isAnnouncement(leaf, thing, said) && leaf.samples.every((text) => text.split(" ").length < 5));

/** Collects facts, of which none says what another one does. */
class OtherFacts {
  readonly found: Fact[] = [];
  readonly #told: readonly Leaf[];
  readonly #texts: Set<string>;
  readonly #paths: ReadonlySet<string>;

  constructor(told: readonly Leaf[]) {
    this.#told = told;
    this.#texts = new Set(told.map(textsOf));
    this.#paths = new Set(told.map(({ path }) => JSON.stringify(path)));
  }

  /**
   * @param limit How many facts there may be with this one.
   * @param thing What the field names, where it is a name.
   * @param second The second part of a value.
   */
  offer(key: string, leaf: Leaf | undefined, limit: number, thing?: Thing, second?: Leaf): void {
    if (!leaf || this.found.length >= limit || this.#texts.has(textsOf(leaf))) return;
    if (this.#told.some((other) => holds(other, leaf) || isSameSum(other, leaf))) return;
    const isTaken = (name: string): boolean => this.found.some((fact) => fact.label === name);
    // What another object says under the same key is said with the object's name.
    const label = isTaken(key) && leaf.parent !== "" ? `${leaf.parent}_${key}` : key;
    const meaning = meaningOf(label, leaf);
    if (isTaken(label) || meaning === "duration") return;
    this.#texts.add(textsOf(leaf));
    // A number of which nobody knows that it is whole may come as 183.5 the next time.
    const isExact = meaning !== undefined && !isMeasure(meaning);
    const link = thing && leaf.kind === "string" ? linkOf(thing) : undefined;
    const isOther = link && !this.#paths.has(JSON.stringify(link.path));
    this.found.push({
      label: labelOf(label, meaning ?? "text"),
      leaf: leaf.kind === "integer" && !isExact ? { ...leaf, kind: "number" } : leaf,
      meaning: meaning ?? "text",
      ...(isOther && { link }),
      ...(second && { second }),
    });
  }
}

/** Things whose name is a fact. */
function thingsToName(place: Thing, things: readonly Thing[], told: readonly Leaf[]): Thing[] {
  // Who has one of their names told needs no other.
  const named = new Set(told.map(({ path }) => JSON.stringify(path.slice(0, -1))));
  const isSomebodyTold = told.some(({ parent }) => roleOf(parent) === "actor");
  const isMaker = ({ key }: Thing): boolean =>
    isSomebodyTold && roleOf(key) === "actor" && !isBystander(key);
  return things.filter(
    (thing) =>
      !named.has(JSON.stringify(thing.path)) && !isMaker(thing) && isWorthNaming(thing, place),
  );
}

/** The values that may be facts, those worth telling first. */
function fieldsOf(
  place: Thing,
  things: readonly Thing[],
): { thing: Thing; key: string; leaf: Leaf }[] {
  const outer = things.filter((thing) => thing.way.length === 0 && thing !== place);
  // An object without a name has only its values to tell.
  const unnamed = things.filter(
    (thing) => isWorthNaming(thing, place) && !nameIn(thing) && isPlain(thing),
  );
  const fields = [place, ...outer, ...unnamed].flatMap((thing) =>
    thing.own().map(([key, leaf]) => ({ thing, key, leaf })),
  );
  // Sorting keeps the order of those that are worth the same.
  return fields.sort((a, b) => dullness(a.key, a.leaf) - dullness(b.key, b.leaf));
}

function isToldOf(thing: Thing, key: string, leaf: Leaf, told: readonly Leaf[]): boolean {
  // Beside the sum that was paid, parts of it without their currency only puzzle.
  const isPaid = told.some((other) => vocabulary.currencies.includes(other.key));
  return (
    isWorthTelling(key, leaf) &&
    !isUnclearSum(thing, key, leaf) &&
    !isOfLabel(thing, key, leaf) &&
    !(isPaid && isPartOfSum(key, leaf))
  );
}

/** Whether a field says all that another one does, as a whole name does of a first name. */
const holds = (whole: Leaf, part: Leaf): boolean =>
  part.kind === "string" &&
  whole.samples.length === part.samples.length &&
  part.samples.every(
    (text, at) =>
      text.length > 1 && ` ${whole.samples[at]} `.toLowerCase().includes(` ${text.toLowerCase()} `),
  );

/** Whether the text that a number stands for is told beside it. */
const isOfLabel = (thing: Thing, key: string, { kind }: Leaf): boolean =>
  kind !== "string" && thing.first([`${key}_label`, `${key}_name`, `${key}_text`]) !== undefined;

const isPartOfSum = (key: string, { samples }: Leaf): boolean =>
  /(^|_)(sub_?total|total|net|gross|price|tax|shipping|discount|cost)s?(_amount)?$/.test(key) &&
  samples.every((text) => /^-?\d+([.,]\d+)?$/.test(text));

/** Whether a text says a number with marks between its digits. */
const isSameSum = (text: Leaf, number: Leaf): boolean =>
  number.kind !== "string" &&
  text.kind === "string" &&
  number.samples.every(
    (sample, at) => /^\d{3,}/.test(sample) && text.samples[at]?.replace(/\D/g, "") === sample,
  );

const MIN_SHARED = 4;

/** A key without the letters that many keys beside it start with, as those that a service sets itself do. */
function withoutPrefix(key: string, thing: Thing): string {
  const [, prefix, rest = key] = /^([a-z]{2,3})_(.{3,})$/.exec(key) ?? [];
  if (prefix === undefined || /^(is|has|to|no|on|in|my|new|old|due|max|min|net|tax)$/.test(prefix))
    return key;
  const sharing = thing.own().filter(([name]) => name.startsWith(`${prefix}_`));
  return sharing.length >= MIN_SHARED && !thing.get(rest) ? rest : key;
}

const isPlain = ({ way, key }: Thing): boolean =>
  way.length === 1 && (roleOf(key) === "thing" || isMeans(key));

/** What something was paid with. */
const isMeans = (key: string): boolean => /^(source|card|payment_(method|source))$/.test(key);

/** What was found out about a payment before it was accepted. */
const checks = /^(3ds|three_ds?\w*|risk|processing|authentication)$/;

/** The name in `payer: {name: {…}}` is the payer's. */
const labelFor = (thing: Thing): string =>
  (thing.key === "name" && !isFilledIn(thing) && thing.way.at(-2)) || thing.key;

/** Whether it is what somebody filled in, with what that is called. */
const isFilledIn = (thing: Thing): boolean =>
  thing.get("label") !== undefined && thing.get("value")?.kind === "string";

/** The name of a thing, and what stands behind it. */
function namesIn(thing: Thing): readonly (Leaf | undefined)[] {
  const name = nameIn(thing);
  const currency = thing.first(vocabulary.currencies, isCurrency);
  if (name?.key === "value" && currency) return [name, currency];
  const [given, family] = name ? [] : namesOf(thing);
  return given && family ? [given, family] : [name];
}

const textsOf = ({ samples }: Leaf): string => samples.join("\n").toLowerCase();

function isWorthNaming(thing: Thing, place: Thing): boolean {
  const { way, key } = thing;
  if (way.length === 0 || way.length > MAX_DEPTH || thing === place || isUntold(key)) return false;
  if (
    isSurroundings(key) ||
    checks.test(key) ||
    /^(before|after|old|new|from|to|previous)$/.test(key)
  )
    return false;
  return way.every((step) => !/machinery|remark/.test(roleOf(step)));
}

function nameIn(thing: Thing): Leaf | undefined {
  const isName = (leaf: Leaf): boolean => isLabel(leaf) && !isEmail(leaf);
  if (/actor|recipient/.test(roleOf(thing.key)) || thing.first(vocabulary.familyNames, isName)) {
    const [name, family] = namesOf(thing);
    return name && !family && isName(name) ? name : undefined;
  }
  if (isFilledIn(thing)) return thing.first(["value"], isName);
  const name = thing.first([...vocabulary.thingNames, "value", "number"], isName);
  // Nobody filled it in.
  return name?.key === "label" && thing.own().length === 1 ? undefined : name;
}

/** Addresses of people are not for everybody. */
const isEmail = ({ samples }: Leaf): boolean =>
  samples.some((text) => /\S@\S{1,255}\.\S/.test(text));

/** A host under a key such as `monitor_url` is no address, and a topic in words no event's name. */
const isTextAfterAll = (key: string, { samples }: Leaf): boolean =>
  /_url$/.test(key)
    ? samples.every((text) => !text.includes("/") && text.includes("."))
    : key === "topic" && samples.every((text) => text.trim().includes(" "));

/** What people call an order or a ticket by, where its identifier is short enough. */
const isReference = (key: string, leaf: Leaf): boolean =>
  /^(order|ticket|issue|invoice)_id$/.test(key) &&
  isOneLine(leaf, 8) &&
  leaf.samples.every((text) => /^\d+$/.test(text));

/** What has an identifier that people can read, such as `basic-monthly`. */
const isReadable = (key: string, { samples }: Leaf): boolean =>
  /^(plan|product|package|offer|price|entitlement|tier|app|service|environment|pipeline|workflow|flow|job|stage|queue|model|region|cluster|feature|flag)_id$/.test(
    key,
  ) && samples.every((text) => /^[a-z]{3,}([-_.][a-z]+)+$/.test(text) && text.length <= 40);

/** From where on the internet somebody came; of a machine it is worth knowing. */
const isSomebodysAddress = (key: string, { parent, samples }: Leaf): boolean =>
  (ofSomebody.test(key) || roleOf(parent) === "actor") && samples.every((text) => ip.test(text));
const ip = /^\d{1,3}(\.\d{1,3}){3}$|^[\da-f]{0,4}(:[\da-f]{0,4}){2,7}$/i;
const ofSomebody =
  /(^|_)(public|user|client|login|sign_?in|sign_?up|visitor|viewer|customer|member|player|session|browser|actor|caller)_(ip|ip_?addr(ess)?|address)$|^remote_addr$/;

const isPhone = (text: string): boolean => /^\+?[\d ()-]{8,}$/.test(text);

const toldAfterAll = /^(response_time|(\w+_)?(bytes|kb|mb|gb))$/;

function isWorthTelling(key: string, leaf: Leaf): boolean {
  // A number that stands for a label tells nobody which.
  if (key === "label" && leaf.kind !== "string" && leaf.kind !== "texts") return false;
  if (
    (isUntold(key) && !toldAfterAll.test(key) && !isTextAfterAll(key, leaf)) ||
    (vocabulary.numbers.includes(key) &&
      !key.endsWith("reference") &&
      !leaf.samples.every((text) => /\S \S/.test(text))) ||
    !isFact(leaf) ||
    isMarkup(leaf) ||
    isEmail(leaf)
  )
    return false;
  if (leaf.samples.every((text) => /^[^\s_]*_\S*\d{3}/.test(text))) return false;
  if (/^(contact|mobile|msisdn)/.test(key) && leaf.samples.every(isPhone)) return false;
  if (isMachine(leaf) || leaf.samples.every(isTime) || isSomebodysAddress(key, leaf)) return false;
  if (isDefault(leaf) || isTechnical(key, leaf)) return false;
  return (
    leaf.kind === "string" ||
    leaf.kind === "texts" ||
    leaf.samples.every((text) => text.length <= 7)
  );
}
