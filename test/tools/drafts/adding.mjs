// What messages lose when a draft is made from more payloads.
import { factsIn } from "./compare.mjs";

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
      const gone = [...known[at]].filter((fact) => !now.has(fact));
      facts += known[at].size;
      for (const fact of gone)
        lost.push(`${fixture} loses "${fact.slice(0, 60)}" when ${told[step].fixture} is added`);
      known[at] = now;
    }
  return { facts, lost };
}
