/** Prints a test run for people: a line an integration, and everything about each failure. */
import type { IntegrationRun, TestError, TestResult, TestRun } from "../../engine/index.ts";
import type { Output } from "../../ui/output.ts";
import { count, duration, printable } from "../../ui/text.ts";
import { placeOf } from "./test-place.ts";

/** Lines of a traceback that are shown without `--verbose`. */
const SHORT_TRACEBACK_LINES = 12;

/** The whole report, ready for stdout. */
export async function formatTestRun(run: TestRun, out: Output): Promise<string> {
  const lines = run.integrations.map((integration) => headLine(integration, out));
  for (const integration of run.integrations) {
    for (const test of integration.tests.filter(isReported)) {
      lines.push("", ...(await failure(integration, test, out)));
    }
  }
  return [...lines, "", summaryLine(run, out)].join("\n");
}

const isReported = (test: TestResult): boolean => test.status === "failed";

function headLine(integration: IntegrationRun, { paint, verbose }: Output): string {
  const { name, total, failed, durationMs, tests, testedWith } = integration;
  if (testedWith !== undefined) {
    return `${paint.dim("-")} ${paint.bold(name)}  ${paint.dim(`its tests are those of ${testedWith}`)}`;
  }
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

async function failure(
  integration: IntegrationRun,
  test: TestResult,
  out: Output,
): Promise<string[]> {
  const { paint } = out;
  const head = `${paint.red("✗")} ${paint.bold(integration.name)} › ${test.id}`;
  const { error } = test;
  if (!error) return [head];
  const found = placeOf(error);
  const place = found ? [`  ${paint.cyan(printable(`${found.path}:${found.line}`))}`] : [];
  return [head, ...place, ...(await explain(error, out)).map((line) => `  ${line}`)];
}

async function explain(error: TestError, out: Output): Promise<string[]> {
  const { expected, actual } = error;
  if (expected !== undefined && actual !== undefined) {
    return (await import("./comparison.ts")).comparison(expected, actual, out);
  }
  const traceback = printable(error.traceback).trimEnd().split("\n");
  const shown = out.verbose ? traceback : traceback.slice(-SHORT_TRACEBACK_LINES);
  const hidden = traceback.length - shown.length;
  const more = hidden > 0 ? [out.paint.dim(`… ${count(hidden, "line")} more with --verbose`)] : [];
  const message = printable(error.message)
    .split("\n")
    .map((line) => out.paint.red(line));
  return [...message, ...more, ...shown.map((line) => out.paint.dim(line))];
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
