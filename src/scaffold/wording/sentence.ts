/** The sentence that a message starts with. */
import { type Leaf, singular } from "../../payload/index.ts";
import type { FieldUse, Parts, Table } from "../message.ts";
import { sentenceCase } from "./event-words.ts";
import { listPlace } from "./list.ts";
import { remarkSentence } from "./remark.ts";
import { actionOf, actorOf, authorOf, nounOf, type Telling, who } from "./telling.ts";
import { article, canBeVerbAlone, groupOf, hasLabel, thingOf } from "./thing.ts";

/** The sentence, without the mark at its end. */
export function sentenceOf(telling: Telling): Parts {
  const { story } = telling;
  if (isPush(telling)) return pushSentence(telling);
  if (story.remark) return remarkSentence(telling);
  return [...deedSentence(telling), ...stateOf(telling)];
}

/** The line over a message that has no sentence. */
export function headingOf({ words, displayName }: Telling): string {
  return words?.label ?? `${displayName} notification`;
}

/** Whether the event is a push of commits. */
export function isPush({ story, words }: Telling): boolean {
  const pushed = words?.tokens.includes("push") || words?.tokens.includes("pushed");
  return Boolean(pushed && (story.branch ?? story.list?.key === "commits"));
}

function pushSentence(telling: Telling): Parts {
  const { story, variables } = telling;
  const { list, branch, pushed } = story;
  const counted = !pushed && list && !list.optional && list.key === "commits";
  const what: Parts = counted ? [" ", variables.count(listPlace(list), "commit")] : [];
  const group = groupOf(telling);
  const to = group && isSureGroup(telling) ? [" to ", ...group] : [];
  const preposition = pushed ? " " : " to ";
  const where: Parts = branch
    ? variables.optional(
        [branch],
        [`${preposition}${kindOfRef(branch)}\``, variables.field("branch", branch, "branch"), "`"],
        to,
      )
    : to;
  const verb: Parts = pushed
    ? [" ", variables.field("deed", pushed, { table: pushTable(pushed) })]
    : [" pushed"];
  return [...who(telling), ...verb, ...what, ...where];
}

/** What a reference names, with a space behind it; nothing where captured ones name both. */
function kindOfRef({ samples }: Leaf): string {
  const tags = samples.filter((text) => text.startsWith("refs/tags/")).length;
  if (tags === 0) return "branch ";
  return tags === samples.length ? "tag " : "";
}

/** Git says by zeros in the place of a commit's hash that there is nothing any more. */
const pushTable = ({ samples }: Leaf): Table => ({
  name: "PUSHES",
  entries: Object.fromEntries(
    samples.filter((text) => /^0+$/.test(text)).map((text) => [text, "deleted"]),
  ),
  otherwise: "pushed to",
});

/** Things that run by themselves: who is named with them did not do what happened to them. */
const runs =
  /(^| )(build|deploy|deployment|job|pipeline|run|workflow|check|scan|sync|backup|analysis|suite|test|release pipeline|incident|alert|monitor|charge|payment|invoice|error)$/;

function deedSentence(telling: Telling): Parts {
  const { story, words, variables } = telling;
  const actor = actorOf(telling);
  const action = actionOf(telling);
  const noun = nounOf(telling);
  const verb = action ?? (story.action ? undefined : words?.verb);
  const isRun = noun !== undefined && runs.test(noun);
  const ownDeed = !action && (words?.ownDeed ?? false);
  const reachesFurther = action !== undefined && story.action?.samples.some(isPhrase);
  // One who is not always known cannot start the sentence.
  const isKnown = story.actor.every(({ optional }) => optional.length === 0);
  if (actor && isKnown && verb !== undefined && !ownDeed && !(isRun && action) && !reachesFurther) {
    return [
      ...actor,
      " ",
      verb,
      ...objectOf(telling, verb),
      ...andTo(telling),
      ...circumstances(telling, isRun),
    ];
  }
  const by: Parts = actor ? variables.optional(story.actor, [" by ", ...actor]) : [];
  const author = authorOf(telling);
  const thing = [
    ...startSentence(thingOrGroup(telling)),
    ...(author ? variables.optional(story.author ?? [], [" by ", ...author]) : []),
    ...circumstances(telling, isRun || verb === undefined),
  ];
  if (verb === undefined) return [...thing, ...by];
  if (words?.object && !action) return [...thing, `: ${words.verb} ${words.object}`, ...by];
  const was = typeof verb !== "string" || (!ownDeed && isTransitive(verb)) ? " was " : " ";
  return was === " was " && !isRun
    ? [...thing, was, verb, ...by, ...andTo(telling)]
    : [...thing, ...by, was, verb];
}

/** Such as `added_to_repository`: what it was done to cannot stand behind it. */
const isPhrase = (action: string): boolean =>
  /[ _-](to|from|of|for|in|on|with|as)[ _-]/.test(action);

