/** Fuzzing: what a view does with payloads that its service never sent. */
export type { Finding } from "./findings.ts";
export {
  type FuzzCase,
  type FuzzFixture,
  type FuzzReport,
  type FuzzTarget,
  fuzz,
  fuzzOne,
} from "./fuzz.ts";
export type { OutcomeKind } from "./outcome.ts";
