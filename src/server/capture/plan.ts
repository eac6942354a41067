/** From received requests to fixtures: what becomes one, under which name, and what is another of the same. */
import { detectEventSource, type EventSource, type JsonValue } from "../../payload/index.ts";
import { type Content, contentOf } from "./body.ts";
import { A_LOOK } from "./challenges.ts";
import { detectEventHeader, FirstByMark, retryMarks } from "./delivery-headers.ts";
import { FixtureNames, knownFixture, namingOf } from "./fixture-names.ts";
import { fieldsOf } from "./shape.ts";
import type { Outcome, SpooledRequest } from "./spooled.ts";
import { reasonOf, type Unusable } from "./unusable.ts";

/** A request to become a fixture. */
export interface PlannedFixture {
  readonly request: SpooledRequest;
  /** Its file name. */
  readonly file: string;
  /** What the service called the event, where it said so. */
  readonly event: string | undefined;
  readonly content: Content;
}

export interface CapturePlan {
  readonly fixtures: readonly PlannedFixture[];
  /** What becomes of each request that was not decided yet, by its id. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly source: EventSource;
  /** Whether one of the requests that were looked at names its event there. */
  readonly isSourceFound: boolean;
  /** Requests that could not be looked at; they stay undecided. */
  readonly unusable: readonly Unusable[];
}

export interface PlanInput {
  /** The oldest first. Those that were decided before are left alone, but for what `again` says. */
  readonly requests: readonly SpooledRequest[];
  body(request: SpooledRequest): Promise<Uint8Array>;
  /** The fixtures that are there already. */
  readonly existing: readonly { readonly file: string; readonly bytes: Uint8Array }[];
  /** Where the user says the event is; found by itself otherwise. */
  readonly source: EventSource | undefined;
  /**
   * Whether what was decided is looked at again: what was merged, where `source` is given, and what became a fixture that
   * is gone, where `source` is given or none of the fixtures is there.
   */
  readonly again?: boolean;
}

/** Bodies past this size do not help to find the event's key; they are named by it all the same. */
const SAMPLE_BYTES = 1_000_000;
const SAMPLES = 100;

/** Plans the fixtures of what is in the spool. Nothing is written. */
export async function planFixtures(input: PlanInput): Promise<CapturePlan> {
  const outcomes = new Map<string, Outcome>();
  const fresh = withoutRetries(undecided(input), outcomes);
  const source = input.source ?? (await detectSource(fresh, input));
  const names = new FixtureNames();
  const headers = new Map(
    input.requests.flatMap(({ outcome, headers: sent }) =>
      outcome?.kind === "fixture" ? [[outcome.file, sent] as const] : [],
    ),
  );
  for (const { file, bytes } of input.existing)
    names.know(knownFixture(file, bytes), source, headers.get(file));
  const fixtures: PlannedFixture[] = [];
  const unusable: Unusable[] = [];
  let isSourceFound = false;
  for (const request of fresh) {
    try {
      const { outcome, fixture, isNamed } = await planOne(request, input, source, names);
      isSourceFound ||= isNamed;
      outcomes.set(request.id, outcome);
      if (fixture) fixtures.push(fixture);
    } catch (error) {
      unusable.push({ request, reason: reasonOf(error) });
    }
  }
  return { fixtures, outcomes, source, isSourceFound, unusable };
}

async function planOne(
  request: SpooledRequest,
  input: PlanInput,
  source: EventSource,
  names: FixtureNames,
): Promise<{ outcome: Outcome; fixture?: PlannedFixture; isNamed: boolean }> {
  const content = await contentOf(request.headers, await input.body(request));
  if (!content) return { outcome: { kind: "empty" }, isNamed: false };
  const { event, base, shape, isNamed } = namingOf(request.headers, content, source);
  const { file, isNew } = names.place(base, content, shape);
  if (!isNew) return { outcome: { kind: "folded", into: file }, isNamed };
  const { formField } = content;
  const outcome = { kind: "fixture", file, ...(formField !== undefined && { formField }) } as const;
  return { outcome, fixture: { request, file, event, content }, isNamed };
}

/** The requests, without what was decided of those that are looked at again. */
function undecided({ requests, existing, source, again = false }: PlanInput): SpooledRequest[] {
  const there = new Set(existing.map(({ file }) => file));
  const isGone = ({ outcome }: SpooledRequest): boolean =>
    outcome?.kind === "fixture" && !there.has(outcome.file);
  const made = requests.filter(({ outcome }) => outcome?.kind === "fixture");
  const allGone = made.length > 0 && made.every(isGone);
  const isOpen = (request: SpooledRequest): boolean => {
    const { outcome } = request;
    if (outcome?.kind === "folded")
      return source !== undefined || (allGone && !there.has(outcome.into));
    return isGone(request) && (source !== undefined || allGone);
  };
  return requests.map((request) => {
    if (!again || !isOpen(request)) return request;
    const { outcome: _, ...open } = request;
    return open;
  });
}

/** Leaves out challenges, what was decided before, and what a service sent again. */
function withoutRetries(
  requests: readonly SpooledRequest[],
  outcomes: Map<string, Outcome>,
): SpooledRequest[] {
  const seen = new FirstByMark<string>();
  const fresh: SpooledRequest[] = [];
  for (const request of requests) {
    if (request.outcome) continue;
    if (request.challenge !== undefined) {
      const kind = request.challenge === A_LOOK ? "empty" : "challenge";
      outcomes.set(request.id, { kind });
      continue;
    }
    const first = seen.before(retryMarks(request), request.id);
    if (first === undefined) fresh.push(request);
    else outcomes.set(request.id, { kind: "retry", of: first });
  }
  return fresh;
}

async function detectSource(
  requests: readonly SpooledRequest[],
  input: PlanInput,
): Promise<EventSource> {
  const withBody = requests.filter(({ bytes }) => bytes > 0);
  const header = detectEventHeader(withBody.map(({ headers }) => headers));
  if (header !== undefined) return { kind: "header", header };
  const values: { value: JsonValue }[] = [];
  for (const request of withBody) {
    if (values.length === SAMPLES) break;
    if (request.bytes > SAMPLE_BYTES) continue;
    const value = await fieldsIn(request, input);
    if (value) values.push({ value });
  }
  return detectEventSource(values);
}

/** The fields of a request's body; undefined also where it cannot be read, which is told when it is planned. */
async function fieldsIn(request: SpooledRequest, input: PlanInput): Promise<JsonValue | undefined> {
  try {
    const content = await contentOf(request.headers, await input.body(request));
    return content && fieldsOf(content);
  } catch (error) {
    reasonOf(error);
    return undefined;
  }
}
