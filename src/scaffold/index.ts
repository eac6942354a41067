/** Making new integrations. */

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
