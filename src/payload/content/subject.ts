/** Which object of a payload an event is about. */
import { singular, spelledOut } from "../english.ts";
import type { Leaf } from "../leaves.ts";
import * as vocabulary from "../vocabulary.ts";
import { hasNamed, isAnnouncement, tellsEvent } from "./announced.ts";
import { numberOf } from "./number.ts";
import { namesOf } from "./people.ts";
import { linkOf } from "./places.ts";
import { isRun, stateOf } from "./states.ts";
import { isOneLine, isSure, isTitle, roleOf, type Thing } from "./things.ts";

/** What an event is about. */
export interface Subject {
  readonly thing: Thing;
  /** What it is called, such as `pull request`; undefined when only the event's name can tell. */
  readonly noun: string | undefined;
  readonly title?: Leaf;
  /** What stands in its place in payloads that lack it. */
  readonly otherTitle?: Leaf;
  /** The family name, where the title is a person's given name. */
  readonly surname?: Leaf;
  readonly number?: Leaf;
  /** Whether the event's name speaks of it. */
  readonly said: boolean;
}

/**
 * Chooses what an event is about.
 * @param hints Words of the event's name, such as `pull`, `request`, `opened`.
 * @param verb What happened, such as `opened`.
 */
export function findSubject(
  things: readonly Thing[],
  hints: readonly string[],
  verb?: string,
): Subject | undefined {
  let best: Subject | undefined;
  let lowest = Number.POSITIVE_INFINITY;
  const run = hints.length === 0 && verb === undefined && things.some(isRun);
  for (const thing of things) {
    const words = saidWords(thing, hints);
    const type = typeOf(thing, hints);
    const isPerson = thing.way.length === 0 && roleOf(singular(hints.at(-1) ?? "")) === "actor";
    const isSaid = words > 0 || type !== undefined;
    const [title, surname] = titlesOf(thing, isSaid || isPerson, verb, hints);
    const number = numberOf(thing, title, hints);
    // What says only of which type its resource is, is not the resource.
    const isIt = (title ?? number) !== undefined || !things.some(({ key }) => key === "resource");
    const said = words || (type !== undefined && isIt ? 1 : 0);
    const likely = rankOf(thing, title, number, said);
    if (likely === undefined) continue;
    // A name around what runs is the project's.
    const rank = likely + (run && thing.path.length === 0 && title?.key === "name" ? 60 : 0);
    if (rank >= lowest) continue;
    lowest = rank;
    const otherTitle = title && otherTitleOf(thing, title);
    best = {
      thing,
      noun: nounOf(thing) ?? type,
      said: said > 0 || thing.way.length === 0,
      ...(title && { title }),
      ...(otherTitle && { otherTitle }),
      ...(surname && { surname }),
      ...(number && { number }),
    };
  }
  return best;
}

/** What a thing says that it is, where its key does not and the event's name says it too. */
function typeOf(thing: Thing, hints: readonly string[]): string | undefined {
  if (thing.isSpread || nounOf(thing) !== undefined) return undefined;
  const isSaid = ({ kind, samples }: Leaf): boolean =>
    kind === "string" && samples.every((text) => text === samples[0] && hints.includes(text));
  const type = thing.first(["type", "object", "kind", "resource_type"], isSaid)?.samples[0];
  return type === undefined ? undefined : singular(type);
}

/** How many words of a thing's key the event's name has; none unless it has all of them. */
function saidWords({ way, key: last }: Thing, hints: readonly string[]): number {
  // In `payment: {entity: {…}}` the entity is the payment.
  const key = vocabulary.envelopes.has(last) ? (way.at(-1) ?? last) : last;
  const words = way.length === 0 ? [] : spelledOut(key).split(" ").map(singular);
  const hinted = hints.map(singular);
  // A name such as "repository status" is about the status.
  if (/group|actor|aspect/.test(roleOf(key)) && words.at(-1) !== hinted.at(-1)) return 0;
  return words.every((word) => hinted.includes(word)) ? words.length : 0;
}

