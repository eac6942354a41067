/** What a payload tells: who did what to which thing, where it is, and how it went. */
import type { JsonPath, JsonValue } from "../json.ts";
import { isBelow, type Leaf } from "../leaves.ts";
import * as vocabulary from "../vocabulary.ts";
import { changesIn } from "./changes.ts";
import {
  branchesOf,
  branchOf,
  commitOf,
  detailsOf,
  type Fact,
  flatCommitIn,
  textOf,
} from "./facts.ts";
import { latestNoteIn, pushedRefIn } from "./first-items.ts";
import { flagFacts } from "./flags.ts";
import { leadOf } from "./lead.ts";
import type { ItemList } from "./lists.ts";
import { findList, findPairs } from "./lists.ts";
import { addresseeOf, mailIn } from "./mail.ts";
import type { EventContent, Hints } from "./model.ts";
import { moneyOf, unclearMoneyOf } from "./money.ts";
import { actionDetails, inner, runs, totals, verdicts } from "./nearby.ts";
import { mostFacts, othersOf } from "./others.ts";
import { findActor } from "./people.ts";
import { apiLinkOf, findGroup, linkFor, linkOf, onlyPageIn, pagesOf } from "./places.ts";
import { remarkedOn, remarkIn } from "./remark.ts";
import { formerStateOf, stateOfAny } from "./states.ts";
import { findSubject, type Subject } from "./subject.ts";
import { isLabel, isSure, outer, roleOf, type Thing, thingsIn } from "./things.ts";
import { nounOfTitle, steadyTitleOf } from "./titles.ts";

