/** The whole message: the sentence, then what else there is to say about it. */
import type { Change, EventContent, Fact, JsonPath, Leaf } from "../../payload/index.ts";
import { isMaking } from "../../payload/index.ts";
import { type Body, type Parts, type Passage, passagesOf } from "../message.ts";
import { actionOf, isNews, type MessageContext, makingActions } from "./context.ts";
import { factPassages, needsOf } from "./fact.ts";
import { inSentence, labelOf } from "./label.ts";
import { listPassage } from "./list.ts";
import { isPush } from "./push.ts";
import { headingOf, sentenceOf } from "./sentence.ts";

/**
 * Tells a content.
 * @param functionName The function that will hold it, after which those of list items are named.
 */
export function eventBody(context: MessageContext, functionName: string): Body {
  const { content } = context;
  const sentence =
    context.headline?.(context.variables) ?? withService(sentenceOf(context), context);
  const list =
    content.list && (content.list.isChosen || !isFirstValues(context))
      ? listPassage(content.list, functionName)
      : undefined;
  const more = [...detailPassages(context), ...changePassages(context)];
  const quote = quotePassage(context);
  const end = endOf(sentence, content);
  // A state already stands behind a colon.
  const isState = (parts: Parts): boolean =>
    parts.some((part) =>
      typeof part === "object" && part.use === "optional" ? isState(part.parts) : part === ": **",
    );
  const colon = isState(sentence) || isClosed(sentence) ? "" : ":";
  if (quote && more.length === 0 && !list)
    return [...passagesOf(sentence), withEnd(quote, colon, end)];
  const { headed, alone } = introduce(list, more, content);
  const mark = alone ? colon : isHeading(context, more) ? ":" : end;
  const first = passagesOf([...sentence, mark].filter((part) => part !== ""));
  return [...first, ...more, ...headed, ...(quote ? [quote] : [])];
}

/** Whether the first line only names a thing, so that what follows is what the message says. */
function isHeading({ content, words }: MessageContext, more: readonly Passage[]): boolean {
  const { action, state, actor, isMail } = content;
  const isTold = (words?.verb ?? action ?? state ?? isMail) !== undefined || actor.length > 0;
  return !isTold && more.some(({ needs, only, differ }) => !needs && !only && !differ);
}

/** One word, or a name alone, is no message: whose word it is says a little more. */
function withService(sentence: Parts, { displayName, content }: MessageContext): Parts {
  const isNameAlone =
    sentence.length === 1 &&
    typeof sentence[0] === "object" &&
    sentence[0].use === "link" &&
    content.details.length === 0 &&
    !content.text;
  if (isNameAlone) return [`${displayName}: `, ...sentence];
  const [only] = sentence;
  const isBare = typeof only === "string" && /^\p{L}+$/u.test(only) && sentence.length === 1;
  const what = content.text ? "" : "notification: ";
  return isBare ? [`${displayName} ${what}${only.toLowerCase()}`] : sentence;
}

/** Whether the list has the values that a new thing starts with, which the thing itself tells. */
function isFirstValues({ content, words }: MessageContext): boolean {
  const verbs = content.action?.samples ?? (words?.verb ? [words.verb] : []);
  return content.list?.item.field !== undefined && verbs.length > 0 && verbs.every(isMaking);
}

/** A list follows the sentence directly, or has a heading of its own after other lists. */
function introduce(
  list: Passage | undefined,
  others: readonly Passage[],
  { list: told }: EventContent,
): { headed: Passage[]; alone: boolean } {
  if (!list) return { headed: [], alone: false };
  if (others.length === 0) return { headed: [list], alone: list.needs === undefined };
  const heading = `\n\n**${told?.item.field ? "Changes" : labelOf(told?.key ?? "")}:**`;
  return { headed: [{ ...list, parts: [heading, ...list.parts] }], alone: false };
}

