/** Taking integrations out of a tree, and into another one. */

export { planRemove, type RemovePlan } from "./remove.ts";
