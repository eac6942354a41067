/** Which integrations a command works on that also serves those without a webhook. */
import type { Checkout, Integration } from "../checkout/model.ts";
import { selectIntegrations } from "./select.ts";

export interface Selected<T> {
  webhooks: Integration[];
  /** Those without a webhook. */
  others: T[];
}

/**
 * The named integrations, or all, or the one whose folder the user is in.
 * @param others What the tree has without a webhook; asked only when it can matter.
 * @throws UserError for a name the tree does not have, or when nothing says which ones.
 */
export function selectAllKinds<T>(
  checkout: Checkout,
  selection: { names: readonly string[]; all: boolean; cwd: string },
  others: () => readonly T[],
  nameOf: (other: T) => string,
): Selected<T> {
  const { names, all } = selection;
  const known = all || names.length > 0 ? others() : [];
  const chosen = known.filter((other) => all || names.includes(nameOf(other)));
  const rest = names.filter((name) => !chosen.some((other) => nameOf(other) === name));
  if (!all && chosen.length > 0 && rest.length === 0) return { webhooks: [], others: chosen };
  const webhooks = selectIntegrations(checkout, {
    ...selection,
    // With --all any name is refused, whatever its kind.
    names: all ? names : rest,
    otherwise: "refuse",
  });
  return { webhooks, others: chosen };
}
