/** The sentence that a message starts with. */
import { singular } from "../../payload/index.ts";
import type { FieldUse, Parts } from "../message.ts";
import {
  actionOf,
  actorOf,
  authorOf,
  type MessageContext,
  nounOf,
  toldAspectOf,
} from "./context.ts";
import { sentenceCase } from "./event-words.ts";
import { sayMail } from "./mail.ts";
import { isPush, pushSentence } from "./push.ts";
import { remarkSentence } from "./remark.ts";
import { stateOf } from "./state.ts";
import { article, canBeVerbAlone, groupOf, hasLabel, isSureGroup, thingOf } from "./thing.ts";

/** The sentence, without the mark at its end. */
export function sentenceOf(context: MessageContext): Parts {
  const { content } = context;
  if (isPush(context)) return pushSentence(context);
  if (content.remark) return remarkSentence(context);
  return [...actionSentence(context), ...stateOf(context)];
}

/** The line over a message that has no sentence. */
export function headingOf({ words, displayName }: MessageContext): string {
  return words?.label ?? `${displayName} notification`;
}

/** Things that run by themselves: who is named with them did not do what happened to them. */
const runs =
  /(^| )(build|deploy|deployment|job|pipeline|run|workflow|check|scan|sync|backup|analysis|scanning|suite|test|release pipeline|incident|alert|monitor|charge|payment|invoice|error)$/;

/** What somebody does to such a thing themselves. */
const doneByHand =
  /^((acknowledg|resolv|clos|approv|escalat|snooz|mut|unmut|paus|resum|delet|archiv|merg)ed|(reopen|cancel|cancell|reject|stopp|abort|dismiss|refund|void)ed)$/;

function actionSentence(context: MessageContext): Parts {
  const { content, words, variables } = context;
  const actor = actorOf(context);
  const action = actionOf(context);
  const noun = nounOf(context);
  const verb = action ?? (content.action ? undefined : words?.verb);
  const isRun = noun !== undefined && runs.test(noun);
  // Somebody completes a survey; a run completes by itself.
  const isByHand =
    actor !== undefined && !isRun && /^(completed|finished|passed)$/.test(words?.verb ?? "");
  const intransitive = !action && !isByHand && (words?.intransitive ?? false);
  const reachesFurther = action !== undefined && content.action?.samples.some(isPhrase);
  // One who is not always known cannot start the sentence.
  const isKnown = content.actor.every(({ optional }) => optional.length === 0);
  if (
    actor &&
    isKnown &&
    verb !== undefined &&
    !intransitive &&
    !(isRun && action) &&
    !reachesFurther
  ) {
    return [
      ...actor,
      " ",
      verb,
      ...objectOf(context, verb),
      ...andTo(context),
      ...circumstances(context, isRun),
    ];
  }
  const by: Parts = actor ? variables.optional(content.actor, [" by ", ...actor]) : [];
  const author = authorOf(context);
  const thing = [
    ...startSentence(thingOrGroup(context)),
    ...(author ? variables.optional(content.author ?? [], [" by ", ...author]) : []),
    ...circumstances(context, isRun || verb === undefined),
  ];
  const isUnknown = !noun && !hasLabel(content) && !content.link && !content.group && !actor;
  // Of nothing it cannot be said that it was refunded.
  if (isUnknown && words && !action && words.label.toLowerCase() !== words.verb)
    return [words.label];
  if (content.isMail) {
    const told = sayMail(thing, words);
    if (told) return told;
  }
  if (verb === undefined) return [...nameOfEvent(context), ...thing, ...by];
  if (words?.object && !action) return [...thing, `: ${words.verb} ${words.object}`, ...by];
  const about = typeof verb === "string" && !actor ? peoplesVerbs.get(verb) : undefined;
  if (about !== undefined) return ["Somebody ", verb, about, ...thingOrGroup(context)];
  const was = typeof verb !== "string" || (!intransitive && isTransitive(verb)) ? " was " : " ";
  const isOwnDoing = !isRun || (typeof verb === "string" && doneByHand.test(verb));
  return was === " was " && isOwnDoing
    ? [...thing, was, verb, ...by, ...andTo(context)]
    : [...thing, ...by, was, verb, ...andTo(context)];
}

/** The event's name, where nothing else in the sentence says it. */
export function nameOfEvent(context: MessageContext): Parts {
  const { content, words } = context;
  if (!words?.noun || content.action) return [];
  const said = (nounOf(context) ?? "").split(" ");
  const label = words.label.toLowerCase();
  const isSaid =
    words.tokens.map(singular).every((token) => said.includes(token)) ||
    content.title?.samples.some((text) => text.toLowerCase() === label);
  return isSaid ? [] : [`${words.label}: `];
}

/** Such as `added_to_repository`: what it was done to cannot stand behind it. */
const isPhrase = (action: string): boolean =>
  /[ _-](to|from|of|for|in|on|with|as)[ _-]/.test(action);

