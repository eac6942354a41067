/** Which rules, and which integrations of a branch. */

import type { ChangedFiles } from "../checkout/changed.ts";
import { belongsTo } from "../checkout/files.ts";
import { didYouMean, seenName } from "../checkout/index.ts";
import type { Checkout } from "../checkout/model.ts";
import { entriesChanged, entriesRemoved, missing } from "../checkout/reach.ts";
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

/**
 * The integrations and unregistered folders that changed files belong to, and those that name a file that is gone. The
 * registry holds all of them; which of its entries changed, and which are gone, is seen from the registry as it was.
 */
export async function touchedIntegrations(
  checkout: Checkout,
  changed: ChangedFiles,
): Promise<string[]> {
  const paths = [...changed.touched];
  const entries = new Set([
    ...(await entriesChanged(checkout, changed)),
    ...(await missing(checkout, changed.removed)),
  ]);
  const removed = await entriesRemoved(checkout, changed);
  const registered = checkout.integrations.filter(
    (integration) =>
      entries.has(integration) || paths.some((path) => belongsTo(checkout, integration, path)),
  );
  const folders = checkout.orphans.filter(
    (name) =>
      removed.includes(name) || paths.some((path) => path.startsWith(`zerver/webhooks/${name}/`)),
  );
  return [...registered.map(({ name }) => name), ...folders];
}
