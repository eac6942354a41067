/** Lint: the whole checklist, as rules. */

export { baselineOf, findingsElsewhere, readBaseline } from "./baseline.ts";
export { type ChecklistItem, checklist } from "./checklist.ts";
export { declaredEventsIn } from "./event-types.ts";
export { markNew, onlyNew } from "./news.ts";
export { planRepairs } from "./repair.ts";
export type { Problem } from "./report.ts";
export type { Finding, Part, Repair, Rule, Severity } from "./rule.ts";
export { rules } from "./rules/index.ts";
export {
  type LintOptions,
  type LintResult,
  type LintSummary,
  lint,
  type SkippedRule,
} from "./run.ts";
export { findRule } from "./select.ts";
export {
  covers,
  type LintException,
  type LintSettings,
  readSettings,
  settingsFile,
} from "./settings.ts";
