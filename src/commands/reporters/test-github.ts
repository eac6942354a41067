/** Failed tests as annotations of GitHub Actions: they show beside the lines of a pull request. */
import { cutShort } from "../../cut.ts";
import type { IntegrationRun, TestResult, TestRun } from "../../engine/index.ts";
import { workflowCommand } from "../../ui/marks.ts";
import { placeOf } from "./test-place.ts";

/** GitHub cuts long annotations off; the report below them has everything. */
const LONGEST = 4000;
/** GitHub shows ten of a step; the report below them has more. */
const MOST = 200;

/**
 * The annotations, a line each; an empty text when nothing failed.
 * @param folder The checkout's folder in its repository, with a slash at its end; empty when they are the same.
 */
export function githubAnnotations({ integrations }: TestRun, folder: string): string {
  const failed = integrations.flatMap((integration) =>
    integration.tests
      .filter(({ status }) => status === "failed")
      .map((test) => ({ integration, test })),
  );
  const shown = failed
    .slice(0, MOST)
    .map(({ integration, test }) => annotation(integration, test, folder));
  const hidden = failed.length - shown.length;
  if (hidden > 0) shown.push(workflowCommand("error", {}, `${hidden} more tests failed.`));
  return shown.join("\n");
}

function annotation({ name }: IntegrationRun, test: TestResult, folder: string): string {
  const { error } = test;
  const place = error && placeOf(error);
  const properties = {
    file: place && folder + place.path,
    line: place?.line,
    title: `${name}: ${test.name}`,
  };
  return workflowCommand("error", properties, messageOf(test));
}

function messageOf({ error, name }: TestResult): string {
  if (!error) return `${name} failed.`;
  const { expected, actual, type, message } = error;
  if (expected === undefined || actual === undefined)
    return `${type}: ${cutShort(message, LONGEST)}`;
  const [wanted, sent] = [expected, actual].map((text) => cutShort(text, LONGEST / 2));
  return `The message differs.\nExpected: ${wanted}\nSent: ${sent}`;
}
