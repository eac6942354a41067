/** Fuzzing: what a view does with payloads that its service never sent. */
export { type Finding, MESSAGE_LOST } from "./findings.ts";
export { fuzz, fuzzOne } from "./fuzz.ts";
export type { FuzzCase, FuzzFixture, FuzzReport, FuzzTarget } from "./model.ts";
export type { OutcomeKind } from "./outcome.ts";
