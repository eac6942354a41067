/** What an event is about, and what was done to it. */
import { isMaking } from "../english.ts";
import type { Leaf } from "../leaves.ts";
import * as vocabulary from "../vocabulary.ts";
import { mailIn } from "./mail.ts";
import type { EventContent, Hints } from "./model.ts";
import { findGroup, type Group } from "./places.ts";
import { remarkedOn, remarkIn } from "./remark.ts";
import { stateOfAny } from "./states.ts";
import { findSubject, type Subject } from "./subject.ts";
import { firstOf, isLabel, isSure, outer, roleOf, sure, type Thing, thingsIn } from "./things.ts";

export interface About {
  readonly things: readonly Thing[];
  readonly subject: Subject | undefined;
  readonly thing: Thing | undefined;
  /** The thing, or else the outermost object. */
  readonly place: Thing | undefined;
  /** The address that mail went to, where it is mail. */
  readonly mail: Leaf | undefined;
  readonly title: Leaf | undefined;
  readonly number: Leaf | undefined;
  readonly action: Leaf | undefined;
  /** Whether the thing may have been made by what happened. */
  readonly making: boolean;
  readonly state: Leaf | undefined;
  readonly remark: EventContent["remark"];
  readonly group: Group | undefined;
  /** Whether it has a title or a number. */
  readonly isNamed: boolean;
}

export function findAbout(leaves: readonly Leaf[], hints: Hints): About {
  const things = thingsIn(leaves);
  const found = certain(findSubject(things, hints.words, hints.verb));
  const remarked = remarkedOn(found, hints.words);
  const subject = remarked?.subject ?? found;
  const thing = subject?.thing;
  // A name that says what happened says it best, unless it says no more than that something did.
  const isTold = hints.verb !== undefined && !/^(updat|edit|chang|modif|happen)/.test(hints.verb);
  const action = isTold ? undefined : actionIn(things, thing);
  const mail = mailIn(things, hints);
  const title = mail ?? subject?.title;
  const number = isUnnumbered(hints) && !title ? undefined : sure(subject?.number);
  const place = thing ?? things[0];
  return {
    things,
    subject,
    thing,
    place,
    mail,
    title,
    number,
    action,
    making: hints.making ?? (action ? action.samples.every(isMaking) : true),
    state: stateOfAny([place, ...((place?.way.length ?? 0) <= 1 ? outer(things) : [])]),
    remark: remarked?.remark ?? remarkIn(things, thing, hints.words),
    group: findGroup(things, thing),
    isNamed: title !== undefined || number !== undefined,
  };
}

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

function actionIn(things: readonly Thing[], subject: Thing | undefined): Leaf | undefined {
  const fits = (leaf: Leaf): boolean =>
    isSure(leaf) &&
    isLabel(leaf) &&
    leaf.samples.every((text) => /^[A-Za-z]+([ _-][A-Za-z]+){0,3}$/.test(text));
  return firstOf([...outer(things), subject], (thing) => thing.first(vocabulary.actions, fits));
}

/** What nobody calls by a number. */
export const isUnnumbered = ({ words }: Hints): boolean =>
  /^(message|sms)$/.test(words.at(-1) ?? "");