/** Whether an author's first line ends with a mark of its own. */
function isClosed(sentence: Parts): boolean {
  const last = sentence.at(-1);
  return (
    typeof last === "string" && /([!?…。！？]|\p{Extended_Pictographic}\uFE0F?|:\w+:)$/u.test(last)
  );
}

/** A title that brings a mark of its own needs none, unless a link ends around it. */
function endOf(sentence: Parts, { title }: EventContent): string {
  if (isClosed(sentence)) return "";
  const [field, bold] = sentence.slice(-2);
  const isLast =
    bold === "**" &&
    typeof field === "object" &&
    field.use === "field" &&
    field.path === title?.path;
  return isLast && title?.samples.some((text) => /[.!?:…]$/.test(text)) ? "" : ".";
}

/** The quote follows the sentence directly, so that a colon leads to it. */
function withEnd(quote: Passage, colon: string, end: string): Passage {
  const parts = [colon, ...quote.parts].filter((part) => part !== "");
  const otherwise = end === "" ? [] : [end];
  return quote.needs || quote.only ? { ...quote, parts, otherwise } : { ...quote, parts };
}

function quotePassage(context: MessageContext): Passage | undefined {
  const { content, variables } = context;
  const text = content.remark ? content.remark.text : content.text;
  if (!text || (isPush(context) && !content.isTextChosen)) return undefined;
  const parts = [variables.field("quote", text, "quote")];
  if (content.remark) return { parts, ...needsOf([text]) };
  const only = content.isTextChosen ? {} : onlyWhenNew(context);
  if (only === undefined) return undefined;
  // Descriptions are often left empty, whatever the captured payloads say.
  const needs = needsOf([text]).needs ?? [text.path];
  return { parts, needs, ...only };
}

/** Nothing to ask for news, a condition where an action tells, and undefined where it is no news. */
function onlyWhenNew(context: MessageContext): Pick<Passage, "only"> | undefined {
  const making = makingActions(context);
  if (!making) return isNews(context) ? {} : undefined;
  if (making.length === 0) return undefined;
  const field = actionOf(context);
  return field ? { only: { field, values: making } } : {};
}

const MAX_KNOWN_FACTS = 4;

function detailPassages(context: MessageContext): Passage[] {
  const only = onlyWhenNew(context);
  return [...detailsToTell(context), ...chosenIn(context)].flatMap((fact) =>
    factPassages(fact, context.variables, only),
  );
}

const chosenIn = ({ content }: MessageContext): Fact[] =>
  content.details.filter(({ isChosen }) => isChosen);

/** The facts that a message tells, without those that the author chose. */
function detailsToTell(context: MessageContext): Fact[] {
  const { content, words } = context;
  if (content.remark || isPush(context)) return [];
  const found = content.details.filter(({ isChosen }) => !isChosen);
  // Of a thing that is known already, a few facts will do.
  const isNew = onlyWhenNew(context) !== undefined;
  const most = isNew ? found.length : MAX_KNOWN_FACTS;
  // Later on, who takes care of a thing is known.
  const isBirth =
    !words?.verb || /^(creat|open|submit|add|trigger|unacknowledg|escalat)/.test(words.verb);
  const isOfAssignee = words?.tokens.some((token) => /^assign(ees?|ments?)$/.test(token));
  const isKnown = ({ label }: Fact): boolean =>
    !isBirth && !isOfAssignee && label.startsWith("assign");
  const facts = found.filter((fact) => !isKnown(fact) && !isSaidBy(words, fact));
  // What only some payloads have beside the thing is what those are about.
  const isOwn = ({ leaf }: Fact): boolean => leaf.optional.some(({ length }) => length === 1);
  const sorted = [...facts].sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)));
  const isPage = ({ meaning }: Fact): boolean => meaning === "page";
  const told = (isNew ? facts : sorted).filter((fact) => !isPage(fact)).slice(0, most);
  return [...told, ...facts.filter(isPage)];
}

