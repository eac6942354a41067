/** Making new integrations. */

export { readLogo } from "./logo.ts";
export {
  checkCategories,
  checkDisplayName,
  checkNewName,
  checkStreamName,
  defaultDisplayName,
} from "./names.ts";
export { type NewOptions, type NewPlan, planNew } from "./plan.ts";
