// What messages lose when a draft is made from more payloads.
import { factsIn } from "./compare.mjs";

/** Whether the words of a name such as `incident.assign` or `DiskFailure` are said in a sentence. */
function isSaid(name, message) {
  const parts = name
    .replace(/([a-z])([A-Z])/g, "$1.$2")
    .toLowerCase()
    .split(/[._:/-]/);
  const words = message.toLowerCase().match(/\p{L}+/gu) ?? [];
  const isWord = (part) => /^\p{L}{3,}$/u.test(part) && words.some((word) => word.startsWith(part));
  return parts.length > 1 && parts.every(isWord);
}

/**
 * Facts that a message of an earlier draft showed, and one of a later draft does not.
 * @param grown As `draftsByAdding` gives it.
 * @returns How many facts there were over all steps, and those that were lost, as sentences.
 */
export function lostByAdding({ told, drafts }) {
  const known = told.map(() => new Set());
  const lost = [];
  let facts = 0;
  for (const [step, messages] of drafts.entries())
    for (const [at, message] of messages.entries()) {
      const { payload, fixture } = told[at];
      const now = new Set(message.content === undefined ? [] : factsIn(payload, message));
      const gone = [...known[at]].filter(
        (fact) => !now.has(fact) && !isSaid(fact, message.content ?? ""),
      );
      facts += known[at].size;
      for (const fact of gone)
        lost.push(`${fixture} loses "${fact.slice(0, 60)}" when ${told[step].fixture} is added`);
      known[at] = now;
    }
  return { facts, lost };
}
