/** What the words of a message depend on. */
import { type EventContent, isMaking, type Leaf, pastOf } from "../../payload/index.ts";
import { type FieldUse, lookUp, type Parts, type Table } from "../message.ts";
import { asWords } from "./codes.ts";
import type { EventWords } from "./event-words.ts";
import type { Variables } from "./variables.ts";

export interface MessageContext {
  readonly content: EventContent;
  readonly words: EventWords | undefined;
  /** The service's name, for when nothing says what a message is about. */
  readonly displayName: string;
  readonly variables: Variables;
  /** The first line, where the author wrote it. */
  readonly headline?: (variables: Variables) => Parts;
}

/** The actor's name in bold; undefined where nobody is known. */
export function actorOf(context: MessageContext): Parts | undefined {
  // That the service did it by itself goes without saying.
  const service = context.displayName.toLowerCase();
  const isService = (text: string): boolean => text.toLowerCase() === service;
  if (context.content.actor.some(({ samples }) => samples.every(isService))) return undefined;
  const { actor, actorLink } = context.content;
  const [name] = actor;
  if (name && actorLink && actor.length === 1)
    return [context.variables.link([context.variables.field("actor", name)], actorLink, "actor")];
  return personIn(actor, "actor", context);
}

/** The actor's name without any marks. */
export function plainActorOf(context: MessageContext): Parts | undefined {
  return personIn(context.content.actor, "actor", context)?.filter((part) => part !== "**");
}

/** Who did it, at the start of a sentence. */
export function who(context: MessageContext): Parts {
  const actor = actorOf(context) ?? ["Somebody"];
  return context.variables.optional(context.content.actor, actor, ["Somebody"]);
}

/** The name of who made the thing, in bold; undefined where nobody is known, or somebody did what happened now. */
export function authorOf(context: MessageContext): Parts | undefined {
  return personIn(context.content.author ?? [], "author", context);
}

function personIn(
  [name, family]: readonly Leaf[],
  variable: string,
  { variables }: MessageContext,
): Parts | undefined {
  if (!name) return undefined;
  if (!family) return ["**", variables.field(variable, name), "**"];
  return [
    "**",
    variables.field("first_name", name),
    " ",
    variables.field("last_name", family),
    "**",
  ];
}

/** What things have, at the end of an event's name: `document_status_updated` is about the status of a document. */
const attributes =
  /^(.+) (status|state|stage|phase|priority|severity|price|stock|inventory|quota|balance|limit|description|assignee|permission|visibility|property|field)$/;

/** Whether an event's name speaks of something else than the thing that the payload names. */
const isOther = ({ said, noun = "" }: EventContent, subject: string): boolean =>
  !said && !subject.split(" ").some((word) => noun.split(" ").includes(word));

/** What of the thing the event's name speaks of, such as `refund` in `order.refund.created`; only of a thing that is named. */
export function aspectOf({ content, words }: MessageContext): string | undefined {
  const subject = words?.subject;
  if (!subject || (content.title ?? content.number) === undefined) return undefined;
  const { noun } = content;
  const rest = noun === undefined ? undefined : restAfter(subject, noun);
  // That what happened is an event goes without saying.
  if (rest !== undefined) return /(^| )(event|notification)$/.test(rest) ? undefined : rest;
  // Of a name such as `statusChange` only the payload knows whose status it is.
  const isAttribute = attributes.test(`thing ${subject}`) && !subject.includes(" ");
  // A lead that was created at a link is not the link.
  const isNew = /^(creat|add|record|register)/.test(words.verb ?? "");
  if (noun === undefined ? isAttribute : isOther(content, subject) && (isAttribute || isNew))
    return subject;
  const [, thing, aspect] = attributes.exec(subject) ?? [];
  return noun === undefined || noun === thing ? aspect : undefined;
}

/** The aspect as the sentence tells it: which property was changed stands below it, where the payload names it. */
export function toldAspectOf(context: MessageContext): string | undefined {
  const aspect = aspectOf(context);
  const isNamed = context.content.changes.some(({ name }) => name !== undefined);
  return isNamed && /^(property|field)$/.test(aspect ?? "") ? undefined : aspect;
}

