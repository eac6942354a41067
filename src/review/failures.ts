/** What fails after a change: tests, and fixtures that the view is given. What fails of one cause is told once. */
import { ending } from "../cut.ts";
import { byCause, difference, type SameCause } from "../engine/error-cause.ts";
import { type Place, placeOf } from "../engine/error-place.ts";
import { missingFixture } from "../engine/missing-fixture.ts";
import type { TestError } from "../engine/types.ts";
import type { IntegrationReview, MessageReview, TestFailure } from "./model.ts";
import { plural } from "./totals.ts";

/** A test that fails, or a fixture for which nothing was sent because of an error. */
export interface Failing {
  readonly integration: string;
  readonly error: TestError;
  readonly test?: string;
  readonly fixture?: string;
  /** Whether the base fails it too. */
  readonly isOld: boolean;
}

/** Everything that fails, by its causes; what the base fails too is apart from the rest. */
export function failureCauses(integrations: readonly IntegrationReview[]): SameCause<Failing>[] {
  const all = integrations.flatMap((one) => [...testsOf(one), ...fixturesOf(one)]);
  return [false, true].flatMap((isOld) =>
    byCause(
      all.filter((failing) => failing.isOld === isOld),
      ({ error }) => error,
    ),
  );
}

function testsOf({ name, tests }: IntegrationReview): Failing[] {
  return (tests?.failures ?? []).map((failure: TestFailure) => ({
    integration: name,
    error: failure,
    test: failure.name,
    isOld: failure.failedBefore,
  }));
}

function fixturesOf({ name, messages }: IntegrationReview): Failing[] {
  return messages.flatMap(({ fixture, before, after }: MessageReview) =>
    after?.error
      ? [
          {
            integration: name,
            error: after.error,
            fixture,
            isOld: before?.error?.type === after.error.type,
          },
        ]
      : [],
  );
}

/** The messages of an integration for which its view fails after the change, by what they fail of. */
export function failingAlike(messages: readonly MessageReview[]): SameCause<MessageReview>[] {
  return byCause(
    messages.filter(({ after }) => after?.error),
    ({ after }) => after?.error,
  );
}

/** A cause in one line. */
export function causeInWords({ first, others }: SameCause<Failing>): string {
  const { error, isOld } = first;
  const all = [first, ...others];
  const place = isTold(error) ? "" : placeInWords(placeOf(error));
  const said = inOneLine(error.message);
  if (all.every(({ test }) => test === undefined)) {
    const before = isOld ? ", as before" : "";
    const what = isUndelivered(error)
      ? whatFails(all)
      : `The view raises ${error.type} for ${named(all)}`;
    return `${what}${before}${said === "" ? "" : `: ${said}`}${place}`;
  }
  return `${whatFails(all, isOld)}: ${whyItFails(error, said, all.length > 1)}${place}`;
}

/** What fails: `test_a and 2 more tests fail, and so does the view for a.json`. */
export function whatFails(all: readonly Failing[], isOld = false): string {
  const tests = all.filter(({ test }) => test !== undefined);
  const fixtures = all.filter(({ fixture }) => fixture !== undefined);
  const undelivered = fixtures[0] && isUndelivered(fixtures[0].error);
  if (tests.length === 0 && undelivered) return `${named(fixtures)} cannot be delivered`;
  if (tests.length === 0) return `the view fails for ${named(fixtures)}`;
  const verb = tests.length === 1 ? "fails" : "fail";
  const failed = `${named(tests)} ${isOld ? "failed before, and " : ""}${verb}`;
  if (fixtures.length === 0) return failed;
  if (undelivered) return `${failed}, and ${named(fixtures)} cannot be delivered`;
  return `${failed}, and so does the view for ${named(fixtures)}`;
}

/** The type of an error that kept a fixture from the view. */
export const NOT_DELIVERED = "NotDelivered";

const isUndelivered = ({ type }: TestError): boolean => type === NOT_DELIVERED;

/** `test_a`, or `test_a and 4 more tests`; with the names of other integrations that are concerned. */
function named(all: readonly Failing[]): string {
  const [first, ...others] = all;
  if (!first) return "";
  const noun = first.test === undefined ? "more fixture" : "more test";
  const more = others.length === 0 ? "" : ` and ${plural(others.length, noun)}`;
  const elsewhere = [...new Set(others.map(({ integration }) => integration))].filter(
    (name) => name !== first.integration,
  );
  const where = elsewhere.length === 0 ? "" : ` in it and ${elsewhere.join(", ")}`;
  return `${first.test ?? first.fixture ?? ""}${more}${where}`;
}

function whyItFails(error: TestError, said: string, isMany: boolean): string {
  const { expected, actual, type, message, ofTopic, ofFixture } = error;
  if (expected !== undefined) {
    const part = ofTopic ? "topic" : "message";
    const shown = differenceInWords(expected, actual ?? "");
    return isMany
      ? `each ${part} differs from what is expected, in the same way${shown}`
      : `the ${part} differs from what it expects${shown}`;
  }
  if (said === "") return type;
  const isPlain = ofFixture || missingFixture(message) !== undefined;
  return isPlain ? said : `${type}: ${said}`;
}

/** Characters of a difference that is told in words; the page shows longer ones. */
const SHORT = 60;

function differenceInWords(expected: string, actual: string): string {
  const [wanted, sent] = difference(expected, actual).map((text) => inOneLine(text));
  if (!wanted || !sent || wanted.length > SHORT || sent.length > SHORT) return "";
  return `: “${sent}” for “${wanted}”`;
}

/** Whether its place says nothing, or is told with it. */
const isTold = ({ expected, ofFixture }: TestError): boolean =>
  expected !== undefined || ofFixture === true;

function placeInWords(place: Place | undefined): string {
  return place === undefined ? "" : ` (${place.path.split("/").at(-1)}, line ${place.line})`;
}

/** Characters of a message: what is told in one line. */
const LONGEST = 400;
/** Characters of its end, where it is longer: what to do often stands there. */
const LAST = 160;

/** A text of several lines in one. */
export function inOneLine(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  if (line.length <= LONGEST) return line;
  const end = ending(line, LAST).text;
  return `${line.slice(0, LONGEST - LAST).toWellFormed()} … ${end}`;
}
