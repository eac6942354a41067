/** Adding events to an integration that is there. */
export { extendedDoc } from "./doc-events.ts";
export {
  type ExtendedPayload,
  type ExtendInput,
  type ExtendPlan,
  type PayloadState,
  planExtension,
} from "./plan.ts";