export { countsCents } from "./cents.ts";
export type { Change } from "./changes.ts";
export type { Fact } from "./facts.ts";
export type { Item } from "./items.ts";
export type { ItemList } from "./lists.ts";
export type { EventContent, Hints } from "./model.ts";
export { type Money, wholeCurrencies } from "./money.ts";
export type { Group } from "./places.ts";

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
  const found = certain(findSubject(things, hints.words, hints.verb));
  const remarked = remarkedOn(found, hints.words);
  const subject = remarked?.subject ?? found;
  const thing = subject?.thing;
  // A name that says what happened says it best, unless it says no more than that something did.
  const isTold = hints.verb !== undefined && !/^(updat|edit|chang|modif|happen)/.test(hints.verb);
  const action = isTold ? undefined : actionIn(things, thing);
  const making = hints.making ?? (action ? action.samples.every(isMaking) : true);
  const remark: EventContent["remark"] = remarked?.remark ?? remarkIn(things, thing, hints.words);
  const group = findGroup(things, thing);
  const mail = mailIn(things, hints);
  const title = mail ?? subject?.title;
  const number = isUnnumbered(hints) && !title ? undefined : sure(subject?.number);
  const place = thing ?? things[0];
  const state = stateOfAny([place, ...((place?.way.length ?? 0) <= 1 ? outer(things) : [])]);
  const used = new Set(
    [title, number, action, state, group?.name].filter((leaf) => leaf !== undefined),
  );
  const text =
    place && !remark
      ? (firstOf([...verdicts(things, hints), place, ...outer(things)], (holder) =>
          textOf(holder, used, [...hints.words, hints.verb ?? ""]),
        ) ?? latestNoteIn(values))
      : undefined;
  const page = place && (remark ? linkOf(place) : linkFor(place, things, hints.words));
  // What was clicked is no page of the mail.
  const link = mail ? undefined : page;
  const cents = hints.cents ?? false;
  const money = firstOf([place, ...outer(things), ...inner(things)], (one) => moneyOf(one, cents));
  const branches = thing && branchesOf(thing);
  const ownBranch = branches
    ? undefined
    : (firstOf([place, ...outer(things), ...runs(things)], branchOf) ??
      (place && flatCommitIn(place, things)?.branch));
  const changes = changesIn(things, thing);
  const isNamed = title !== undefined || number !== undefined;
  const isOpened = ({ path }: ItemList): boolean =>
    things.some((one) => isBelow(one.path, [...path, 0]) && path.length > 0);
  const listed =
    findList(values, isNamed || hints.words.length > 1) ??
    findPairs(values) ??
    (isNamed || text ? undefined : findList(values, "any"));
  const list = listed && !listed.within && isOpened(listed) ? undefined : listed;
  const isUnsaid = hints.words.length === 0 && list?.key === "commits";
  const isPush = isUnsaid || hints.words.some((word) => /^push(ed)?$/.test(word));
  const pushed = isPush && !ownBranch ? pushedRefIn(values) : undefined;
  const branch = ownBranch ?? pushed?.branch;
  for (const leaf of [text, branch, money?.currency, money?.amount]) if (leaf) used.add(leaf);
  const commit =
    place && !isPush && !/commit/.test(subject?.noun ?? "") && !remark
      ? commitOf(place, things)
      : undefined;
  if (commit) used.add(commit.leaf);
  const unclear = [place, ...outer(things), ...totals(things)];
  const sum = (money ? undefined : firstOf(unclear, (one) => unclearMoneyOf(one, cents))) ?? [];
  for (const { leaf } of sum) used.add(leaf);
  const addressee = mail || remark ? undefined : addresseeOf(things);
  const said = [...hints.words, ...(hints.verb === undefined ? [] : [hints.verb])];
  const known = [
    ...sum,
    ...(mail && subject?.title && subject.title !== mail ? [mailSubject(subject.title)] : []),
    ...(addressee ? [addressee] : []),
    ...(commit ? [commit] : []),
    ...(place ? detailsOf(place, things, used) : []),
    ...(place && !remark ? flagFacts(place, things, values, said) : []),
  ];
  const notItself = (people: readonly Leaf[]): readonly Leaf[] =>
    people.some((name) => isSame(name, title)) ? [] : people;
  const actor = notItself(findActor(things, thing, making || remark !== undefined, hints.verb));
  const author =
    actor.length === 0 && !making ? notItself(findActor(things, thing, true, hints.verb)) : [];
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
  for (const { name, before, after } of changes) told.push(name, before, after);
  told.push(branches?.source, branches?.target, formerState);
  const isThere = (leaf: Leaf | undefined): leaf is Leaf => leaf !== undefined;
  const others =
    place && !remark
      ? othersOf(place, things, told.filter(isThere), mostFacts(said, leaves) - known.length, said)
      : [];
  // Who is named already is not named again.
  const isOfBranch = ({ label }: Fact): boolean => /^(base|head)$/.test(label);
  const isListOfChanges = ({ label }: Fact): boolean =>
    changes.length > 0 && /^(changed|updated|modified)_\w+s$/.test(label);
  const all = [...known, ...others].filter(
    (fact) => (!branches || !isOfBranch(fact)) && !isListOfChanges(fact),
  );
  const details = all.map(({ by, ...fact }) =>
    by && !people.some((name) => isSame(by, name)) ? { ...fact, by } : fact,
  );
  const actorPage = linkOfPerson(actor, things);
  const addresses = [
    page,
    actorPage,
    group?.link,
    remark?.link,
    ...details.map((fact) => fact.link),
  ];
  const addressesTold = new Set(addresses.flatMap((leaf) => leaf?.samples.join() ?? []));
  if (place && !remark) {
    const others = [...runs(things), ...actionDetails(things, hints)].filter(
      (thing) => thing !== place,
    );
    for (const [label, leaf] of pagesOf([place, ...outer(things), ...others], addressesTold))
      details.push({ label, leaf, meaning: "page" });
  }
  const only = page || addressesTold.size > 0 || mail ? undefined : onlyPageIn(things);
  if (only && place && !remark && !details.some(({ meaning }) => meaning === "page"))
    details.push({ label: only[0], leaf: only[1], meaning: "page" });
  if (mail && page) details.push({ label: "clicked_link", leaf: page, meaning: "page" });
  return defined({
    noun: mail ? "email" : (subject?.noun ?? nounOfTitle(title, hints)),
    isMail: mail ? true : undefined,
    title,
    steadyTitle: thing && steadyTitleOf(thing, title),
    otherTitle: mail ? undefined : subject?.otherTitle,
    surname: title && !mail ? sure(subject?.surname) : undefined,
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
    formerBranch: pushed?.former,
    mayBeTag: pushed?.mayBeTag,
    branches,
    ...(group || (isNamed && (title || !isOneOff(hints)))
      ? {}
      : leadOf(things, values, isNamed || isUnnumbered(hints))),
    money,
    details: details.filter(({ leaf }) => !isSamePath(leaf.path, list?.path)),
    changes,
    list,
    comparison:
      outer(things).flatMap((thing) => thing.first(vocabulary.comparisons, isPage) ?? [])[0] ??
      pushed?.link,
    pushed: outer(things).flatMap((thing) => thing.first(["after"], isGoneSometimes) ?? [])[0],
  });
}

/** What nobody calls by a number. */
const isUnnumbered = ({ words }: Hints): boolean => /^(message|sms)$/.test(words.at(-1) ?? "");

/** What is said or sent once, and known by whom it is from. */
const isOneOff = ({ words }: Hints): boolean =>
  /^(message|sms|email|call|response|submission)$/.test(words.at(-1) ?? "");

const mailSubject = (leaf: Leaf): Fact => ({ label: "subject", leaf, meaning: "text" });

const isSamePath = (a: JsonPath, b: JsonPath | undefined): boolean =>
  b !== undefined && JSON.stringify(a) === JSON.stringify(b);

const isGoneSometimes = (leaf: Leaf): boolean =>
  isSure(leaf) && leaf.kind === "string" && leaf.samples.some((text) => /^0{40,64}$/.test(text));

const isPage = ({ samples }: Leaf): boolean =>
  samples.every((text) => vocabulary.plainAddress.test(text));

/** The page of somebody with one name. */
function linkOfPerson([name, family]: readonly Leaf[], things: readonly Thing[]): Leaf | undefined {
  if (!name || family) return undefined;
  const person = things.find(
    ({ path, key }) =>
      roleOf(key) === "actor" && path.length === name.path.length - 1 && isBelow(name.path, path),
  );
  return person && linkOf(person);
}

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
