/** Receiving live requests, and making fixtures of them. */
export { contentOf, partsLeftOut } from "./body.ts";
export { detectEventHeader, eventHeaderOf, FirstByMark, retryMarks } from "./delivery-headers.ts";
export { eventOfOne } from "./event.ts";
export { type HeaderMap, headerMap } from "./header-map.ts";
export {
  type Checked,
  type CheckedFixture,
  checkedFixture,
  checkFixtures,
  type FixtureToBe,
  type IsAllowed,
  type RedactedFixture,
  redactedFixture,
  redactFixtures,
  sensitiveIn,
} from "./keep.ts";
export { type CapturePlan, planFixtures } from "./plan.ts";
export { type ReceiverEvent, startReceiver } from "./receiver.ts";
export { fieldsOf, shapeOf } from "./shape.ts";
export { captureFolder, Spool } from "./spool.ts";
export type { Outcome, SpooledRequest } from "./spooled.ts";
export { type ExistingFixture, type Suggestion, suggestName } from "./suggest.ts";
export { reasonOf, type Unusable } from "./unusable.ts";
