/** Sentences that say what happened, and are no names of what it happened to. */
import { isPast, singular } from "../english.ts";
import type { Leaf } from "../leaves.ts";
import { isLabel, isSure, roleOf, type Thing } from "./things.ts";

const wordsIn = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}'-]+/u)
    .filter(Boolean);

/** Whether it is a sentence that says what happened, as the event's name does. */
export function tellsEvent(
  { key, samples }: Leaf,
  verb: string | undefined,
  hints: readonly string[],
): boolean {
  if (verb === undefined || !/^(summary|message|title|subject)$/.test(key)) return false;
  const isShort = key === "summary" || key === "message";
  const nouns = new Set(hints.map(singular));
  return samples.every((text) => {
    const words = wordsIn(text);
    const isAbout = words.some((word) => nouns.has(singular(word)));
    if (words.includes(verb)) return words.length > 4 || (isShort && isAbout);
    return isShort && isAbout && /^(an?|the)$/.test(words[0] ?? "") && words.some(isPast);
  });
}

/**
 * Whether it is a sentence about what stands beside it by its own name, such as `server_name` with `server_id`: the same for
 * all things of the event, or in the words of the event's name.
 * @param said The words of the event's name.
 */
export function isAnnouncement(leaf: Leaf, thing: Thing, said: readonly string[]): boolean {
  const { key, samples } = leaf;
  if (said.length === 0 || !/^(message|description|text)$/.test(key)) return false;
  if (!samples.every((text) => text.trim().includes(" "))) return false;
  const nouns = namedBeside(thing, said);
  if (nouns.length === 0) return false;
  const isConstant = samples.length > 1 && new Set(samples).size === 1;
  const known = [...said, ...nouns];
  return isConstant || samples.every((text) => wordsIn(text).some((word) => isOneOf(word, known)));
}

/** Whether something has its own name beside a text that somebody was told. */
export const hasNamed = (thing: Thing): boolean => namedBeside(thing, []).length > 0;

/** What has a name and an identifier beside each other, or a name where the event's name speaks of it. */
function namedBeside(thing: Thing, said: readonly string[]): string[] {
  return thing.own().flatMap(([name, leaf]) => {
    const noun = name.replace(/_name$/, "");
    if (noun === name || !isSure(leaf) || !isLabel(leaf) || roleOf(noun) === "actor") return [];
    const isNumbered = thing.first([`${noun}_id`, `${noun}_uuid`]) !== undefined;
    return isNumbered || said.includes(noun) ? [noun] : [];
  });
}

const MIN_STEM = 5;

/** Whether a word is one of others in another form, as `deployed` is of `deployment`. */
export const isOneOf = (word: string, others: readonly string[]): boolean =>
  others.some((other) => {
    if (singular(word) === singular(other)) return true;
    const start = other.slice(0, Math.max(MIN_STEM, other.length - 4));
    return start.length >= MIN_STEM && word.startsWith(start);
  });