/** Deeds that take another word before what they are about. */
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
const isTransitive = (verb: string): boolean => !prepositions.has(verb);

/** What somebody did it to, with the word that goes before it. */
function objectOf(telling: Telling, verb: string | FieldUse): Parts {
  const { story, words } = telling;
  const added = words?.object && typeof verb === "string" ? [` ${words.object}`, " on"] : [];
  const preposition = typeof verb === "string" ? prepositions.get(verb) : undefined;
  const before = preposition ? ` ${preposition} ` : " ";
  const part = partOf(telling, verb);
  if (part !== undefined)
    return [` ${article(part)}${part}`, partPreposition(verb), ...thingOf(telling)];
  if (hasLabel(story) || story.link) {
    return [
      ...added,
      before,
      ...(hasLabel(story) ? [] : [article(nounOf(telling))]),
      ...thingOf(telling),
    ];
  }
  const noun = nounOf(telling);
  const group = groupOf(telling);
  if (noun === undefined || (!story.action && canBeVerbAlone(words?.tokens ?? [])))
    return [...added, before, ...((isSureGroup(telling) ? group : undefined) ?? ["something"])];
  return [
    ...added,
    verb === "pushed" ? " " : before,
    article(noun),
    noun,
    ...(group ? inGroup(telling, group) : []),
  ];
}

/** Whether what the thing belongs to is always named. */
const isSureGroup = ({ story }: Telling): boolean => story.group?.name.optional.length === 0;

const inGroup = ({ story, variables }: Telling, group: Parts): Parts =>
  story.group ? variables.optional([story.group.name], [" in ", ...group]) : [];

/** What the event's name speaks of, where the payload only names what it is at. */
function partOf({ story, words }: Telling, verb: string | FieldUse): string | undefined {
  const subject = words?.subject;
  if (typeof verb !== "string" || story.said || !hasLabel(story) || !subject || !story.noun)
    return undefined;
  return subject.includes(story.noun) || words?.object ? undefined : subject;
}

function partPreposition(verb: string | FieldUse): string {
  if (verb === "added" || verb === "attached") return " to ";
  return verb === "removed" || verb === "deleted" ? " from " : " on ";
}

/** To whom something was assigned. */
function andTo({ story, words, variables }: Telling): Parts {
  if (words?.verb !== "assigned") return [];
  const person = story.details.find(({ label }) => /^assign/.test(label));
  if (!person) return [];
  return variables.optional(
    [person.leaf],
    [" to **", variables.field("assignee", person.leaf), "**"],
  );
}

/** The thing, or what it would belong to where the payload has nothing else. */
function thingOrGroup(telling: Telling): Parts {
  const { story, words } = telling;
  const group =
    hasLabel(story) || story.link || words?.noun || words?.subject ? undefined : groupOf(telling);
  return (isSureGroup(telling) ? group : undefined) ?? thingOf(telling);
}

function startSentence([first, ...rest]: Parts): Parts {
  if (typeof first === "string") return [sentenceCase(first), ...rest];
  if (first?.use !== "link") return first === undefined ? rest : [first, ...rest];
  return [{ ...first, label: startSentence(first.label) }, ...rest];
}

/** How much, and on which branch. */
function circumstances({ story, variables }: Telling, onBranch: boolean): Parts {
  const { money, branch, branches } = story;
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

/** States in which a thing is until something happens to it. */
const usual = new Set(
  "open opened active new enabled published created live unresolved triggered true none".split(" "),
);

/** How the thing is now, where that adds to the verb: "finished: finished" and "opened: open" do not. */
function stateOf({ story, words, variables }: Telling): Parts {
  const { state, action } = story;
  if (/^(delet|remov)ed$/.test(words?.verb ?? "")) return [];
  if (!state || story.changes.length > 0 || story.list?.item.field) return [];
  if (/^(failed|succeeded|passed|expired|crashed)$/.test(words?.verb ?? "")) return [];
  const verbs = [...(action?.samples ?? []), words?.verb ?? "", ...(words?.tokens ?? [])].map(
    (verb) => verb.toLowerCase(),
  );
  const adds = (text: string): boolean =>
    !verbs.some((verb) => stemOf(verb) !== "" && stemOf(text).startsWith(stemOf(verb)));
  const told = state.samples.some(
    (text) => adds(text.toLowerCase()) && !usual.has(text.toLowerCase()),
  );
  if (story.formerState && words?.verb === undefined && !action) {
    const before = variables.field("former_state", story.formerState, "words");
    const after = variables.field("state", state, "words");
    const told = [" changed from **", before, "** to **", after, "**"];
    return variables.optional([story.formerState, state], told);
  }
  if (!told) return [];
  return variables.optional([state], [": **", variables.field("state", state, "words"), "**"]);
}

const stemOf = (verb: string): string => singular(verb.toLowerCase().replace(/(ed|e|d|ing)$/, ""));
