/** What the words of a message depend on. */
import { isMaking, type Leaf, pastOf, type Story } from "../../payload/index.ts";
import { type FieldUse, lookUp, type Parts, type Table } from "../message.ts";
import type { EventWords } from "./event-words.ts";
import type { Variables } from "./variables.ts";

export interface Telling {
  readonly story: Story;
  readonly words: EventWords | undefined;
  /** The service's name, for when nothing says what a message is about. */
  readonly displayName: string;
  readonly variables: Variables;
}

/** The actor's name in bold; undefined where nobody is known. */
export function actorOf(telling: Telling): Parts | undefined {
  // That the service did it by itself goes without saying.
  const service = telling.displayName.toLowerCase();
  const isService = (text: string): boolean => text.toLowerCase() === service;
  if (telling.story.actor.some(({ samples }) => samples.every(isService))) return undefined;
  return personIn(telling.story.actor, "actor", telling);
}

/** Who did it, at the start of a sentence. */
export function who(telling: Telling): Parts {
  const actor = actorOf(telling) ?? ["Somebody"];
  return telling.variables.optional(telling.story.actor, actor, ["Somebody"]);
}

/** The name of who made the thing, in bold; undefined where nobody is known, or somebody did what happened now. */
export function authorOf(telling: Telling): Parts | undefined {
  return personIn(telling.story.author ?? [], "author", telling);
}

function personIn(
  [name, family]: readonly Leaf[],
  variable: string,
  { variables }: Telling,
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

/** What the event is about, as a noun; undefined when nothing says it. */
export function nounOf({ story, words }: Telling): string | undefined {
  // A longer name from the event says more than the key of an object, where it means the same.
  if (
    words?.subject &&
    story.noun &&
    words.subject.split(" ").includes(story.noun.split(" ").at(-1) ?? "")
  ) {
    return words.subject.endsWith(story.noun) ? words.subject : story.noun;
  }
  if (story.noun && words?.noun?.endsWith(story.noun)) return words.noun;
  return story.noun ?? words?.subject ?? words?.noun;
}

/** Where a service says one of these, it says the others too. */
const families = ["create update delete remove", "open close reopen merge"].map((words) =>
  words.split(" "),
);

/** The field that says the deed, in the past form. */
export function actionOf({ story, variables }: Telling): FieldUse | undefined {
  const { action } = story;
  return action && variables.field("action", action, shownAction(action));
}

function shownAction(action: Leaf): FieldUse["shown"] {
  const past = (text: string): string => {
    const words = text.toLowerCase().split(/[ _-]+/);
    return [pastOf(words[0] ?? ""), ...words.slice(1)].join(" ");
  };
  const present = action.samples.filter((text) => !/ed(_|\b)/.test(text) && !isMiddle(text));
  if (present.length === 0) return "words";
  const known = families.filter((family) => family.some((word) => present.includes(word))).flat();
  const words = [...new Set([...action.samples, ...known])].sort();
  const entries = Object.fromEntries(words.map((text) => [text, past(text)] as const));
  const table: Table = { name: "PAST_TENSES", entries };
  return { table };
}

/** Words such as `in_progress` have no past form. */
const isMiddle = (text: string): boolean =>
  !/^[a-z]+([ _-][a-z]+)?$/.test(text) || /ing$|^(in|on|at)_/.test(text);

/** The values of the action, as shown, for which the thing is new to the reader. */
export function makingActions({ story }: Telling): string[] | undefined {
  const { action } = story;
  if (!action) return undefined;
  const shown = shownAction(action);
  const text = (value: string): string =>
    typeof shown === "object" ? lookUp(shown.table, value) : value.replaceAll("_", " ");
  return [...new Set(action.samples.filter(isMaking).map(text))];
}

/** Deeds after which a thing is as it was described before. */
const steps =
  /^(clos|reopen|fulfill|resolv|unresolv|assign|unassign|reassign|label|unlabel|delet|remov|archiv|unarchiv|merg|lock|unlock|mov|renam|acknowledg|snooz|unsnooz|approv|complet|ignor|mut|transferr|pinn|unpinn|tagg|untagg)ed$/;

/** Whether the event's name, or its lack of a deed, makes the thing worth describing. */
export function isNews({ story, words }: Telling): boolean {
  const verb = words?.verb;
  if (!verb) return true;
  if (/^(updat|edit|chang|modifi)/.test(verb))
    return story.changes.length === 0 && story.number === undefined;
  return !steps.test(verb);
}
