/** Failed tests as annotations of GitHub Actions: they show beside the lines of a pull request. */
import type { IntegrationRun, TestResult, TestRun } from "../../engine/index.ts";
import { placeOf } from "./test-place.ts";
import { workflowCommand } from "./workflow-command.ts";

/** GitHub cuts long annotations off; the report below them has everything. */
const LONGEST = 4000;

/**
 * The annotations, a line each; an empty text when nothing failed.
 * @param folder The checkout's folder in its repository, with a slash at its end; empty when they are the same.
 */
export function githubAnnotations({ integrations }: TestRun, folder: string): string {
  return integrations
    .flatMap((integration) =>
      integration.tests
        .filter(({ status }) => status === "failed")
        .map((test) => annotation(integration, test, folder)),
    )
    .join("\n");
}

function annotation({ name }: IntegrationRun, test: TestResult, folder: string): string {
  const { error } = test;
  const place = error && placeOf(error);
  const properties = {
    file: place && folder + place.path,
    line: place?.line,
    title: `${name}: ${test.name}`,
  };
  return workflowCommand("error", properties, messageOf(test).slice(0, LONGEST));
}

function messageOf({ error, name }: TestResult): string {
  if (!error) return `${name} failed.`;
  const { expected, actual, type, message } = error;
  if (expected === undefined || actual === undefined) return `${type}: ${message}`;
  return `The message differs.\nExpected: ${expected}\nSent: ${actual}`;
}
