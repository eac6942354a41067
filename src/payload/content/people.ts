/** Who did it. */
import { isBelow, type Leaf } from "../leaves.ts";
import * as vocabulary from "../vocabulary.ts";
import type { About } from "./about.ts";
import { linkOf } from "./places.ts";
import { isAddress, isMachine, isOneLine, isSure, roleOf, type Thing } from "./things.ts";

const MAX_NAME_LENGTH = 80;

export interface People {
  /** One field, or two with the given and the family name. */
  readonly actor: readonly Leaf[];
  readonly actorLink: Leaf | undefined;
  /** Who made the thing, where nobody is known who did what happened now. */
  readonly author: readonly Leaf[];
}

/** @param verb What happened, in the past form, where the event's name says it. */
export function findPeople(
  { things, thing, title, making, remark }: About,
  verb: string | undefined,
): People {
  // Nobody does something to themselves.
  const notItself = (people: readonly Leaf[]): readonly Leaf[] =>
    people.some((name) => isSame(name, title)) ? [] : people;
  const actor = notItself(findActor(things, thing, making || remark !== undefined, verb));
  const isUnknown = actor.length === 0 && !making;
  const author = isUnknown ? notItself(findActor(things, thing, true, verb)) : [];
  return { actor, actorLink: linkOfPerson(actor, things), author };
}

/** The page of somebody with one name. */
function linkOfPerson([name, family]: readonly Leaf[], things: readonly Thing[]): Leaf | undefined {
  if (!name || family) return undefined;
  const person = things.find(
    ({ path, key }) =>
      roleOf(key) === "actor" && path.length === name.path.length - 1 && isBelow(name.path, path),
  );
  return person && linkOf(person);
}

/** Whether two fields have the same texts. */
export const isSame = (a: Leaf, b: Leaf | undefined): boolean =>
  b !== undefined && a.samples.join("\n") === b.samples.join("\n");

/**
 * The person behind an event: the field with the name, or two with the given and the family name.
 * @param subject What the event is about: nobody does something to themselves.
 * @param making Whether the action may be the making of the thing; if not, who made it is not who did it.
 * @param verb What happened, in the past form, where the event's name says it.
 */
function findActor(
  things: readonly Thing[],
  subject: Thing | undefined,
  making: boolean,
  verb: string | undefined,
): readonly Leaf[] {
  let best: readonly Leaf[] = [];
  let lowest = Number.POSITIVE_INFINITY;
  const offer = (rank: number, names: readonly Leaf[]): void => {
    // One who is always named comes before one who is not.
    const place = names.every(isSure) ? rank : rank + 1000;
    if (names.length > 0 && place < lowest) [best, lowest] = [names, place];
  };
  for (const thing of things) {
    const { way, key } = thing;
    const isMailed = verb !== undefined && happensToMail.test(verb);
    if (changedState.test(key) && verb !== undefined && leavesState.test(verb)) continue;
    const isDoneLater = !making || /sign/.test(verb ?? "");
    if (key === "sender" && isDoneLater && sendsTo(thing, things)) continue;
    if (way.slice(0, -1).some((above) => /actor|group|machinery|recipient/.test(roleOf(above))))
      continue;
    if (thing !== subject && way.length > 0 && roleOf(key) === "actor" && !isBystander(key)) {
      if (thing.path.length > 1 && !making && vocabulary.makers.includes(key)) continue;
      offer(way.length * 20 + placeOf(key), namesOf(thing));
    }
    if (way.length > 1 || roleOf(key) === "actor") continue;
    for (const [name, leaf] of thing.own()) {
      const known =
        vocabulary.actorTexts.includes(name) || (roleOf(name) === "actor" && isName(leaf));
      if (!known || !isName(leaf) || isBystander(name) || (isMailed && isAddressee(leaf))) continue;
      if (thing.path.length > 0 && !making && vocabulary.makers.includes(name)) continue;
      // Somebody whose profile it is does not act on it by having a name.
      if (thing === subject && /^(username|login)$/.test(name) && thing.get("email")) continue;
      // Beside a user name may stand the whole name.
      const names = /^(username|user_name|user_login)$/.test(name) ? namesOf(thing) : [];
      const whole = thing.first([`${name}_name`], isName) ?? leaf;
      offer(way.length * 20 + 22 + placeOf(name), names.length === 2 ? names : [whole]);
    }
  }
  return best;
}

/** Who gave a thing the state that it has; later somebody else may have done something that left it as it was. */
const changedState = /(^|_)(status|state)_chang\w*_by$/;
const leavesState =
  /^(re|un)?(assigned|annotated|commented|noted|labeled|labelled|delegated|escalated|edited|renamed)$/;

/** What happens to mail, which who sent it did not do. */
export const happensToMail =
  /^(delivered|opened|clicked|bounced|processed|deferred|dropped|failed|complained|unsubscribed|subscribed|rejected|blocked|suppressed|delayed|queued)$/;
const isAddressee = ({ samples }: Leaf): boolean => samples.every((text) => text.includes("@"));

/** Whether recipients stand beside a sender: what happens later to what was sent, others do. */
function sendsTo(sender: Thing, things: readonly Thing[]): boolean {
  const above = sender.path.slice(0, -1);
  return things.some(
    ({ key, path }) =>
      /^recipients?$/.test(key) &&
      path.length === sender.path.length &&
      above.every((step, index) => path[index] === step),
  );
}

/** Whom an event may be about, and who need not have done it. */
export const isBystander = (key: string): boolean =>
  /^(customer|subscriber|buyer|payer|contact|owner|employee|person|account)(_name)?$/.test(key);

function placeOf(key: string): number {
  const place = vocabulary.actors.indexOf(key);
  return (place < 0 ? vocabulary.actors.length : place) / 4;
}

/** The name of a person-like object; one that is always there before one that is not. */
export function namesOf(person: Thing): readonly Leaf[] {
  const sure = namesThat(person, (leaf) => isName(leaf) && isSure(leaf));
  return sure.length > 0 ? sure : namesThat(person, isName);
}

function namesThat(person: Thing, fits: (leaf: Leaf) => boolean): readonly Leaf[] {
  const whole = person.first(
    vocabulary.personNames.filter(
      (name) => !/^(login|username|user_name|nickname|handle|email)/.test(name),
    ),
    fits,
  );
  if (whole) return [whole];
  const given = person.first(vocabulary.givenNames, fits);
  const family = person.first(vocabulary.familyNames, fits);
  if (given && family) return [given, family];
  // What is linked to has a title, as the service's hypertext has it.
  const isLinked = /^_?links$/.test(String(person.path.at(-2) ?? ""));
  const title = isLinked ? person.first(["title"], fits) : undefined;
  const other = person.first(vocabulary.personNames, fits) ?? given ?? title;
  return other ? [other] : [];
}

const isName = (leaf: Leaf): boolean =>
  leaf.kind === "string" &&
  isOneLine(leaf, MAX_NAME_LENGTH) &&
  !isAddress(leaf) &&
  !isMachine(leaf);
