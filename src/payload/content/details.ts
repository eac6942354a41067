/** The facts that a message tells below its sentence, and further pages. */
import type { JsonValue } from "../json.ts";
import type { Leaf } from "../leaves.ts";
import type { About } from "./about.ts";
import type { Change } from "./changes.ts";
import { commitOf, detailsOf, type Fact } from "./facts.ts";
import { flagFacts } from "./flags.ts";
import { addresseeOf } from "./mail.ts";
import type { EventContent, Hints } from "./model.ts";
import { type Money, unclearMoneyOf } from "./money.ts";
import { actionDetails, runs, totals } from "./nearby.ts";
import { mostFacts, othersOf } from "./others.ts";
import { isSame, type People } from "./people.ts";
import { onlyPageIn, pagesOf } from "./places.ts";
import { firstOf, outer } from "./things.ts";

/** What the message tells besides its facts. */
export interface Told extends People {
  /** Title, number, text and the like. */
  readonly leaves: readonly Leaf[];
  readonly page: Leaf | undefined;
  readonly money: Money | undefined;
  readonly branches: EventContent["branches"] | undefined;
  readonly changes: readonly Change[];
  readonly formerState: Leaf | undefined;
  readonly isPush: boolean;
}

/** @param leaves All fields of the payloads. */
export function findDetails(
  about: About,
  leaves: readonly Leaf[],
  values: readonly JsonValue[],
  hints: Hints,
  told: Told,
): Fact[] {
  const { things, place, remark } = about;
  const { branches, changes } = told;
  const said = saidBy(hints);
  const known = knownFacts(about, values, hints, told);
  const most = mostFacts(said, leaves) - known.length;
  const others =
    place && !remark ? othersOf(place, things, leavesTold(about, told, known), most, said) : [];
  const isOfBranch = ({ label }: Fact): boolean => /^(base|head)$/.test(label);
  const isListOfChanges = ({ label }: Fact): boolean =>
    changes.length > 0 && /^(changed|updated|modified)_\w+s$/.test(label);
  const people = [...told.actor, ...told.author];
  // Who is named already is not named again.
  const isNew = (by: Leaf): boolean => !people.some((name) => isSame(by, name));
  const facts = [...known, ...others]
    .filter((fact) => (!branches || !isOfBranch(fact)) && !isListOfChanges(fact))
    .map(({ by, ...fact }) => (by && isNew(by) ? { ...fact, by } : fact));
  return [...facts, ...pages(about, hints, told, facts)];
}

/** The words of the event's name. */
const saidBy = ({ words, verb }: Hints): string[] =>
  verb === undefined ? [...words] : [...words, verb];

/** Facts of a kind that is known. */
function knownFacts(
  { things, place, mail, subject, remark }: About,
  values: readonly JsonValue[],
  hints: Hints,
  { leaves, money, isPush }: Told,
): Fact[] {
  const used = new Set(leaves);
  const isOfCommit = isPush || /commit/.test(subject?.noun ?? "") || remark !== undefined;
  const commit = place && !isOfCommit ? commitOf(place, things) : undefined;
  const cents = hints.cents ?? false;
  const unclear = [place, ...outer(things), ...totals(things)];
  const sum = (money ? undefined : firstOf(unclear, (one) => unclearMoneyOf(one, cents))) ?? [];
  for (const { leaf } of [...sum, ...(commit ? [commit] : [])]) used.add(leaf);
  const addressee = mail || remark ? undefined : addresseeOf(things);
  return [
    ...sum,
    ...(mail && subject?.title && subject.title !== mail ? [mailSubject(subject.title)] : []),
    ...(addressee ? [addressee] : []),
    ...(commit ? [commit] : []),
    ...(place ? detailsOf(place, things, used) : []),
    ...(place && !remark ? flagFacts(place, things, values, saidBy(hints)) : []),
  ];
}

const mailSubject = (leaf: Leaf): Fact => ({ label: "subject", leaf, meaning: "text" });

/** Everything that the message tells already. */
function leavesTold(
  { mail, remark, subject }: About,
  { leaves, actor, author, changes, branches, formerState, page }: Told,
  known: readonly Fact[],
): Leaf[] {
  return [
    ...leaves,
    ...known.map(({ leaf }) => leaf),
    ...actor,
    ...author,
    ...changes.flatMap(({ name, before, after }) => [name, before, after]),
    remark?.text,
    subject?.surname,
    // What was clicked is no page of the mail.
    mail ? undefined : page,
    branches?.source,
    branches?.target,
    formerState,
  ].filter((leaf) => leaf !== undefined);
}

/** Further pages, or the only one. */
function pages(
  { things, place, mail, remark, group }: About,
  hints: Hints,
  { page, actorLink }: Told,
  facts: readonly Fact[],
): Fact[] {
  const links = [page, actorLink, group?.link, remark?.link, ...facts.map(({ link }) => link)];
  const told = new Set(links.flatMap((leaf) => leaf?.samples.join() ?? []));
  const found: Fact[] = [];
  const add = ([label, leaf]: readonly [string, Leaf]): unknown =>
    found.push({ label, leaf, meaning: "page" });
  if (place && !remark) {
    const others = [...runs(things), ...actionDetails(things, hints)];
    const holders = [place, ...outer(things), ...others.filter((thing) => thing !== place)];
    pagesOf(holders, told).forEach(add);
    const only = page || told.size > 0 || mail ? undefined : onlyPageIn(things);
    if (only && ![...facts, ...found].some(({ meaning }) => meaning === "page")) add(only);
  }
  if (mail && page) add(["clicked_link", page]);
  return found;
}
