/** Adding events to an integration that is there. */
export { extendedDoc } from "./doc-events.ts";
export { type NamingInput, ownFixture } from "./fixture-names.ts";
export type { ExtendedPayload, ExtendInput, ExtendPlan, PayloadState } from "./model.ts";
export { planExtension } from "./plan.ts";
