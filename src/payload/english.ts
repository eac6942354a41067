/** The little English that names of events and keys need. */

/** Words come from payloads, and one may be called like something that every object has. */
const table = (words: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(words));

const irregularPlurals = table({
  people: "person",
  children: "child",
  statuses: "status",
  analyses: "analysis",
  indices: "index",
  ids: "id",
});
const irregularPluralOf: ReadonlyMap<string, string> = new Map(
  ["people", "children", "indices"].map((word) => [irregularPlurals.get(word) ?? word, word]),
);
const singularAlready = /(ss|us|is|news|series|alias|analytics|redis)$/;

/** One of what a word counts: `issues` becomes `issue`. */
export function singular(word: string): string {
  const known = irregularPlurals.get(word);
  if (known !== undefined) return known;
  if (!/[^s]s$/.test(word) || word.length < 4 || singularAlready.test(word)) return word;
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  return /(sses|shes|ches|xes)$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
}

/** Many of what a word counts: `entry` becomes `entries`. */
export function plural(word: string): string {
  const known = irregularPluralOf.get(word);
  if (known !== undefined) return known;
  if (/(news|series|media|analytics|previous)$/.test(word)) return word;
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(s|sh|ch|x|z)$/.test(word) ? `${word}es` : `${word}s`;
}

/** `a` or `an`, by the letter a word begins with. */
export function articleFor(noun: string): string {
  return /^([aeio]|u(?!ser|nit|niq|til|rl))/i.test(noun) ? "an" : "a";
}

/** Words that some services write as one. */
const compounds = table({
  pullrequest: "pull request",
  mergerequest: "merge request",
  userstory: "user story",
  workitem: "work item",
  lineitem: "line item",
  workpackage: "work package",
});

/** A key in snake_case, or a word, as words with spaces between them. */
export function spelledOut(key: string): string {
  return key
    .split("_")
    .map((word) => compounds.get(word) ?? word)
    .join(" ");
}

const irregularPasts = table({
  begin: "began",
  build: "built",
  cut: "cut",
  do: "done",
  hide: "hidden",
  hit: "hit",
  hold: "held",
  leave: "left",
  lose: "lost",
  make: "made",
  pay: "paid",
  pin: "pinned",
  put: "put",
  read: "read",
  sell: "sold",
  send: "sent",
  set: "set",
  ship: "shipped",
  skip: "skipped",
  stop: "stopped",
  submit: "submitted",
  win: "won",
  write: "written",
  drop: "dropped",
  commit: "committed",
  transfer: "transferred",
  trigger: "triggered",
  unpin: "unpinned",
  ban: "banned",
  plan: "planned",
  admit: "admitted",
  refer: "referred",
  defer: "deferred",
  fork: "forked",
});
const pasts = new Set([
  ...irregularPasts.values(),
  "lapsed",
  "spent",
  "broken",
  "frozen",
  "happened",
]);

/** Words that end in "ed" and are no verb. */
const otherwise = new Set([
  "feed",
  "need",
  "speed",
  "seed",
  "embed",
  "bed",
  "red",
  "shed",
  "breed",
  "unnamed",
]);

/** Verbs that are hardly ever a noun in the name of an event. */
const clearVerbs = new Set(
  `acknowledge activate add approve archive assign cancel close complete create deactivate decline delete disable edit
  enable escalate expire fail finish hire insert invite join leave merge modify move open publish reassign reject
  remove rename reopen reply resolve restore resume retry revoke send start stop submit subscribe succeed suspend
  transition trigger destroy skip unarchive unassign unpublish unresolve unsubscribe unsnooze snooze update upgrade downgrade verify
  unacknowledge clear upload unlock mention unmute log accept attach detach`.split(/\s+/),
);
/** Verbs that are as often a noun: only at the start of a name, or alone, they are a verb. */
const verbsOrNouns = new Set(
  `push fork star watch release deploy pull comment review label tag lock pin mute change vote react request report
  purchase order pay refund charge donate click bounce defer scan build ping quarantine replicate approve`.split(
    /\s+/,
  ),
);

/** Whether a word says that something was done. */
export function isPast(word: string): boolean {
  return pasts.has(word) || (/[a-z]{2}ed$/.test(word) && !otherwise.has(word));
}

/** Whether a word is a verb wherever it stands in a name. */
export const isVerb = (word: string): boolean => clearVerbs.has(word);
/** Whether a word can be a verb, at the start of a name. */
export const canBeVerb = (word: string): boolean => clearVerbs.has(word) || verbsOrNouns.has(word);

/** The past form of a verb. */
export function pastOf(verb: string): string {
  if (isPast(verb)) return verb;
  const known = irregularPasts.get(verb);
  if (known !== undefined) return known;
  if (verb.endsWith("e")) return `${verb}d`;
  return /[^aeiou]y$/.test(verb) ? `${verb.slice(0, -1)}ied` : `${verb}ed`;
}

/** Whether a word says that something was made, so that who made it did it. */
export function isMaking(word: string): boolean {
  return /^(creat|open|add|submit|publish|push|post|comment|repl|sent|send|new|start|request|propos|sign|order|paid|upload|trigger|fork|log|record|receiv|invit)/i.test(
    word,
  );
}
