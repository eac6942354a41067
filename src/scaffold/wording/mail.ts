/** What became of mail, where the event's name is no verb, or one of which the mail is not the object. */
import type { Parts } from "../message.ts";
import type { EventWords } from "./event-words.ts";

/** Nouns for what became of mail, the most telling first. */
const fates: readonly (readonly [noun: RegExp, said: string])[] = [
  [/^(spam|complaint)$/, "was reported as spam"],
  [/^bounce$/, "bounced"],
  [/^delivery$/, "was delivered"],
  [/^open$/, "was opened"],
];

/**
 * The sentence, where it is another one than of other things.
 * @param mail The mail, at the start of a sentence.
 */
export function sayMail(mail: Parts, words: EventWords | undefined): Parts | undefined {
  const isClick = words?.verb === "clicked" || words?.tokens.includes("click");
  if (isClick) return ["A link was clicked in the e", ...withoutStart(mail)];
  // Somebody does that, and not the mail.
  if (/^(un)?subscribed$/.test(words?.verb ?? "")) return [...mail.slice(1), ` ${words?.verb}`];
  if (words?.verb !== undefined) return undefined;
  const fate = fates.find(([noun]) => words?.tokens.some((token) => noun.test(token)));
  return fate && [...mail, ` ${fate[1]}`];
}

/** `Email to` without its first letter. */
const withoutStart = ([first, ...rest]: Parts): Parts =>
  typeof first === "string" ? [first.slice(1), ...rest] : [first ?? "", ...rest];
