/** Failed tests as annotations of GitHub Actions: they show beside the lines of a pull request. */
import type { IntegrationRun, TestResult, TestRun } from "../../engine/index.ts";
import { printable } from "../../ui/text.ts";
import { placeOf } from "./test-place.ts";

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
  const properties = [
    ...(place ? [["file", folder + place.path] as const, ["line", `${place.line}`] as const] : []),
    ["title", `${name}: ${test.name}`] as const,
  ];
  const words = properties.map(([key, value]) => `${key}=${escapeProperty(value)}`).join(",");
  return `::error ${words}::${escapeData(messageOf(test).slice(0, LONGEST))}`;
}

function messageOf({ error, name }: TestResult): string {
  if (!error) return `${name} failed.`;
  const { expected, actual, type, message } = error;
  if (expected === undefined || actual === undefined) return `${type}: ${message}`;
  return `The message differs.\nExpected: ${expected}\nSent: ${actual}`;
}

/** The runner undoes this; a raw line break would end the command, and begin another. */
function escapeData(text: string): string {
  return printable(text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A"));
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