/** The lower, the likelier; undefined for what an event is not about. */
function rankOf(
  thing: Thing,
  title: Leaf | undefined,
  number: Leaf | undefined,
  said: number,
): number | undefined {
  const { way, path, isSpread, fieldCount } = thing;
  const roles = way.map(roleOf);
  const role = roles.at(-1) ?? "thing";
  const isEnvelope = way.length === 0 && path.length > 0;
  const inOther = roles
    .slice(0, -1)
    .some((above) => /actor|group|recipient|aspect|machinery/.test(above));
  if (role === "machinery" || role === "recipient" || (inOther && said === 0)) return undefined;
  // A program that somebody used.
  if (/^(client|os|browser|device)(_info)?$/.test(thing.key) && thing.get("family"))
    return undefined;
  if (role === "remark" && (!title || said === 0)) return undefined;
  if (role === "actor" && said === 0) return undefined;
  const named = title ?? number;
  // An envelope with nothing of its own only holds another.
  const mayBeIt = isEnvelope && thing.own().length > 0;
  // What has a page of its own is a thing, if nothing else is.
  const isShown = role === "thing" && way.length === 1 && !isVague(thing.key) && hasPage(thing);
  if (!named && said === 0 && !mayBeIt && !isShown) return undefined;
  const isPlainName = title !== undefined && /^(name|slug|label|key)$/.test(title.key);
  const penalty = {
    group: 45,
    actor: 55,
    aspect: 70,
    remark: 0,
    machinery: 0,
    recipient: 0,
    thing: 0,
  }[role];
  return (
    way.length * 20 -
    said * 60 +
    (title ? 0 : number ? 25 : 45) +
    (role === "aspect" && said > 0 ? 0 : penalty) +
    (way.length > 0 && said === 0 && isPlainName ? 30 : 0) +
    (isSpread ? (role !== "aspect" && (said > 0 || fieldCount > 3) ? -25 : 30) : 0) +
    (path.length === 0 ? 12 : isEnvelope ? -path.length : 0) +
    (title && isLoose(title) ? 20 : 0) +
    (named || way.length === 0 || thing.own().length > 1 ? 0 : 20) +
    (named && !isSure(named) ? 30 : 0)
  );
}

/** An address of e-mail is the name of a person, but not of a payment. */
const isOwnName = ({ key }: Leaf, { way }: Thing, hints: readonly string[]): boolean =>
  !key.startsWith("email") ||
  [way.at(-1) ?? "", singular(hints.at(-1) ?? "")].some(
    (word) => /actor|recipient/.test(roleOf(word)) || addressed.test(word),
  );

/** Who and what is known by an address. */
const addressed =
  /^(lead|prospect|candidate|applicant|visitor|guest|profile|account|signer|attendee|student|learner|participant|invitee|invitation|e?mail|message|address)$/;

const hasPage = (thing: Thing): boolean => {
  const link = linkOf(thing);
  return link !== undefined && isSure(link);
};

/** Of a person the name says more than a title such as `Engineer`. */
const isPerson = (thing: Thing): boolean =>
  thing.first(vocabulary.givenNames) !== undefined &&
  thing.first(vocabulary.familyNames) !== undefined;

const isLoose = ({ key }: Leaf): boolean =>
  !vocabulary.titles.includes(key) || /^(message|context|identifier|label|alias|slug)$/.test(key);

/** Keys of what is a title and nothing else, even where some payloads lack it. */
const properTitles = ["title", "subject", "headline", "topic"];

/** What is watched is called by its address. */
const watched = /^(check|monitor|site|website|endpoint|probe)$/;

