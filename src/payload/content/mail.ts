/** Events of services that send mail: what became of an email. */
import type { Leaf } from "../leaves.ts";
import type { Hints } from "./model.ts";
import { happensToMail } from "./people.ts";
import { isOneLine, isSure, outer, type Thing } from "./things.ts";

const mailWords = /^(e?mail|message)s?$/;
/** What became of it, as a noun: `delivery`, `spam complaint`. */
const fates = /^(hard|soft|spam|permanent|transient|delivery|complaint|bounce|open|click)$/;
const MAX_LENGTH = 200;

/** To whom mail went, where the event's name says only what became of it, such as `opened` or `email.bounced`. */
export function mailIn(things: readonly Thing[], { words, verb }: Hints): Leaf | undefined {
  const rest = words.filter((word) => !mailWords.test(word));
  const isFate =
    verb === undefined
      ? rest.length > 0 && rest.every((word) => fates.test(word))
      : rest.length === 0 && happensToMail.test(verb);
  return isFate
    ? outer(things).flatMap((thing) => thing.first(recipients, isAddress) ?? [])[0]
    : undefined;
}

const recipients = ["recipient", "email", "rcpt_to", "to"];
const isAddress = (leaf: Leaf): boolean =>
  isSure(leaf) && isOneLine(leaf, MAX_LENGTH) && leaf.samples.every((text) => text.includes("@"));