/** Whether the event's name has what a field says: after "was done" a code `done` is news to nobody, nor a call's `call`. */
function isSaidBy(words: MessageContext["words"], { leaf, link }: Fact): boolean {
  const name = ` ${words?.tokens.join(" ")}`;
  const plain = leaf.samples.map((text) => text.toLowerCase().replace(/[_-]/g, " "));
  const isKind = !link && plain.every((text) => words?.tokens.includes(text) && text === plain[0]);
  return words?.verb !== undefined && (isKind || plain.every((text) => name.endsWith(` ${text}`)));
}

function changePassages({ content, variables }: MessageContext): Passage[] {
  return content.changes.map((change) => {
    const { label, name } = change;
    const before = change.before && variables.field(`old_${label}`, change.before);
    const now = change.after && variables.field(`new_${label}`, change.after);
    const field = name ? variables.field(`${label}_name`, name) : nameOf(change);
    const from: Parts = before ? [" from **", before, "**"] : [];
    const to: Parts = now ? [" to **", now, "**"] : [];
    const needs = needsOfChange(change);
    return {
      ...(before && now && { differ: [before, now] as const }),
      parts: ["\n* Changed ", field, ...from, ...to],
      ...(needs.length > 0 && { needs }),
    };
  });
}

/** Other payloads of the kind change other fields, so each of them may always be missing. */
function needsOfChange({ name, holder, before, after }: Change): readonly JsonPath[] {
  const sides = [before, after].filter((leaf) => leaf !== undefined);
  const needs = [...(needsOf(sides).needs ?? [])];
  // A change that is told by itself is whole.
  if (name) return needs;
  const add = (path: JsonPath): void => {
    if (!needs.some((known) => JSON.stringify(known) === JSON.stringify(path))) needs.push(path);
  };
  for (const { path } of sides) {
    const inside = holder.every((step, index) => path[index] === step);
    for (let length = Math.max(1, holder.length); inside && length <= path.length; length++)
      add(path.slice(0, length));
  }
  return needs.sort((a, b) => a.length - b.length);
}

const nameOf = ({ label }: Change): string => inSentence(labelOf(label));

const MAX_PLAIN_FACTS = 6;
/** What is for machines, or not for everybody. */
const untold =
  /(^|_)(id|uuid|guid|at|on|time|date|timestamp|created|updated|version|object|token|secret|password|key|signature|hash|webhooks?|unsubscribe|documentation|type|attempts?)$/;

/** The message of a payload in which nothing is known: what happened, and the outermost facts. */
export function factsBody(
  leaves: readonly Leaf[],
  context: MessageContext,
  functionName: string,
): Body {
  const { content, variables } = context;
  const short = leaves.filter(
    ({ key, samples }) =>
      !untold.test(key) &&
      samples.every(
        (text) => !/[\n\r\t]|^\w+:\/\/|^[0-9a-f-]{16,}$/.test(text) && text.length <= 100,
      ),
  );
  const facts = short.slice(0, MAX_PLAIN_FACTS).map((leaf): Passage => {
    const label = labelOf(String(leaf.path.findLast((step) => typeof step === "string") ?? ""));
    const loose: Leaf = leaf.kind === "integer" ? { ...leaf, kind: "number" } : leaf;
    const parts = [`\n* **${label}:** `, variables.field(leaf.key, loose)];
    return { parts, ...needsOf([leaf]) };
  });
  const heading = context.headline?.(variables) ?? [headingOf(context)];
  const chosen = chosenIn(context).flatMap((fact) => factPassages(fact, variables));
  const list = content.list?.isChosen
    ? introduce(listPassage(content.list, functionName), facts, content).headed
    : [];
  const quote = content.isTextChosen ? (quotePassage(context) ?? []) : [];
  const isSure = [...facts, ...chosen].some(({ needs }) => !needs);
  const first = passagesOf([...heading, isSure ? ":" : "."]);
  return [...first, ...facts, ...chosen, ...list, quote].flat();
}
