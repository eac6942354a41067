/** What a title says beside the name of a thing. */
import type { Leaf } from "../leaves.ts";
import * as vocabulary from "../vocabulary.ts";
import type { Hints } from "./model.ts";
import { isLabel, isSure, type Thing } from "./things.ts";

/** What a thing is, where only the key of its title says it, such as `alarm_name`. */
export function nounOfTitle(title: Leaf | undefined, { words, verb }: Hints): string | undefined {
  const isSaid = words.length > 0 || verb !== undefined;
  return isSaid
    ? undefined
    : /^(alarm|alert|check|incident|job|monitor)_name$/.exec(title?.key ?? "")?.[1];
}

/** What the thing is a case of, such as an alert's rule, where its title is a sentence with the values of the day. */
export function steadyTitleOf(thing: Thing, title: Leaf | undefined): Leaf | undefined {
  if (title === undefined || !title.samples.every((text) => text.includes(" "))) return undefined;
  const isSentence =
    /^(summary|message|description|text)$/.test(title.key) &&
    title.samples.every((text) => /\d/.test(text));
  const known = isSentence
    ? thing.first(vocabulary.caseNames, (leaf) => isSure(leaf) && isLabel(leaf))
    : undefined;
  // A title that has another name in it tells what happened to what has that name.
  const isWithin = ({ samples }: Leaf): boolean =>
    samples.every((text, at) => text.length > 3 && title.samples[at]?.includes(` ${text}`));
  return (
    known ??
    thing.first(
      [...vocabulary.hosts, "name", ...vocabulary.caseNames],
      (leaf) => leaf !== title && isSure(leaf) && isLabel(leaf) && isWithin(leaf),
    )
  );
}
