/** Lint: the whole checklist, as rules. */
export { type ChecklistItem, checklist } from "./checklist.ts";
export type { Finding, Part, Rule, Severity } from "./rule.ts";
export { rules } from "./rules/index.ts";
export {
  type LintOptions,
  type LintResult,
  type LintSummary,
  lint,
  type Problem,
  type SkippedRule,
} from "./run.ts";
