/** Captured payloads: read, named, and read for what a message can be made of. */
export {
  detectEventSource,
  type EventSource,
  eventOf,
  parseEventHeader,
  parseEventKey,
} from "./events.ts";
export { type Fields, findFields } from "./fields.ts";
export { type JsonPath, type JsonValue, parseJson, valueAt } from "./json.ts";
export { commonLeaves, type Leaf } from "./leaves.ts";
export { slugOf } from "./naming.ts";
export { type Payload, readPayloads, toPayload } from "./read.ts";