/** The title, or the two names of a person. */
function titlesOf(
  thing: Thing,
  said: boolean,
  verb: string | undefined,
  hints: readonly string[],
): readonly Leaf[] {
  const state = stateOf(thing)?.samples.map((text) => text.toLowerCase());
  // A title that tells the state makes a new topic whenever that changes.
  const tellsState = ({ samples }: Leaf): boolean =>
    state !== undefined &&
    samples.every((text, index) => text.toLowerCase().includes(state[index] ?? "\n"));
  const words = verb === undefined ? hints : [...hints, verb];
  const fits = (leaf: Leaf): boolean =>
    isTitle(leaf) &&
    !saysLittle(leaf) &&
    !tellsEvent(leaf, verb, hints) &&
    !isAnnouncement(leaf, thing, words);
  const { titles } = vocabulary;
  const names =
    (said && roleOf(thing.key) !== "remark") || isPerson(thing)
      ? namesOf(thing).filter((name) => isSure(name) && isOwnName(name, thing, hints))
      : [];
  if (names.length === 2) return names;
  const known =
    thing.first(
      titles,
      (leaf) => fits(leaf) && isSure(leaf) && !tellsState(leaf) && !isLoose(leaf),
    ) ??
    thing.first(properTitles, fits) ??
    thing.first(titles, (leaf) => fits(leaf) && isSure(leaf)) ??
    thing.first(titles, fits);
  if (known) return [known];
  if (said && !watched.test(thing.key))
    return names.filter((name) => !tellsEvent(name, verb, hints));
  if (watched.test(thing.key)) {
    const address = thing.first(
      ["url", "host", "hostname"],
      (leaf) => isSure(leaf) && isOneLine(leaf, 100),
    );
    return address ? [address] : [];
  }
  const own = namedAfter(thing, hints);
  if (own) return [own];
  if (thing.way.length > 0) return [];
  const loose = thing
    .own()
    .find(
      ([name, leaf]) =>
        vocabulary.looseTitles.test(name) &&
        isTitle(leaf) &&
        roleOf(name.replace(/_(name|title)$/, "")) !== "group" &&
        !/event|hook|type|branch|property|field|attribute|column|setting|project|repo|user|author|sender|actor|customer|buyer|payer|contact|organization|account|city|country|region|company|browser|os_|domain|source|plan|server|version|continent|_by_/.test(
          name,
        ),
    );
  return loose ? [loose[1]] : [];
}

/** What a name such as `contact.propertyChange` says of the thing, which is not what it is about. */
const partOfThing = /^(property|field|attribute|column|setting|event|type|status|user|actor)$/;

/** The name of what the event's name speaks of, such as `stream_name` after `stream.started`. */
function namedAfter(thing: Thing, hints: readonly string[]): Leaf | undefined {
  const words = hints.map(singular).filter((word) => !partOfThing.test(word));
  const ends = ["name", "title", "subject", ...(hasNamed(thing) ? [] : ["message"])];
  const names = ends.flatMap((end) => words.map((word) => `${word}_${end}`));
  return thing.first(names, (leaf) => isSure(leaf) && isTitle(leaf));
}

/** A title that all payloads have which lack the first one, as some requests have a subject and others a topic. */
function otherTitleOf(thing: Thing, title: Leaf): Leaf | undefined {
  const isOwn = title.optional.length === 1 && title.optional[0]?.length === title.path.length;
  if (!isOwn) return undefined;
  const names = vocabulary.titles.filter((name) => !/^(message|context|slug|label)$/.test(name));
  return thing.first(
    names,
    (leaf) =>
      leaf !== title &&
      leaf.path.length === title.path.length &&
      isTitle(leaf) &&
      !saysLittle(leaf) &&
      fillsFor(leaf, title),
  );
}

/** Whether each payload has one of the two. */
const fillsFor = (leaf: Leaf, title: Leaf): boolean => isSure(leaf) || isOnlyElse(leaf, title);
const isOnlyElse = ({ owners = [] }: Leaf, title: Leaf): boolean =>
  (title.owners ?? []).every((has, index) => has || owners[index] === true);

/** Such as `EXPRESS_SAVER`, which stands for something. A path such as `main` under `label` is fine; a lone word under `message` is a state or an event. */
function saysLittle({ key, samples }: Leaf): boolean {
  const isCode = samples.every((text) => /^[A-Z]{2,}\d*(_[A-Z\d]{2,})+$/.test(text));
  const isLoneWord =
    /^(message|context|topic|trigger|identifier|slug|key)$/.test(key) &&
    samples.every((text) => !text.includes(" "));
  return isCode || isLoneWord;
}

/** Names that say nothing of what is in the object. */
const vague =
  /(^|_)(data|info|details?|msg|meta|metadata|annotations|labels|model|items?|entity|object|resource|payload|body|attributes|event|recording|status|result|response|params|properties|fields|context|content|common|summary|message|previous|current|before|after)$/;

/** Whether a key says nothing of what is in its object. */
export const isVague = (key: string): boolean => vague.test(key);

function nounOf({ way }: Thing): string | undefined {
  const key = way.at(-1) ?? "";
  if (vague.test(key) || !/^[a-z]+(_[a-z]+){0,2}$/.test(key)) return undefined;
  const words = spelledOut(key).split(" ");
  return [...words.slice(0, -1), singular(words.at(-1) ?? "")].join(" ");
}
