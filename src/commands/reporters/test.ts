/** Prints a test run for people: a line an integration, and everything about each failure. */
import { diffLines, diffWordsWithSpace } from "diff";
import type { IntegrationRun, TestError, TestResult, TestRun } from "../../engine/index.ts";
import type { Output } from "../../ui/output.ts";
import { count, duration, printable } from "../../ui/text.ts";
import { placeOf } from "./test-place.ts";

/** Lines of a traceback that are shown without `--verbose`. */
const SHORT_TRACEBACK_LINES = 12;

/** The whole report, ready for stdout. */
export function formatTestRun(run: TestRun, out: Output): string {
  const lines = run.integrations.map((integration) => headLine(integration, out));
  const failures = run.integrations.flatMap((integration) =>
    integration.tests
      .filter(isReported)
      .flatMap((test) => ["", ...failure(integration, test, out)]),
  );
  return [...lines, ...failures, "", summaryLine(run, out)].join("\n");
}

const isReported = (test: TestResult): boolean => test.status === "failed";

function headLine(integration: IntegrationRun, { paint, verbose }: Output): string {
  const { name, total, failed, durationMs, tests } = integration;
  const mark = failed > 0 ? paint.red("✗") : paint.green("✓");
  const numbers = `${count(total, "test")}${failed > 0 ? paint.red(`, ${failed} failed`) : ""}`;
  const head = `${mark} ${paint.bold(name)}  ${numbers}  ${paint.dim(duration(durationMs))}`;
  if (!verbose) return head;
  const marks = { passed: paint.green("✓"), failed: paint.red("✗"), skipped: paint.yellow("-") };
  const each = tests.map(
    (test) => `    ${marks[test.status]} ${test.name}  ${paint.dim(duration(test.durationMs))}`,
  );
  return [head, ...each].join("\n");
}

function failure(integration: IntegrationRun, test: TestResult, out: Output): string[] {
  const { paint } = out;
  const head = `${paint.red("✗")} ${paint.bold(integration.name)} › ${test.id}`;
  const { error } = test;
  if (!error) return [head];
  const found = placeOf(error);
  const place = found ? [`  ${paint.cyan(printable(`${found.path}:${found.line}`))}`] : [];
  return [head, ...place, ...explain(error, out).map((line) => `  ${line}`)];
}

function explain(error: TestError, out: Output): string[] {
  const { expected, actual } = error;
  if (expected !== undefined && actual !== undefined) return comparison(expected, actual, out);
  const traceback = printable(error.traceback).trimEnd().split("\n");
  const shown = out.verbose ? traceback : traceback.slice(-SHORT_TRACEBACK_LINES);
  const hidden = traceback.length - shown.length;
  const more = hidden > 0 ? [out.paint.dim(`… ${count(hidden, "line")} more with --verbose`)] : [];
  const message = printable(error.message)
    .split("\n")
    .map((line) => out.paint.red(line));
  return [...message, ...more, ...shown.map((line) => out.paint.dim(line))];
}

/** Two texts, and what differs between them. */
export function comparison(
  expected: string,
  actual: string,
  { paint }: Pick<Output, "paint">,
): string[] {
  const legend = `The message differs: ${paint.green("- expected")}, ${paint.red("+ sent")}`;
  const oneLine = !expected.includes("\n") && !actual.includes("\n");
  return [
    legend,
    ...(oneLine && paint.level > 0
      ? wordDiff(expected, actual, paint)
      : lineDiff(expected, actual, paint)),
  ];
}

function lineDiff(expected: string, actual: string, paint: Output["paint"]): string[] {
  return diffLines(printable(expected), printable(actual), { ignoreNewlineAtEof: true }).flatMap(
    ({ value, added, removed }) => {
      const lines = value.replace(/\n$/, "").split("\n");
      if (added) return lines.map((line) => paint.red(`+ ${line}`));
      if (removed) return lines.map((line) => paint.green(`- ${line}`));
      return lines.map((line) => paint.dim(`  ${line}`));
    },
  );
}

/** Two long lines that differ in a word are hard to compare by eye: the words that differ are marked. */
function wordDiff(expected: string, actual: string, paint: Output["paint"]): string[] {
  const parts = diffWordsWithSpace(printable(expected), printable(actual));
  const side = (skip: "added" | "removed", mark: (text: string) => string): string =>
    parts
      .filter((part) => !part[skip])
      .map((part) => (part.added || part.removed ? mark(part.value) : part.value))
      .join("");
  return [
    `${paint.green("-")} ${side("added", (text) => paint.green.inverse(text))}`,
    `${paint.red("+")} ${side("removed", (text) => paint.red.inverse(text))}`,
  ];
}

function summaryLine({ summary, integrations }: TestRun, { paint }: Output): string {
  const { total, passed, failed, skipped, durationMs } = summary;
  const parts = [
    paint.green(`${passed} passed`),
    failed > 0 ? paint.red(`${failed} failed`) : `${failed} failed`,
    ...(skipped > 0 ? [paint.yellow(`${skipped} skipped`)] : []),
  ];
  const where = `${count(total, "test")} of ${count(integrations.length, "integration")}`;
  return `${parts.join(", ")}  ${paint.dim(`(${where}, ${duration(durationMs)})`)}`;
}
