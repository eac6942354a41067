/** Captured payloads: read, named, and read for what a message can be made of. */

export { type BodyFormat, extensionOf, fixtureBytes, readBody, trailingBlanks } from "./bodies.ts";
export {
  type Change,
  chosenFact,
  countsCents,
  type EventContent,
  type Fact,
  findContent,
  type Hints,
  type Item,
  type ItemList,
  listAt,
  type PayloadFacts,
  tellingItems,
  thingsIn,
  wholeCurrencies,
  withChosen,
} from "./content/index.ts";
export {
  articleFor,
  canBeVerb,
  isMaking,
  isPast,
  isVerb,
  pastOf,
  plural,
  singular,
  spelledOut,
} from "./english.ts";
export { eventsIn, isMixed, listOf, sourceInList, withList } from "./event-list.ts";
export { type EventRule, isThere, UNTOLD_KIND } from "./event-shapes.ts";
export {
  detectEventSource,
  type EventSource,
  eventByShape,
  eventOf,
  insideField,
  isEventName,
  isSetupPing,
  parseEventKey,
  parseHeaderName,
} from "./events.ts";
export { asMayCome, type Field, fieldsIn, leafOf, without } from "./fields.ts";
export {
  faultWords,
  isSamePath,
  type JsonFault,
  type JsonPath,
  type JsonValue,
  jsonFault,
  parseJson,
  valueAt,
} from "./json.ts";
export { floatText, type Leaf, leavesOf } from "./leaves.ts";
export { slugOf } from "./naming.ts";
export { textParts } from "./parts.ts";
export { placeholderIn } from "./placeholders.ts";
export {
  brokenPayloads,
  type FormFieldOf,
  type Payload,
  readPayloads,
  sortPayloads,
  toPayload,
  withoutWrapper,
} from "./read.ts";
export { variantsByRule, variantsOf } from "./variants.ts";
