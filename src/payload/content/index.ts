/** What a payload tells: who did what to which thing, where it is, and how it went. */
import type { JsonValue } from "../json.ts";
import { isBelow, type Leaf } from "../leaves.ts";
import * as vocabulary from "../vocabulary.ts";
import { type Change, changesIn } from "./changes.ts";
import {
  branchesOf,
  branchOf,
  commitOf,
  detailsOf,
  type Fact,
  formerStateOf,
  type Money,
  moneyOf,
  stateOf,
  textOf,
  unclearMoneyOf,
} from "./facts.ts";
import { findList, type ItemList } from "./lists.ts";
import { othersOf } from "./others.ts";
import { findActor } from "./people.ts";
import { apiLinkOf, findGroup, type Group, linkFor, linkOf, pagesOf } from "./places.ts";
import { remarkIn } from "./remark.ts";
import { findSubject, type Subject } from "./subject.ts";
import { isLabel, isSure, outer, roleOf, type Thing, thingsIn } from "./things.ts";

export type { Change } from "./changes.ts";
export { type Fact, type Money, wholeCurrencies } from "./facts.ts";
export type { Item, ItemList } from "./lists.ts";
export type { Group } from "./places.ts";

/** The fields worth showing. Any may be missing from the payloads of a kind, unless it says otherwise. */
export interface EventContent {
  /** What the event is about, such as `pull request`. */
  readonly noun?: string;
  /** In every payload. */
  readonly title?: Leaf;
  /** The family name, where the title is a person's given name. */
  readonly surname?: Leaf;
  /** Whether the event's name speaks of the thing with this title; if not, it is what the event's thing is at. */
  readonly said: boolean;
  readonly number?: Leaf;
  readonly link?: Leaf;
  /** Where no address leads to a page: that of the thing in an API, from which the page's can be made. */
  readonly apiLink?: Leaf;
  /** One field, or two with the given and the family name. In every payload. */
  readonly actor: readonly Leaf[];
  /** The page of the actor. */
  readonly actorLink?: Leaf;
  /** Who made the thing, where nobody is known who did what happened now. As `actor`. */
  readonly author?: readonly Leaf[];
  /** What the actor did, such as `opened`. In every payload. */
  readonly action?: Leaf;
  readonly state?: Leaf;
  /** The state before. In every payload. */
  readonly formerState?: Leaf;
  /** What somebody said about the thing. */
  readonly remark?: { readonly text?: Leaf; readonly link?: Leaf };
  /** Longer text of the thing, to be quoted. */
  readonly text?: Leaf;
  readonly group?: Group;
  readonly branch?: Leaf;
  /** The branches of a request to merge. */
  readonly branches?: { readonly source: Leaf; readonly target: Leaf };
  readonly money?: Money;
  readonly details: readonly Fact[];
  readonly changes: readonly Change[];
  readonly list?: ItemList;
  /** The commit that a branch is at after a push, where some payloads say by zeros that it is gone. */
  readonly pushed?: Leaf;
  /** The page that shows what a push brought. */
  readonly comparison?: Leaf;
}

/** What the event's name says. */
export interface Hints {
  /** Its words, such as `pull`, `request`. */
  readonly words: readonly string[];
  /** Whether the action may be the making of the thing; undefined when the name does not say. */
  readonly making: boolean | undefined;
  /** What happened, in the past form, where the name says it. */
  readonly verb?: string | undefined;
}

/**
 * Reads what payloads of one kind tell.
 * @param leaves Their fields.
 * @param values The payloads.
 */
