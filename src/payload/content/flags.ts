/** What is so, or is not: booleans that a reader wants to know of. */

import { pastOf } from "../english.ts";
import type { JsonValue } from "../json.ts";
import { flagsOf, type Leaf } from "../leaves.ts";
import type { Fact } from "./facts.ts";
import { outer, type Thing } from "./things.ts";

/** How it went: worth telling whether it is so or not. */
const verdicts =
  /^(success|successful|succeeded|passed|failed|approved|accepted|resolved|healthy|reachable|confirmed)$/;
/** Those of them that say no more than one of the words below. */
const outcomes = /^(success|successful|succeeded|passed|failed)$/;
/** Words of an event's name that say how it went. */
const saysOutcome = /^(fail(ed|ure)?|error(ed)?|crashed|success(ful)?|succeeded|passed|is \w+)$/;
/** What is worth telling only where it is so. */
const warnings =
  /^(test|test_mode|sandbox|simulated|dry_run|urgent|critical|overdue|escalated|flagged|blocked|spam|disputed|suspicious|forced|breaking|prerelease|regression|rescheduled|no_show|recurring|all_day|high_risk)$/;
const MAX_FLAGS = 2;

/**
 * The booleans of the event's thing and of the payload that matter.
 * @param said The words of the event's name.
 */
export function flagFacts(
  place: Thing,
  things: readonly Thing[],
  values: readonly JsonValue[],
  said: readonly string[],
): Fact[] {
  const holders = [place, ...outer(things)].map(({ path }) => JSON.stringify(path));
  const isHere = ({ path }: Leaf): boolean => holders.includes(JSON.stringify(path.slice(0, -1)));
  const facts = flagsOf(values)
    .filter(isHere)
    .flatMap((leaf): Fact[] => {
      const label = leaf.key.replace(/^(is|was|has_been)_/, "");
      if (said.some((word) => word === label || pastOf(word) === label)) return [];
      if (outcomes.test(label) && said.some((word) => saysOutcome.test(word))) return [];
      if (verdicts.test(label)) return [{ label, leaf, meaning: "yes or no" }];
      const isSeen = leaf.samples.includes("true");
      return warnings.test(label) && isSeen ? [{ label, leaf, meaning: "flag" }] : [];
    });
  const labels = facts.map(({ label }) => label);
  return facts.filter(({ label }, at) => labels.indexOf(label) === at).slice(0, MAX_FLAGS);
}
