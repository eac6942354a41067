/** The words of a message: from the fields of a payload to a sentence, a list of facts and a quote. */
import type { Fields, Leaf } from "../payload/index.ts";
import { actors, groups } from "../payload/vocabulary.ts";
import type { EventWords } from "./event-words.ts";
import type { Parts } from "./parts.ts";
import type { Variables } from "./variables.ts";

/** What the words depend on besides the fields. */
export interface Telling {
  readonly words: EventWords | undefined;
  /** The service's name, for when nothing says what a message is about. */
  readonly displayName: string;
  readonly variables: Variables;
}

/** The line over a message that has no sentence. */
export function headingOf({ words, displayName }: Telling): string {
  return words?.label ?? `${displayName} notification`;
}

/** The sentence a message starts with, without its end. */
export function lead(fields: Fields, telling: Telling): Parts {
  const { words, variables } = telling;
  const { action, state } = fields;
  const actor: Parts | undefined = fields.actor && [
    "**",
    variables.use("actor", fields.actor),
    "**",
  ];
  const verb = action ? variables.use("action", action, { asWords: true }) : words?.verb;
  const noun = words?.subject ?? nounOf(fields.title ?? fields.number) ?? words?.noun;
  const thing = thingOf(fields, noun, telling);
  const sentence =
    actor && verb !== undefined && !(words?.ownDeed && !action)
      ? [...actor, " ", verb, " ", ...thing]
      : [
          ...startSentence(thing),
          ...(actor ? [" by ", ...actor] : []),
          ...(verb === undefined ? [] : [" ", verb]),
        ];
  return state && saysMore(fields, words)
    ? [...sentence, ": **", variables.use("state", state), "**"]
    : sentence;
}

/** Whether the state adds to the verb: "finished: finished" and "opened: open" do not. */
function saysMore({ state, action }: Fields, words: EventWords | undefined): boolean {
  const verbs = [...(action?.samples ?? []), words?.verb ?? ""].map((verb) => verb.toLowerCase());
  return (
    state?.samples.some((text) => !verbs.some((verb) => verb.startsWith(text.toLowerCase()))) ??
    false
  );
}

/** What the message is about: the noun, and the title with its link. */
function thingOf(
  { title, number, link }: Fields,
  noun: string | undefined,
  { displayName, variables }: Telling,
): Parts {
  const hash: Parts = number
    ? [number.kind === "integer" ? "#" : "", variables.use("number", number)]
    : [];
  const label: Parts = title ? [variables.use("title", title)] : hash;
  const what = noun ?? (number ? displayName : undefined);
  const before = what !== undefined && label.length > 0 ? [`${what} `] : [];
  const shown = label.length > 0 ? label : [noun ?? `${displayName} notification`];
  return link
    ? [...before, "[", ...shown, "](", variables.use("url", link), ")"]
    : [...before, ...shown];
}

/** Objects that the message names otherwise. */
const named = new Set([...groups, ...actors]);
/** Names that say nothing of what is in the object. */
const vague =
  /(^|_)(data|info|details?|meta|metadata|annotations|labels|model|items?|entity|object|resource|payload|body|attributes|event|recording|status|result|response|params|properties|fields|context|content)$/;

/** The object that holds the title, such as `pull request`. */
function nounOf(leaf: Leaf | undefined): string | undefined {
  const parent = leaf?.parent ?? "";
  const isNoun = /^[a-z]+(_[a-z]+)?$/.test(parent) && !named.has(parent) && !vague.test(parent);
  return isNoun ? parent.replaceAll("_", " ") : undefined;
}

function startSentence([first, ...rest]: Parts): Parts {
  if (typeof first !== "string") return first === undefined ? rest : [first, ...rest];
  return [first.charAt(0).toUpperCase() + first.slice(1), ...rest];
}

/** The first sentence, then details as a list and longer text as a quote. */
export function tellFields(fields: Fields, telling: Telling): Parts {
  const { variables } = telling;
  const { details, text, state } = fields;
  const sentence = lead(fields, telling);
  const quote: Parts = text ? ["\n\n~~~ quote\n", variables.use("text", text), "\n~~~"] : [];
  // A bare title ends as it ends: it may bring a mark of its own.
  const bare = typeof sentence.at(-1) !== "string";
  const end = text && !state && details.length === 0 ? ":" : bare ? "" : ".";
  const parts = [...sentence, end, ...facts(details, variables), ...quote];
  return parts.filter((part) => part !== "");
}

function facts(leaves: readonly Leaf[], variables: Variables): Parts {
  return leaves.flatMap((leaf): Parts => {
    const label = labelOf(String(leaf.path.at(-1) ?? ""));
    return [`\n* **${label}:** `, variables.use(leaf.key, leaf)];
  });
}

const MAX_PLAIN_FACTS = 5;
/** What is for machines, or not for everybody. */
const untold =
  /(^|_)(id|uuid|guid|at|on|time|date|timestamp|created|updated|version|object|token|secret|password|key|signature|hash|webhooks?)$/;

/** The message of a payload in which no key is known: what happened, and the outermost facts. */
export function tellFacts(leaves: readonly Leaf[], telling: Telling): Parts {
  const short = leaves.filter(
    (leaf) =>
      !untold.test(leaf.key) &&
      leaf.samples.every((text) => !/[\n\r\t]/.test(text) && text.length <= 100),
  );
  const shown = facts(short.slice(0, MAX_PLAIN_FACTS), telling.variables);
  const heading = headingOf(telling);
  return shown.length > 0 ? [`${heading}:`, ...shown] : [`${heading}.`];
}

/** A key as a label, without the marks that could break the Markdown around it. */
export function labelOf(key: string): string {
  const words = key.replace(/([a-z0-9])([A-Z])/g, "$1 $2").replace(/[^\p{L}\p{M}\p{N}]+/gu, " ");
  const text = [...words.trim()].slice(0, 40).join("").trim().toLowerCase();
  return text === "" ? "Value" : text.charAt(0).toUpperCase() + text.slice(1);
}
