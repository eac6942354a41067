/** Failed tests as annotations of GitHub Actions: they show beside the lines of a pull request. */
import { cutShort } from "../../cut.ts";
import { placeOf } from "../../engine/error-place.ts";
import type { TestResult, TestRun } from "../../engine/index.ts";
import { workflowCommand } from "../../ui/marks.ts";
import { count } from "../../ui/text.ts";
import { type FailureCause, failureCauses } from "./test-causes.ts";

/** GitHub cuts long annotations off; the report below them has everything. */
const LONGEST = 4000;
/** GitHub shows ten of a step; the report below them has more. */
const MOST = 200;

/**
 * The annotations, a line each; an empty text when nothing failed.
 * @param folder The checkout's folder in its repository, with a slash at its end; empty when they are the same.
 */
export function githubAnnotations(run: TestRun, folder: string): string {
  const causes = failureCauses(run);
  const shown = causes.slice(0, MOST).map((cause) => annotation(cause, folder));
  const hidden = causes.slice(MOST).reduce((sum, { others }) => sum + 1 + others.length, 0);
  if (hidden > 0) shown.push(workflowCommand("error", {}, `${hidden} more tests failed.`));
  return shown.join("\n");
}

function annotation({ first, others }: FailureCause, folder: string): string {
  const { integration, test } = first;
  const place = test.error && placeOf(test.error);
  const more = others.length > 0 ? ` and ${count(others.length, "more test")}` : "";
  const properties = {
    file: place && folder + place.path,
    line: place?.line,
    col: place?.column,
    title: `${integration}: ${test.name}${more}`,
  };
  return workflowCommand("error", properties, messageOf(test));
}

function messageOf({ error, name }: TestResult): string {
  if (!error) return `${name} failed.`;
  const { expected, actual, type, message, ofTopic, ofFixture } = error;
  if (ofFixture) return `${cutShort(message, LONGEST)}.`;
  if (expected === undefined || actual === undefined)
    return `${type}: ${cutShort(message, LONGEST)}`;
  const [wanted, sent] = [expected, actual].map((text) => cutShort(text, LONGEST / 2));
  return `The ${ofTopic ? "topic" : "message"} differs.\nExpected: ${wanted}\nSent: ${sent}`;
}
