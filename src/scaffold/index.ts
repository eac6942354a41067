/** Making new integrations. */

export { checkChoices, type DraftChoices, requireEvents } from "./choices.ts";
export type { DraftField } from "./fields-told.ts";
export { readLogo } from "./logo.ts";
export {
  checkCategories,
  checkDisplayName,
  checkNewName,
  checkStreamName,
  defaultDisplayName,
  webhookFolder,
} from "./names.ts";
export {
  type DraftedIntegration,
  type NewOptions,
  type NewPlan,
  type Outcome,
  planNew,
  type ViewRunner,
} from "./plan.ts";
export { type Todo, todosIn } from "./python/notes.ts";
export { fieldNamesIn, hasPairedBraces } from "./templates.ts";
