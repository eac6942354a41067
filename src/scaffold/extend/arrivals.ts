/** Payloads as they arrive at the view that is there. */
import { type Delivery, unsupportedEvent } from "../../engine/index.ts";
import { UserError } from "../../errors.ts";
import { type Payload, slugOf, withoutWrapper } from "../../payload/index.ts";
import type { Dispatch } from "./dispatch-model.ts";
import type { PlannedFixture } from "./fixture-names.ts";

/** The view's files, by path. */
export type Texts = ReadonlyMap<string, string>;

/** A payload, and what the view makes of it. */
export interface Arrived {
  payload: Payload;
  fixture: PlannedFixture;
  delivery: Delivery;
  /** The event header's value, where only the file's name says it. */
  unproven?: string;
}

/** The header's value that was made of a payload's file name, where nothing else says what it was. */
export function unprovenValue({ fileEvent }: Payload, { sent }: Delivery): string | undefined {
  return Object.values(sent?.headers ?? {}).find(
    (value) => value === fileEvent || slugOf(value) === slugOf(fileEvent),
  );
}

/** Where the view takes its payload out of a text, the JSON in that text; else the payloads as they are. */
export function asViewReads(payloads: readonly Payload[], texts: Texts): readonly Payload[] {
  const opened = withoutWrapper(payloads);
  const [first] = opened;
  const key = first?.format.kind === "json" ? first.format.inside : undefined;
  if (key === undefined) return payloads;
  const reading = new RegExp(`(loads|to_wild_value)\\([^\\n]*["']${key}["']\\]`);
  return [...texts.values()].some((text) => reading.test(text)) ? opened : payloads;
}

/** A word by which a view says that it does not know an event. */
export const STAND_IN =
  /^((unknown|undefined|unsupported|unrecogni[sz]ed|other|none|null)([ _-].*)?)?$/i;

/** Payloads that the view refuses as the same event go together; where it says of none what they are, those called alike. */
export function groupsOf(arrived: readonly Arrived[]): Arrived[][] {
  const groups = new Map<string, Arrived[]>();
  for (const one of arrived) {
    const event = unsupportedEvent(one.delivery);
    const untold = event === undefined ? one.fixture.file : one.payload.fileEvent;
    const isNamed = event !== undefined && !STAND_IN.test(event);
    const key = isNamed ? `event ${event}` : `file ${untold}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

export function whyNot({ error, response }: Delivery, functionName: string): string {
  if (error && functionName !== "")
    return `the drafted function raises ${error.type}: ${error.message}`;
  if (error) return `the view raises ${error.type}: ${error.message}`;
  if (response.status === 200 && functionName !== "") return "the view sends nothing for it";
  return "the view dispatches events neither by a table of functions nor by a chain of comparisons";
}

/** Why a branch or function of the view is no model for another. */
export const formNotUnderstood = ({ kind }: Dispatch): string =>
  kind === "chain"
    ? "its branches neither give a whole text nor call functions that do"
    : "the form of its functions is not understood";

/** @param names What the fixture could have been called. */
export function noHeader(
  { source }: Payload,
  value: string | undefined,
  names: readonly string[],
): UserError {
  if (value === undefined) {
    return new UserError(
      `The value of the event header in the request of ${source} is not known.`,
      {
        code: "no-event-header",
        hint: `Give its value with --event-name '${source}=<value>', or name the file after it, such as push__one_commit.json.`,
      },
    );
  }
  const called = new Intl.ListFormat("en-GB", { type: "disjunction" }).format(names);
  return new UserError(
    `The view's fixture_to_headers gives no fixture of ${source} the event header "${value}".`,
    {
      code: "no-event-header",
      hint: `Make it give that value to a fixture called ${called}, and run the command again.`,
    },
  );
}
