/** What a payload tells: who did what to which thing, where it is, and how it went. */
import { isSamePath, type JsonValue } from "../json.ts";
import { isBelow, type Leaf } from "../leaves.ts";
import * as vocabulary from "../vocabulary.ts";
import { type About, findAbout, isUnnumbered } from "./about.ts";
import { changesIn } from "./changes.ts";
import { findDetails } from "./details.ts";
import { branchesOf, branchOf, flatCommitIn } from "./facts.ts";
import { latestNoteIn, type PushedRef, pushedRefIn } from "./first-items.ts";
import { leadOf } from "./lead.ts";
import type { ItemList } from "./lists.ts";
import { findList, findPairs } from "./lists.ts";
import type { EventContent, Hints } from "./model.ts";
import { moneyOf } from "./money.ts";
import { inner, runs, verdicts } from "./nearby.ts";
import { findPeople } from "./people.ts";
import { apiLinkOf, linkFor, linkOf } from "./places.ts";
import { formerStateOf } from "./states.ts";
import { textOf } from "./texts.ts";
import { firstOf, isSure, outer, sure } from "./things.ts";
import { nounOfTitle, steadyTitleOf } from "./titles.ts";

export { countsCents } from "./cents.ts";
export type { Change } from "./changes.ts";
export { chosenFact, type PayloadFacts, withChosen } from "./chosen.ts";
export { tellingItems } from "./chosen-items.ts";
export type { Fact } from "./facts.ts";
export type { Item } from "./items.ts";
export { type ItemList, listAt } from "./lists.ts";
export type { EventContent, Hints } from "./model.ts";
export { type Money, wholeCurrencies } from "./money.ts";
export type { Group } from "./places.ts";
export { thingsIn } from "./things.ts";

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
  const about = findAbout(leaves, hints);
  const { things, subject, thing, place, mail, title, number, action, remark, group } = about;
  const named = [title, number, action, about.state, group?.name].filter(isThere);
  const text = place && !remark ? textIn(about, values, hints, new Set(named)) : undefined;
  const page = place && (remark ? linkOf(place) : linkFor(place, things, hints.words));
  // What was clicked is no page of the mail.
  const link = mail ? undefined : page;
  const money = firstOf([place, ...outer(things), ...inner(things)], (one) =>
    moneyOf(one, hints.cents ?? false),
  );
  const list = listIn(about, values, hints, text);
  const isPush = isPushOf(list, hints);
  const branches = thing && branchesOf(thing);
  const ownBranch = branches ? undefined : branchIn(about);
  const pushed = isPush && !ownBranch ? pushedRefIn(values) : undefined;
  const branch = ownBranch ?? pushed?.branch;
  const changes = changesIn(things, thing);
  const formerState = formerStateIn(about);
  const people = findPeople(about, hints.verb);
  const details = findDetails(about, leaves, values, hints, {
    ...people,
    leaves: [...named, ...[text, branch, money?.currency, money?.amount].filter(isThere)],
    page,
    money,
    branches,
    changes,
    formerState,
    isPush,
  });
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
    actor: people.actor,
    actorLink: people.actorLink,
    author: people.author.length > 0 ? people.author : undefined,
    action,
    state: about.state === title ? undefined : about.state,
    formerState,
    remark,
    text,
    group,
    branch,
    branches,
    ...leadIn(about, values, hints),
    money,
    details: details.filter(({ leaf }) => !isSamePath(leaf.path, list?.path)),
    changes,
    list,
    ...pushIn(about, pushed),
  });
}

/** Longer text of the thing, or of what is near it. */
function textIn(
  { things, place }: About,
  values: readonly JsonValue[],
  hints: Hints,
  told: ReadonlySet<Leaf>,
): Leaf | undefined {
  // The name of a database says whose backup failed.
  const keys = [...told].flatMap(({ key }) => /^(.+)_name$/.exec(key)?.[1]?.split("_") ?? []);
  const said = [...hints.words, ...(hints.verb ?? "").split(" "), ...keys].filter(Boolean);
  const holders = [...verdicts(things, hints), place, ...outer(things)];
  return firstOf(holders, (holder) => textOf(holder, told, said)) ?? latestNoteIn(values);
}

/** @param text The longer text that the message has. */
function listIn(
  { things, isNamed }: About,
  values: readonly JsonValue[],
  { words }: Hints,
  text: Leaf | undefined,
): ItemList | undefined {
  const isOpened = ({ path }: ItemList): boolean =>
    things.some((one) => isBelow(one.path, [...path, 0]) && path.length > 0);
  const list =
    findList(values, isNamed || words.length > 1) ??
    findPairs(values) ??
    (isNamed || text ? undefined : findList(values, "any"));
  return list && !list.within && isOpened(list) ? undefined : list;
}

/** Whether something was pushed, which a list of commits tells where the event's name says nothing. */
const isPushOf = (list: ItemList | undefined, { words }: Hints): boolean =>
  (words.length === 0 && list?.key === "commits") || words.some((word) => /^push(ed)?$/.test(word));

function branchIn({ things, place }: About): Leaf | undefined {
  const own = firstOf([place, ...outer(things), ...runs(things)], branchOf);
  return own ?? (place && flatCommitIn(place, things)?.branch);
}

function formerStateIn({ things, state }: About): Leaf | undefined {
  const near = things.filter(({ way }) => way.length <= 1);
  return state && firstOf(near, formerStateOf);
}

/** What tells the thing apart, where nothing else does. */
function leadIn(
  { things, title, group, isNamed }: About,
  values: readonly JsonValue[],
  hints: Hints,
): ReturnType<typeof leadOf> {
  if (group || (isNamed && (title || !isOneOff(hints)))) return {};
  return leadOf(things, values, isNamed || isUnnumbered(hints));
}

/** What is said or sent once, and known by whom it is from. */
const isOneOff = ({ words }: Hints): boolean =>
  /^(message|sms|email|call|response|submission)$/.test(words.at(-1) ?? "");

/** What only a push tells. */
function pushIn(
  { things }: About,
  ref: PushedRef | undefined,
): Record<"formerBranch" | "comparison" | "pushed", Leaf | undefined> & {
  mayBeTag: boolean | undefined;
} {
  const found = firstOf(outer(things), (thing) => thing.first(vocabulary.comparisons, isPage));
  return {
    formerBranch: ref?.former,
    mayBeTag: ref?.mayBeTag,
    comparison: found ?? ref?.link,
    pushed: firstOf(outer(things), (thing) => thing.first(["after"], isGoneSometimes)),
  };
}

const isGoneSometimes = (leaf: Leaf): boolean =>
  isSure(leaf) && leaf.kind === "string" && leaf.samples.some((text) => /^0{40,64}$/.test(text));

const isPage = ({ samples }: Leaf): boolean =>
  samples.every((text) => vocabulary.plainAddress.test(text));

const isThere = (leaf: Leaf | undefined): leaf is Leaf => leaf !== undefined;

/** Without the fields that are undefined. */
function defined<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}
