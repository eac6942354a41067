/** In which way a text has changed, so that many texts that changed alike can be told once. */
import { diffWordsWithSpace } from "diff";

/** The time to compare grows with the square of how much differs. */
const MAX_EDITS = 100;
/** Longer texts are compared as a whole, in UTF-16 units. */
const MAX_LENGTH = 20_000;

/** Words that went, and those that came in their place; one of the two may be empty. */
export type ReplacedWords = readonly [before: string, after: string];

/**
 * The words that were replaced in a text, each pair once and in order. Texts with the same pairs have changed in the same
 * way, however often and wherever these stand.
 * @returns Undefined where too much differs: such a text has changed in a way of its own.
 */
export function replacedWords(before: string, after: string): ReplacedWords[] | undefined {
  if (before.length + after.length > MAX_LENGTH) return undefined;
  const parts = diffWordsWithSpace(before, after, { maxEditLength: MAX_EDITS });
  if (!parts) return undefined;
  const pairs = new Map<string, ReplacedWords>();
  for (const [index, part] of parts.entries()) {
    const next = parts[index + 1];
    if (!part.added && !part.removed) continue;
    if (part.added && parts[index - 1]?.removed) continue;
    const pair: ReplacedWords = part.added
      ? ["", part.value]
      : [part.value, next?.added ? next.value : ""];
    pairs.set(JSON.stringify(pair), pair);
  }
  return [...pairs].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, pair]) => pair);
}

/** A text that is equal for two changes of the same way. */
export const changeKey = (before: string, after: string): string =>
  JSON.stringify(replacedWords(before, after) ?? [before, after]);