/** What follows a noun in a longer name. */
function restAfter(name: string, noun: string): string | undefined {
  const at = ` ${name} `.indexOf(` ${noun} `);
  const rest = at < 0 ? "" : name.slice(at + noun.length + 1);
  return rest === "" ? undefined : rest;
}

/** What the event is about, as a noun; undefined when nothing says it. */
export function nounOf(context: MessageContext): string | undefined {
  const { content, words } = context;
  const aspect = aspectOf(context);
  if (aspect !== undefined) return words?.subject?.slice(0, -aspect.length - 1) || content.noun;
  // Without a name of its own a thing is no more than the event's name says.
  const isUnnamed = (content.title ?? content.number) === undefined;
  const rest = content.noun && restAfter(words?.subject ?? "", content.noun);
  if (isUnnamed && rest && !rest.includes(" ")) return words?.subject;
  // A longer name from the event says more than the key of an object, where it means the same.
  if (
    words?.subject &&
    content.noun &&
    words.subject.split(" ").includes(content.noun.split(" ").at(-1) ?? "")
  ) {
    return words.subject.endsWith(content.noun) ? words.subject : content.noun;
  }
  if (content.noun && words?.noun?.endsWith(content.noun)) return words.noun;
  return content.noun ?? words?.subject ?? words?.noun;
}

/** Where a service says one of these, it says the others too. */
const families = ["create update delete remove", "open close reopen merge"].map((words) =>
  words.split(" "),
);

/** The field that says what was done, in the past form. */
export function actionOf({ content, variables }: MessageContext): FieldUse | undefined {
  const { action } = content;
  return action && variables.field("action", action, shownAction(action));
}

function shownAction(action: Leaf): FieldUse["shown"] {
  const past = (text: string): string => {
    if (isMiddle(text)) return text.replaceAll("_", " ");
    const words = text.toLowerCase().split(/[ _-]+/);
    return [pastOf(words[0] ?? ""), ...words.slice(1)].join(" ");
  };
  const present = action.samples.filter((text) => !/ed(_|\b)/.test(text) && !isMiddle(text));
  if (present.length === 0) return asWords(action);
  const known = families.filter((family) => family.some((word) => present.includes(word))).flat();
  const words = [...new Set([...action.samples, ...known])].sort();
  const entries = Object.fromEntries(words.map((text) => [text, past(text)] as const));
  const table: Table = { name: "PAST_TENSES", entries };
  return { table };
}

/** Words such as `in_progress` have no past form. */
const isMiddle = (text: string): boolean =>
  !/^[A-Z]?[a-z]+([ _-][a-z]+)?$/.test(text) || /ing$|^[a-z]+ing[ _-]|^(in|on|at)_/.test(text);

/** The values of the action, as shown, for which the thing is new to the reader. */
export function makingActions({ content }: MessageContext): string[] | undefined {
  const { action } = content;
  if (!action) return undefined;
  const shown = shownAction(action);
  const text = (value: string): string =>
    typeof shown === "object" ? lookUp(shown.table, value) : plain(value, shown);
  return [...new Set(action.samples.filter(isMaking).map(text))];
}

function plain(value: string, shown: FieldUse["shown"]): string {
  const text = shown === undefined ? value : value.replaceAll("_", " ");
  return shown === "lower words" ? text.toLowerCase() : text;
}

/** Actions after which a thing is as it was described before. */
const steps =
  /^(clos|reopen|fulfill|resolv|unresolv|assign|unassign|reassign|label|unlabel|delet|remov|archiv|unarchiv|merg|lock|unlock|mov|renam|acknowledg|snooz|unsnooz|approv|complet|ignor|mut|transferr|pinn|unpinn|tagg|untagg)ed$/;

/** Whether the event's name, or its lack of a verb, makes the thing worth describing. */
export function isNews({ content, words }: MessageContext): boolean {
  const verb = words?.verb;
  if (!verb) return true;
  if (/^(updat|edit|chang|modifi)/.test(verb))
    return content.changes.length === 0 && content.number === undefined;
  return !steps.test(verb);
}