export function findContent(
  leaves: readonly Leaf[],
  values: readonly JsonValue[],
  hints: Hints,
): EventContent {
  const things = thingsIn(leaves);
  const subject = certain(findSubject(things, hints.words, hints.verb));
  const thing = subject?.thing;
  // A name that says what happened says it best, unless it says no more than that something did.
  const isTold = hints.verb !== undefined && !/^(updat|edit|chang|modif|happen)/.test(hints.verb);
  const action = isTold ? undefined : actionIn(things, thing);
  const making = hints.making ?? (action ? action.samples.every(isMaking) : true);
  const remark = remarkIn(things, thing, hints.words);
  const group = findGroup(things, thing);
  const title = subject?.title;
  const number = sure(subject?.number);
  const place = thing ?? things[0];
  const state = firstOf([place, ...((place?.way.length ?? 0) <= 1 ? outer(things) : [])], stateOf);
  const used = new Set(
    [title, number, action, state, group?.name].filter((leaf) => leaf !== undefined),
  );
  const text =
    place && !remark
      ? firstOf([place, ...outer(things)], (holder) => textOf(holder, used))
      : undefined;
  const link = place && (remark ? linkOf(place) : linkFor(place, things));
  const money = firstOf([place, ...outer(things), ...inner(things)], moneyOf);
  const branches = thing && branchesOf(thing);
  const branch = branches
    ? undefined
    : firstOf([place, ...outer(things), ...runs(things)], branchOf);
  const changes = changesIn(things, thing);
  const isNamed = title !== undefined || number !== undefined;
  const list =
    findList(values, isNamed || hints.words.length > 1) ??
    (isNamed || text ? undefined : findList(values, "any"));
  for (const leaf of [text, branch, money?.currency, money?.amount]) if (leaf) used.add(leaf);
  const isPush = hints.words.some((word) => /^push(ed)?$/.test(word));
  const commit =
    place && !isPush && !/commit/.test(subject?.noun ?? "") && !remark
      ? commitOf(place, things)
      : undefined;
  if (commit) used.add(commit.leaf);
  const holder = money
    ? undefined
    : [place, ...outer(things)].find((one) => one && unclearMoneyOf(one).length > 0);
  const sum = holder ? unclearMoneyOf(holder) : [];
  for (const { leaf } of sum) used.add(leaf);
  const known = [
    ...sum,
    ...(commit ? [commit] : []),
    ...(place ? detailsOf(place, things, used) : []),
  ];
  const notItself = (people: readonly Leaf[]): readonly Leaf[] =>
    people.some((name) => isSame(name, title)) ? [] : people;
  const actor = notItself(findActor(things, thing, making || remark !== undefined));
  const author = actor.length === 0 && !making ? notItself(findActor(things, thing, true)) : [];
  const formerState =
    state &&
    firstOf(
      things.filter(({ way }) => way.length <= 1),
      formerStateOf,
    );
  const people = [...actor, ...author];
  const told = [
    ...used,
    ...people,
    ...known.map(({ leaf }) => leaf),
    remark?.text,
    subject?.surname,
    link,
  ];
  for (const { before, after } of changes) told.push(before, after);
  told.push(branches?.source, branches?.target, formerState);
  const isThere = (leaf: Leaf | undefined): leaf is Leaf => leaf !== undefined;
  const others =
    place && !remark ? othersOf(place, things, told.filter(isThere), MAX_FACTS - known.length) : [];
  const details = [...known, ...others];
  const actorPage = linkOfPerson(actor, things);
  const addresses = [
    link,
    actorPage,
    group?.link,
    remark?.link,
    ...details.map((fact) => fact.link),
  ];
  const addressesTold = new Set(addresses.flatMap((leaf) => leaf?.samples.join() ?? []));
  if (place && !remark) {
    const otherRuns = runs(things).filter((thing) => thing !== place);
    for (const [label, leaf] of pagesOf([place, ...outer(things), ...otherRuns], addressesTold))
      details.push({ label, leaf, meaning: "page" });
  }
  return defined({
    noun: subject?.noun,
    title,
    surname: title && sure(subject?.surname),
    said: subject?.said ?? false,
    number,
    link,
    apiLink: thing && !link && number ? apiLinkOf(thing, number) : undefined,
    actor,
    actorLink: actorPage,
    author: author.length > 0 ? author : undefined,
    action,
    state: state === title ? undefined : state,
    formerState,
    remark,
    text,
    group,
    branch,
    branches,
    money,
    details,
    changes,
    list,
    comparison: outer(things).flatMap(
      (thing) => thing.first(vocabulary.comparisons, isPage) ?? [],
    )[0],
    pushed: outer(things).flatMap((thing) => thing.first(["after"], isGoneSometimes) ?? [])[0],
  });
}

const isGoneSometimes = (leaf: Leaf): boolean =>
  isSure(leaf) && leaf.kind === "string" && leaf.samples.some((text) => /^0{40,64}$/.test(text));

const isPage = ({ samples }: Leaf): boolean =>
  samples.every((text) => /^https?:\/\/[^\s()[\]<>]+$/.test(text));

/** The page of somebody with one name. */
function linkOfPerson([name, family]: readonly Leaf[], things: readonly Thing[]): Leaf | undefined {
  if (!name || family) return undefined;
  const person = things.find(
    ({ path, key }) =>
      roleOf(key) === "actor" && path.length === name.path.length - 1 && isBelow(name.path, path),
  );
  return person && linkOf(person);
}

/** Facts that stand below a sentence. */
const MAX_FACTS = 8;

/** Nobody does something to themselves. */
const isSame = (a: Leaf, b: Leaf | undefined): boolean =>
  b !== undefined && a.samples.join("\n") === b.samples.join("\n");

/** Without a thing that is known only by its key, and missing in some payloads. */
function certain(subject: Subject | undefined): Subject | undefined {
  const leaves = [subject?.title, subject?.number].filter((leaf) => leaf !== undefined);
  if (!subject || subject.said) return subject;
  const isRoot = subject.thing.way.length === 0;
  if (leaves.length > 0 && !leaves.some(isSure) && !isRoot) return undefined;
  // What everything belongs to is told as that.
  if (roleOf(subject.thing.key) === "group" && subject.thing.way.length > 0) return undefined;
  return subject;
}

const sure = (leaf: Leaf | undefined): Leaf | undefined =>
  leaf && isSure(leaf) ? leaf : undefined;

function firstOf<T>(
  things: readonly (Thing | undefined)[],
  find: (thing: Thing) => T | undefined,
): T | undefined {
  for (const thing of things) {
    const found = thing && find(thing);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The things right below them. */
const inner = (things: readonly Thing[]): Thing[] =>
  things.filter(({ way, key }) => way.length === 1 && roleOf(key) === "thing");
/** What a job may have been a part of. */
const runs = (things: readonly Thing[]): Thing[] =>
  things.filter(
    ({ way, key }) => way.length === 1 && (vocabulary.runs.test(key) || /^(vcs|commit)$/.test(key)),
  );

function actionIn(things: readonly Thing[], subject: Thing | undefined): Leaf | undefined {
  const fits = (leaf: Leaf): boolean =>
    isSure(leaf) &&
    isLabel(leaf) &&
    leaf.samples.every((text) => /^[A-Za-z]+([ _-][A-Za-z]+){0,3}$/.test(text));
  return firstOf([...outer(things), subject], (thing) => thing.first(vocabulary.actions, fits));
}

/** Whether a word says that something was made, so that who made it did it. */
export function isMaking(word: string): boolean {
  return /^(creat|open|add|submit|publish|push|post|comment|repl|sent|send|new|start|request|propos|sign|order|paid|upload|trigger|fork|log|record|receiv|invit)/i.test(
    word,
  );
}

/** Without the fields that are undefined. */
function defined<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}
