/** How a message names what it is about, and what that belongs to. */
import { articleFor, canBeVerb, type EventContent, type Leaf } from "../../payload/index.ts";
import type { FieldUse, Parts } from "../message.ts";
import { type MessageContext, nounOf } from "./context.ts";

/** What the message is about: the noun, and the number and title with their link. */
export function thingOf(context: MessageContext): Parts {
  const { content, displayName, variables } = context;
  const { title, number, link } = content;
  const noun = nounOf(context);
  const hash: Parts = number
    ? [isShortNumber(number) ? "#" : "", variables.field("number", number)]
    : [];
  const isAlways = title?.optional.length === 0;
  const name: Parts = title && isAlways ? nameOf(title, content, variables) : [];
  const after: Parts =
    title && !isAlways
      ? variables.optional([title], [" **", titleField(title, variables), "**"])
      : [];
  const gap = hash.length > 0 && name.length > 0 ? [" "] : [];
  const label = [...hash, ...gap, ...name].filter((part) => part !== "");
  const what = isSaidByVerb(context, noun)
    ? undefined
    : (noun ?? (title || isCode(number) ? undefined : displayName));
  if (label.length === 0) {
    const bare = noun ?? `${displayName} notification`;
    const otherwise = link ? variables.link([bare], link) : bare;
    if (!title) return [otherwise];
    const field = titleField(title, variables);
    const named = link ? [variables.link([field], link)] : emphasis([field]);
    const before = noun === undefined ? [] : [`${noun} `];
    const { otherTitle } = content;
    const other = otherTitle && emphasis([variables.field("other_title", otherTitle)]);
    return variables.optional([title], [...before, ...named], other ?? [otherwise]);
  }
  const before = what === undefined ? [] : [`${what} ${content.isMail ? "to " : ""}`];
  if (content.apiLink && number)
    return [...before, variables.browseLink(label, content.apiLink, number), ...after];
  const shown = link ? [variables.link(label, link)] : emphasis(label);
  return [...before, ...shown, ...after];
}

/** Whether people read it as a number, as they do not with ten digits and more. */
const isShortNumber = ({ kind, samples }: Leaf): boolean =>
  kind === "integer" || samples.every((text) => /^\d{1,9}$/.test(text));

/** Whether it is no mere number. */
const isCode = (number: Leaf | undefined): boolean =>
  number?.samples.every((text) => /\p{L}/u.test(text)) ?? false;

function nameOf(
  title: Leaf,
  { surname }: EventContent,
  variables: MessageContext["variables"],
): Parts {
  if (!surname) return [titleField(title, variables)];
  return [variables.field("given_name", title), " ", variables.field("family_name", surname)];
}

/** Bold text may not end in a space. */
export function titleField(title: Leaf, variables: MessageContext["variables"]): FieldUse {
  const loose = title.samples.some((text) => text !== text.trim());
  return variables.field("title", title, loose ? "trimmed" : undefined);
}

const emphasis = (label: Parts): Parts => ["**", ...label, "**"];

/** Whether a thing has anything that tells it from others of its kind. */
export const hasLabel = ({ title, number }: EventContent): boolean =>
  (title ?? number) !== undefined;

/** Whether a noun would only repeat the verb, as in "forked fork", or names what all things here belong to. */
function isSaidByVerb({ content, words }: MessageContext, noun: string | undefined): boolean {
  const [verb = ""] = words?.tokens ?? [];
  const isNoun = !words?.verb && !content.remark;
  if (content.action || noun === undefined || isNoun || !canBeVerbAlone(words?.tokens ?? []))
    return false;
  return noun.startsWith(verb) || /^(repository|repo|project)$/.test(noun);
}

/** Whether an event's name is one word that may be a verb, such as `fork`. */
export const canBeVerbAlone = (tokens: readonly string[]): boolean =>
  tokens.length === 1 && canBeVerb(tokens[0] ?? "");
/** The article before a noun, with a space behind it. */
export const article = (noun: string | undefined): string =>
  noun === undefined ? "" : `${articleFor(noun)} `;

/** What a thing belongs to, with its link. */
export function groupOf({ content, variables }: MessageContext): Parts | undefined {
  const { group } = content;
  if (!group) return undefined;
  const name = variables.field(group.name.parent || "name", group.name);
  const shown = group.link ? [variables.link([name], group.link)] : ["**", name, "**"];
  return shown;
}

/** Whether what the thing belongs to is always named. */
export const isSureGroup = ({ content }: MessageContext): boolean =>
  content.group?.name.optional.length === 0;
