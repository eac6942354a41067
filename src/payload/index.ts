/** Captured payloads: read, named, and read for what a message can be made of. */

export {
  type Change,
  type EventContent,
  type Fact,
  findContent,
  type Hints,
  type Item,
  type ItemList,
  isMaking,
} from "./content/index.ts";
export {
  articleFor,
  canBeVerb,
  isPast,
  isVerb,
  pastOf,
  plural,
  singular,
  spelledOut,
} from "./english.ts";
export {
  detectEventSource,
  type EventRule,
  type EventSource,
  eventByShape,
  eventOf,
  isEventName,
  isSetupPing,
  parseEventHeader,
  parseEventKey,
} from "./events.ts";
export { type JsonPath, type JsonValue, parseJson, valueAt } from "./json.ts";
export { floatText, type Leaf, leavesOf } from "./leaves.ts";
export { slugOf } from "./naming.ts";
export { type Payload, readPayloads, toPayload } from "./read.ts";