/** Verbs that take another word before what they are about. */
const prepositions = new Map([
  ["commented", "on"],
  ["replied", "to"],
  ["responded", "to"],
  ["subscribed", "to"],
  ["unsubscribed", "from"],
  ["joined", ""],
  ["left", ""],
  ["pushed", "to"],
  ["contributed", "to"],
  ["donated", "to"],
  ["reacted", "to"],
  ["voted", "on"],
]);
/** What only people do, with what goes before the thing. */
const peoplesVerbs = new Map([
  ["complained", " about "],
  ["unsubscribed", " from "],
]);
const isTransitive = (verb: string): boolean => !prepositions.has(verb);

/** What somebody did it to, with the word that goes before it. */
function objectOf(context: MessageContext, verb: string | FieldUse): Parts {
  const { content, words } = context;
  const added = words?.object && typeof verb === "string" ? [` ${words.object}`, " on"] : [];
  const preposition = typeof verb === "string" ? prepositions.get(verb) : undefined;
  const before = preposition ? ` ${preposition} ` : " ";
  const part = partOf(context, verb);
  if (part !== undefined)
    return [` ${article(part)}${part}`, partPreposition(verb), ...thingOf(context)];
  const aspect = toldAspectOf(context);
  if (aspect !== undefined)
    return [`${before}the ${aspect}${prepositionAfter(aspect)}`, ...thingOf(context)];
  if (hasLabel(content) || content.link) {
    return [
      ...added,
      before,
      ...(hasLabel(content) ? [] : [article(nounOf(context))]),
      ...thingOf(context),
    ];
  }
  const noun = nounOf(context);
  const group = groupOf(context);
  if (noun === undefined || (!content.action && canBeVerbAlone(words?.tokens ?? [])))
    return [...added, before, ...((isSureGroup(context) ? group : undefined) ?? ["something"])];
  return [
    ...added,
    verb === "pushed" ? " " : before,
    article(noun),
    noun,
    ...(group ? inGroup(context, group) : []),
  ];
}

const inGroup = ({ content, variables }: MessageContext, group: Parts): Parts =>
  content.group ? variables.optional([content.group.name], [" in ", ...group]) : [];

/** What the event's name speaks of, where the payload only names what it is at. */
function partOf({ content, words }: MessageContext, verb: string | FieldUse): string | undefined {
  const subject = words?.subject;
  if (typeof verb !== "string" || content.said || !hasLabel(content) || !subject || !content.noun)
    return undefined;
  return subject.includes(content.noun) || words?.object ? undefined : subject;
}

function partPreposition(verb: string | FieldUse): string {
  if (verb === "added" || verb === "attached") return " to ";
  return verb === "removed" || verb === "deleted" ? " from " : " on ";
}

/** To whom something was assigned. */
function andTo({ content, words, variables }: MessageContext): Parts {
  if (words?.verb !== "assigned") return [];
  const person = content.details.find(({ label }) => /^assign/.test(label));
  if (!person) return [];
  const { leaf, link } = person;
  const name = variables.field("assignee", leaf);
  const shown: Parts = link
    ? [variables.link([name], link, "assignee")]
    : leaf.eachLink
      ? [name]
      : ["**", name, "**"];
  return variables.optional([leaf], [" to ", ...shown]);
}

/** The thing, or what it would belong to where the payload has nothing else. */
function thingOrGroup(context: MessageContext): Parts {
  const { content, words } = context;
  const group =
    hasLabel(content) || content.link || words?.noun || words?.subject
      ? undefined
      : groupOf(context);
  const aspect = toldAspectOf(context);
  const told = aspect === undefined ? [] : [`${aspect}${prepositionAfter(aspect)}`];
  return (isSureGroup(context) ? group : undefined) ?? [...told, ...thingOf(context)];
}

const prepositionAfter = (aspect: string): string =>
  /(^| )(comment|note|review|reply|vote|answer|remark)$/.test(aspect) ? " on " : " of ";

function startSentence([first, ...rest]: Parts): Parts {
  if (typeof first === "string") return [sentenceCase(first), ...rest];
  if (typeof first === "object" && first.use === "optional") {
    const { parts, otherwise } = first;
    return [
      { ...first, parts: startSentence(parts), otherwise: startSentence(otherwise) },
      ...rest,
    ];
  }
  if (first?.use !== "link") return first === undefined ? rest : [first, ...rest];
  return [{ ...first, label: startSentence(first.label) }, ...rest];
}

/** How much, and on which branch. */
function circumstances({ content, variables }: MessageContext, onBranch: boolean): Parts {
  const { money, branch, branches } = content;
  const all: Parts[number][] = [];
  if (money) {
    const parts: Parts[number][] = [];
    const { amount, currency, minor } = money;
    parts.push(" for **");
    if (minor && currency) parts.push(variables.money(amount, currency));
    else {
      parts.push(variables.field("amount", amount));
      if (currency) parts.push(" ", variables.field("currency", currency));
    }
    parts.push("**");
    all.push(...variables.optional(currency ? [amount, currency] : [amount], parts));
  }
  if (branches) {
    const { source, target } = branches;
    const from = [" from `", variables.field("source_branch", source, "branch"), "`"];
    const to = [" to `", variables.field("target_branch", target, "branch"), "`"];
    all.push(...variables.optional([source, target], [...from, ...to]));
  } else if (branch && onBranch) {
    const on = [" on branch `", variables.field("branch", branch, "branch"), "`"];
    all.push(...variables.optional([branch], on));
  }
  return all;
}
