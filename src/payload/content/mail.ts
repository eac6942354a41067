/** Events of services that send mail: what became of an email. */
import type { Leaf } from "../leaves.ts";
import type { Fact } from "./facts.ts";
import type { Hints } from "./model.ts";
import { happensToMail } from "./people.ts";
import { isOneLine, isSure, outer, type Thing } from "./things.ts";

const mailWords = /^(e?mail|message)s?$/;
/** What became of it, as a noun: `delivery`, `spam complaint`. */
const fates = /^(hard|soft|spam|permanent|transient|delivery|complaint|bounce|open|click)$/;
/** How it came to that. */
const aboutFate = /^(unique|first|proxy|machine|apple)$/;
const MAX_LENGTH = 200;

/** To whom mail went, where the event's name says only what became of it, such as `opened` or `email.bounced`. */
export function mailIn(things: readonly Thing[], { words, verb }: Hints): Leaf | undefined {
  const rest = words.filter((word) => !mailWords.test(word) && !aboutFate.test(word));
  const isFate =
    verb === undefined
      ? rest.length > 0 && rest.every((word) => fates.test(word))
      : rest.length === 0 && happensToMail.test(verb);
  return isFate
    ? outer(things).flatMap((thing) => thing.first(recipients, isAddress) ?? [])[0]
    : undefined;
}

const recipients = ["recipient", "email", "rcpt_to", "to", "headers/to", "targets"];
/** What only mail has beside the address that it goes to. */
const signs =
  /^(subject|message_id|email_id|mail_id|template_id|message_guid|message_stream|from_email|mail_from)$/;

/** To whom mail went, where the message is about the mail and not about them. */
export function addresseeOf(things: readonly Thing[]): Fact | undefined {
  const isMail = (thing: Thing): boolean =>
    thing.own().some(([name]) => signs.test(name)) || thing.get("headers/subject") !== undefined;
  const near = things.filter(({ way }) => way.length <= 1);
  const mail = near.find(isMail);
  if (!mail) return undefined;
  const leaf = [...outer(things), mail].flatMap(
    (thing) =>
      thing.first(
        recipients,
        (one) => isOneLine(one, MAX_LENGTH) && one.samples.every((text) => text.includes("@")),
      ) ?? [],
  )[0];
  return leaf && { label: "to", leaf, meaning: "text" };
}
const isAddress = (leaf: Leaf): boolean =>
  isSure(leaf) && isOneLine(leaf, MAX_LENGTH) && leaf.samples.every((text) => text.includes("@"));
