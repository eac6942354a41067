/** How a thing is now, and how it was before. */
import type { Leaf } from "../leaves.ts";
import * as vocabulary from "../vocabulary.ts";
import { isLabel, surest, type Thing } from "./things.ts";

/** The state of the first of these things that has one. */
export const stateOfAny = (things: readonly (Thing | undefined)[]): Leaf | undefined => {
  const there = things.filter((thing) => thing !== undefined);
  // A state of something in a thing, such as `spam_status`, comes after a state of what holds the thing.
  const own = there.flatMap((thing) => plainStateOf(thing) ?? [])[0];
  return own ?? there.flatMap((thing) => stateOf(thing) ?? [])[0];
};

export const stateOf = (thing: Thing): Leaf | undefined =>
  plainStateOf(thing) ??
  surest((fits) =>
    onlyOf(
      thing
        .own()
        .filter(
          ([name, leaf]) =>
            /_(state|status)(_name)?$/.test(name) &&
            !/^(old|previous|prev|former|last|expected)_/.test(name) &&
            !isOfAddress(name, thing) &&
            isState(leaf) &&
            fits(leaf),
        ),
    ),
  );

const plainStateOf = (thing: Thing): Leaf | undefined =>
  surest((fits) => {
    const names = vocabulary.states.flatMap((name) => [name, `${name}/name`, `${name}/title`]);
    const isPlace = (leaf: Leaf): boolean =>
      leaf.key === "state" && (thing.get("city") ?? thing.get("country")) !== undefined;
    return thing.first(names, (leaf) => isState(leaf) && fits(leaf) && !isPlace(leaf));
  });

/** Whether a state is where somebody is, as `caller_state` beside `caller_city`. */
const isOfAddress = (name: string, thing: Thing): boolean => {
  const whose = name.replace(/_state$/, "");
  return whose !== name && thing.first([`${whose}_city`, `${whose}_country`]) !== undefined;
};

/** Of several statuses none is the thing's. */
const onlyOf = ([one, other]: readonly [string, Leaf][]): Leaf | undefined =>
  other === undefined ? one?.[1] : undefined;

/** How a thing was before. */
export const formerStateOf = (thing: Thing): Leaf | undefined =>
  thing.first(vocabulary.formerStates, isState);

const isState = (leaf: Leaf): boolean =>
  isLabel(leaf) &&
  leaf.samples.every(
    (text) => text.split(" ").length <= 3 && !isReply(text) && !/^-?\d+$/.test(text),
  );

/** What a mail server answers, such as `5.1.1`. */
const isReply = (text: string): boolean => /^\d\.\d+\.\d+$/.test(text);

/** Whether a thing in the payload runs, as a build with its state does. */
export const isRun = (thing: Thing): boolean =>
  thing.way.length === 1 && vocabulary.runs.test(thing.key) && stateOf(thing) !== undefined;
