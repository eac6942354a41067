/** Which rules. */
import { didYouMean, seenName } from "../checkout/index.ts";
import { UserError } from "../errors.ts";
import type { Rule } from "./rule.ts";
import { rules } from "./rules/index.ts";

/**
 * The rule of an id.
 * @throws UserError `unknown-rule`, with the nearest ids in the hint.
 */
export function findRule(id: string): Rule {
  const found = rules.find((rule) => rule.id === id);
  if (found) return found;
  const ids = rules.map((rule) => rule.id);
  throw new UserError(`There is no rule called ${seenName(id)}.`, {
    code: "unknown-rule",
    hint: didYouMean(id, ids, "Run `connect-webhook explain` to see all of them."),
  });
}
