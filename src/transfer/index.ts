/** Taking integrations out of a tree, and into another one. */

export type { Note } from "./convert/notes.ts";
export { type ExportPlan, planExport } from "./export.ts";
export { filesOfCommit, makePatch, openCommitted } from "./patch.ts";
export { planRemove, type RemovePlan } from "./remove.ts";
