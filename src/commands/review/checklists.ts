/** The checklist of each integration, with what the base has too. */
import type { ChangedFiles } from "../../checkout/changed.ts";
import type { Checkout } from "../../checkout/model.ts";
import { lint, type Problem, readSettings, rules } from "../../lint/index.ts";
import { type ChecklistPart, checklistOf } from "../../review/index.ts";
import { comparedWithBase } from "../compared-lint.ts";
import type { Subject } from "./subjects.ts";

const PARTS = new Map(rules.map(({ id, part }) => [id, part]));

export interface Checklists {
  /** The checklist of an integration; empty where none was asked for. */
  of(name: string): ChecklistPart[];
  /** Rules that could not look. */
  readonly notes: readonly string[];
}

/** Goes through the checklist of what the change touches. */
export async function checklists(
  checkout: Checkout,
  base: Checkout | undefined,
  subjects: readonly Subject[],
  branch: ChangedFiles,
): Promise<Checklists> {
  const asked = subjects.filter(({ status, after }) => after && status !== "reached");
  if (asked.length === 0) return { of: () => [], notes: [] };
  const settings = await readSettings(checkout.root);
  const names = asked.map(({ name }) => name);
  const found = await lint(checkout, { names, settings, branch });
  const now = await comparedWithBase(checkout, found, async () => base, { settings, branch });
  return {
    of(name) {
      if (!names.includes(name)) return [];
      return checklistOf([...new Set(PARTS.values())], problemsOf(now.problems, name));
    },
    notes: now.skipped.map(({ rule, reason }) => `The rule ${rule} could not look: ${reason}.`),
  };
}

function problemsOf(problems: readonly Problem[], name: string) {
  return problems
    .filter(({ integration }) => integration === name)
    .map(({ rule, severity, path, line, message, fix, isNew }) => ({
      part: PARTS.get(rule) ?? "",
      rule,
      severity,
      path,
      ...(line !== undefined && { line }),
      message,
      ...(fix !== undefined && { fix }),
      isNew: isNew !== false,
    }));
}
