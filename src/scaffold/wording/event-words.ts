/** What an event's name says: of `deployment.finished`, that a deployment was finished. */
import { canBeVerb, isPast, isVerb, pastOf, singular, spelledOut } from "../../payload/index.ts";

export interface EventWords {
  /** What it is about, such as `deployment`. */
  readonly subject: string | undefined;
  /** What happened to it, such as `finished`. */
  readonly verb: string | undefined;
  /** What the action was done to, such as `email` in `contact.added_email`. */
  readonly object: string | undefined;
  /** True when the thing did it by itself, such as `failed`: then nobody else did. */
  readonly intransitive: boolean;
  /** For a name without a verb: the whole name as a noun, in the singular, such as `pull request`. */
  readonly noun: string | undefined;
  /** The words of the name, such as `pull`, `request`, `opened`. */
  readonly tokens: readonly string[];
  /** Those of them that are not the verb. */
  readonly nouns: readonly string[];
  /** The whole name as words, such as `Deployment finished`. */
  readonly label: string;
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** What things do, and people do not do to them. */
const intransitiveVerbs = set(
  `failed succeeded passed expired crashed recovered breached exceeded happened occurred appeared lapsed timed
  complained finished ended errored completed degraded fired bounced arrived reached`,
);
/** Words around a name that say nothing of the event. */
const noise = set("hook webhook event events notification notifications git vcs v1 v2 v3 api");
/** Nouns at the end of a name that say how something went. */
const outcomes = new Map([
  ["error", "failed"],
  ["failure", "failed"],
  ["success", "succeeded"],
]);
/** How a thing can be, at the end of a name. */
const conditions = set(
  "down up late overdue offline online unreachable unhealthy healthy ready full",
);
/** Words that "up", "down" and the like belong to, as in "follow up". */
const particled =
  /^(back|clean|count|follow|look|roll|scale|set|shut|sign|slow|speed|start|top|wake|wind)(n?ed|s)?$/;
/** What happened as a noun, at the end of a name such as `contact.creation`. */
const deeds = new Map(
  Object.entries({
    creation: "created",
    deletion: "deleted",
    removal: "removed",
    change: "changed",
    modification: "modified",
    activation: "activated",
    deactivation: "deactivated",
    completion: "completed",
    expiration: "expired",
    cancellation: "cancelled",
    restoration: "restored",
    recovery: "recovered",
    renewal: "renewed",
    approval: "approved",
    rejection: "rejected",
    suspension: "suspended",
    resolution: "resolved",
    escalation: "escalated",
  }),
);
const canFail =
  /^(build|deploy|deployment|job|pipeline|run|workflow|check|scan|sync|backup|import|export|payment|delivery|login|signin|signup|authentication|registration|verification|charge|transfer|payout|refund|renewal|upload|download|installation|migration|request|test|call)$/;
/** Verbs that name a thing of their own: what was said. */
const remarks = set("commented replied noted annotated reviewed answered");
/** Whose doing it is, in names such as `conversation.admin.assigned`. */
const doers = set("admin user agent customer member guest visitor system bot");

/**
 * Reads an event's name.
 * @param event Such as `deployment.finished`, `issue:created`, `Push Hook` or `dealWon`.
 * @param service The service's name, which some services put before the event's.
 * @param isKey Whether it is the key of what the payload is about: an `associated_owner` is a thing.
 */
export function wordsOfEvent(event: string, service = "", isKey = false): EventWords {
  const tokens = withoutDoer(withoutNoise(tokensOf(event), tokensOf(service)));
  const label = sentenceCase(shortened(tokens)) || "Notification";
  const verbPhrase = isKey && !isDone(tokens) ? undefined : verbIn(tokens);
  if (!verbPhrase) {
    const noun = singularPhrase(tokens);
    const unknown = { subject: undefined, verb: undefined, object: undefined, intransitive: false };
    return { ...unknown, noun: noun === "" ? undefined : noun, tokens, nouns: tokens, label };
  }
  const subject = singularPhrase(verbPhrase.subject) || undefined;
  const object = shortened(verbPhrase.object) || undefined;
  const intransitive = intransitiveVerbs.has(verbPhrase.verb) || verbPhrase.isCondition === true;
  const isRemark = remarks.has(verbPhrase.verb);
  const nouns = isRemark ? [...verbPhrase.subject, verbPhrase.verb] : verbPhrase.subject;
  return {
    subject,
    verb: verbPhrase.verb,
    object,
    intransitive,
    noun: undefined,
    tokens,
    nouns,
    label,
  };
}

/** Whether a key such as `order_paid` or `fork` says what was done; `build` and `associated_owner` are things. */
const isDone = (tokens: readonly string[]): boolean =>
  tokens.length > 1
    ? isPast(tokens.at(-1) ?? "") && !isPast(tokens[0] ?? "")
    : /^(fork|push)$/.test(tokens[0] ?? "");

function tokensOf(text: string): string[] {
  return text
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .reduce(joinPrefix, [])
    .flatMap((word) => spelledOut(word).split(" "));
}

/** `UnAcknowledge` is one word. */
function joinPrefix(words: string[], word: string): string[] {
  if (words.at(-1) === "un") words[words.length - 1] = `un${word}`;
  else words.push(word);
  return words;
}

function withoutNoise(tokens: readonly string[], service: readonly string[]): string[] {
  let [from, to] = [0, tokens.length];
  const isName = service.length > 0 && service.every((word, index) => tokens[index] === word);
  if (isName && tokens.length > service.length) from = service.length;
  // `scheduler.scheduled_event.created` of Acme Scheduler.
  const isEndOfName = service.length > 1 && tokens[from] === service.at(-1);
  if (!isName && isEndOfName && tokens.length > 2) from = 1;
  while (to - from > 1 && noise.has(tokens[from] ?? "")) from += 1;
  while (to - from > 1 && noise.has(tokens[to - 1] ?? "")) to -= 1;
  return tokens.slice(from, to);
}

interface VerbPhrase {
  verb: string;
  subject: readonly string[];
  object: readonly string[];
  /** How the thing is, rather than what was done to it. */
  isCondition?: true;
}

/** Words that say to which place something was done. */
const directions = set("into onto to from");
/** Verbs that are a noun too, but not after what they are done to, as in `gift_cards.purchase`. */
const doneToMany = set("purchase refund charge capture void pin mute star fork deploy");

function verbIn(tokens: readonly string[]): VerbPhrase | undefined {
  // Of `cancel_or_refund` nobody can tell which.
  if (tokens.some((word) => word === "or")) return undefined;
  const last = tokens.at(-1) ?? "";
  const before = tokens.slice(0, -1);
  const [start = ""] = tokens;
  // In `create_update` the update is what was created.
  if (tokens.length === 2 && isVerb(start) && isVerb(last) && !isPast(last))
    return { verb: pastOf(start), subject: [last], object: [] };
  if (isPast(last)) return { verb: last, subject: before, object: [] };
  if (before.length > 0 && isVerb(last)) return { verb: pastOf(last), subject: before, object: [] };
  const deed = before.length > 0 ? deeds.get(last) : undefined;
  if (deed) return { verb: deed, subject: before, object: [] };
  const isMany = singular(before.at(-1) ?? "") !== before.at(-1);
  if (isMany && doneToMany.has(last)) return { verb: pastOf(last), subject: before, object: [] };
  const outcome = canFail.test(before.at(-1) ?? "") ? outcomes.get(last) : undefined;
  if (outcome) return { verb: outcome, subject: before, object: [] };
  if (before.length > 0 && conditions.has(last) && !particled.test(before.at(-1) ?? ""))
    return { verb: `is ${last}`, subject: before, object: [], isCondition: true };
  const clause = tokens.findIndex((word) => /^(needs|requires|awaits)$/.test(word));
  if (clause > 0 && /^(attention|approval|confirmation|input|action)$/.test(last)) {
    const subject = tokens.slice(0, clause);
    return { verb: tokens.slice(clause).join(" "), subject, object: [], isCondition: true };
  }
  const at = tokens.findIndex((word, index) => index > 0 && isPast(word));
  if (at > 0)
    return { verb: tokens[at] ?? "", subject: tokens.slice(0, at), object: tokens.slice(at + 1) };
  const [first = ""] = tokens;
  if (tokens.length > 1 && isPast(first))
    return { verb: first, subject: placed(tokens.slice(1)), object: [] };
  if (/^(request|event|status|alert|run|job|log|token|key|comment|message)$/.test(last))
    return undefined;
  if (isVerb(first) || (tokens.length > 1 && first === "push")) {
    return { verb: pastOf(first), subject: placed(tokens.slice(1)), object: [] };
  }
  // `task.move.column`
  const middle = tokens.findIndex((word, index) => index > 0 && isVerb(word));
  if (middle > 0)
    return {
      verb: pastOf(tokens[middle] ?? ""),
      subject: tokens.slice(0, middle),
      object: tokens.slice(middle + 1),
    };
  return tokens.length === 1 && canBeVerb(first) && first !== "release"
    ? { verb: pastOf(first), subject: [], object: [] }
    : undefined;
}

/** Without the place that it was done to: of `move_card_to_list` the card is moved. */
function placed(words: readonly string[]): readonly string[] {
  const at = words.findIndex((word, index) => index > 0 && directions.has(word));
  return at > 0 ? words.slice(0, at) : words;
}

/** What people talk in: what an admin or a user creates there is a part of it. */
const talks = set("conversation ticket chat message thread");
/** What is done to a customer or a member as it is to anything else. */
const toAnything = /^(creat|add|updat|delet|remov|import|merg)ed$/;

function withoutDoer(words: readonly string[]): readonly string[] {
  const at = words.length - 2;
  const isObject = toAnything.test(words.at(-1) ?? "") && !words.some((word) => talks.has(word));
  return at > 0 && !isObject && doers.has(words[at] ?? "")
    ? [...words.slice(0, at), ...words.slice(at + 1)]
    : words;
}

function singularPhrase(words: readonly string[]): string {
  return shortened(words.map(singular));
}

function shortened(words: readonly string[]): string {
  return [...words.join(" ")].slice(0, 60).join("").trim();
}

/** A text with a capital at its start. */
export function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
