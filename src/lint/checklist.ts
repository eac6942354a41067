/** The checklist of one integration: each part with what is still to do. */
import type { Checkout } from "../checkout/model.ts";
import type { Problem } from "./report.ts";
import type { Part } from "./rule.ts";
import { rules } from "./rules/index.ts";
import { lint } from "./run.ts";

/** One part of an integration. */
export interface ChecklistItem {
  readonly part: Part;
  /** True when there is neither an error nor a warning. */
  readonly done: boolean;
  /** Errors first, then warnings. */
  readonly problems: readonly Problem[];
}

/**
 * Goes through the checklist of one integration.
 * @throws UserError `unknown-integration`.
 */
export async function checklist(checkout: Checkout, name: string): Promise<ChecklistItem[]> {
  const { problems } = await lint(checkout, { names: [name] });
  const parts = [...new Set(rules.map(({ part }) => part))];
  return parts.map((part) => {
    const ids = new Set(rules.filter((rule) => rule.part === part).map(({ id }) => id));
    const own = problems.filter(({ rule }) => ids.has(rule));
    const open = [
      ...own.filter(({ severity }) => severity === "error"),
      ...own.filter(({ severity }) => severity === "warning"),
    ];
    return { part, done: open.length === 0, problems: open };
  });
}
