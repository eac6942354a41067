/** How much a payload says of its event. */
import type { EventContent } from "../../payload/index.ts";
import type { MessageContext } from "./context.ts";
import { isPush } from "./push.ts";
import { nameOfEvent } from "./sentence.ts";

/** Parts that are looked at by themselves, and those that say nothing without another. */
const sayingNothing: ReadonlySet<string> = new Set<keyof EventContent>([
  "details",
  "changes",
  "actor",
  "actorLink",
  "noun",
  "said",
  "mayBeTag",
  "lead",
  "leadSurname",
]);

/** What a value means that is told as it came. */
const isPlain = /^(text|yes or no|flag|unclear sum)$/;

/** Whether a content has more to it than the event's name. */
export function saysSomething(content: EventContent): boolean {
  const { details, changes, actor } = content;
  const known = details.filter(({ meaning, link }) => !isPlain.test(meaning) || link);
  if (actor.length + known.length + changes.length > 0) return true;
  return Object.keys(content).some((part) => !sayingNothing.has(part));
}

/** Whether a verb, a state, a change, a text or the event's own name in a message says what happened. */
export function saysWhatHappened(context: MessageContext): boolean {
  const { content, words } = context;
  const { action, state, formerState, remark, text, changes } = content;
  const told = words?.verb ?? action ?? state ?? formerState ?? remark ?? text;
  return (
    told !== undefined || changes.length > 0 || isPush(context) || nameOfEvent(context).length > 0
  );
}
