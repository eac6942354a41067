/** Prints a test run for people: a line an integration, and everything about each failure. */

import { cutShort, ending, leftOut } from "../../cut.ts";
import type { IntegrationRun, TestError, TestResult, TestRun } from "../../engine/index.ts";
import type { Output } from "../../ui/output.ts";
import { printableLine } from "../../ui/steering.ts";
import { count, duration } from "../../ui/text.ts";
import { placeOf } from "./test-place.ts";

/** Lines of a traceback that are shown without `--verbose`. */
const SHORT_TRACEBACK_LINES = 12;
/** Characters of a message and of a traceback that are shown. */
const LONGEST = 10_000;
/** Characters after which failures are only counted: nobody reads on. */
const MOST_OF_ALL = 1_000_000;

/** The whole report, ready for stdout. */
export async function formatTestRun(run: TestRun, out: Output): Promise<string> {
  const heads = run.integrations.map((integration) => headLine(integration, out));
  return [...heads, ...(await failures(run, out)), "", summaryLine(run, out)].join("\n");
}

async function failures({ integrations }: TestRun, out: Output): Promise<string[]> {
  const blocks: string[] = [];
  let size = 0;
  let hidden = 0;
  for (const integration of integrations) {
    for (const test of integration.tests) {
      if (test.status !== "failed") continue;
      if (size > MOST_OF_ALL) {
        hidden += 1;
        continue;
      }
      const block = (await failure(integration, test, out)).join("\n");
      size += block.length;
      blocks.push("", block);
    }
  }
  if (hidden > 0)
    blocks.push("", `${leftOut(hidden, "failed test")}; --reporter json has them all`);
  return blocks;
}

function headLine(integration: IntegrationRun, { paint, verbose }: Output): string {
  const { name, total, failed, durationMs, tests, testedWith } = integration;
  if (testedWith !== undefined) {
    return `${paint.dim("-")} ${paint.bold(printableLine(name))}  ${paint.dim(`its tests are those of ${printableLine(testedWith)}`)}`;
  }
  const mark = failed > 0 ? paint.red("✗") : paint.green("✓");
  const numbers = `${count(total, "test")}${failed > 0 ? paint.red(`, ${failed} failed`) : ""}`;
  const head = `${mark} ${paint.bold(printableLine(name))}  ${numbers}  ${paint.dim(duration(durationMs))}`;
  if (!verbose) return head;
  const marks = { passed: paint.green("✓"), failed: paint.red("✗"), skipped: paint.yellow("-") };
  const each = tests.map(
    (test) =>
      `    ${marks[test.status]} ${printableLine(test.name)}  ${paint.dim(duration(test.durationMs))}`,
  );
  return [head, ...each].join("\n");
}

async function failure(
  integration: IntegrationRun,
  test: TestResult,
  out: Output,
): Promise<string[]> {
  const { paint } = out;
  const where = `${paint.bold(printableLine(integration.name))} › ${printableLine(test.id)}`;
  const head = `${paint.red("✗")} ${where}`;
  const { error } = test;
  if (!error) return [head];
  const found = placeOf(error);
  const place = found ? [`  ${paint.cyan(printableLine(`${found.path}:${found.line}`))}`] : [];
  return [head, ...place, ...(await explain(error, out)).map((line) => `  ${line}`)];
}

async function explain(error: TestError, out: Output): Promise<string[]> {
  const { expected, actual } = error;
  if (expected !== undefined && actual !== undefined) {
    return (await import("./comparison.ts")).comparison(expected, actual, out);
  }
  const { text, left } = ending(error.traceback.trimEnd(), LONGEST);
  const traceback = text.split("\n");
  const shown = out.verbose ? traceback : traceback.slice(-SHORT_TRACEBACK_LINES);
  const hidden = traceback.length - shown.length;
  const more = [
    ...(left > 0 ? [`${leftOut(left)} before this`] : []),
    ...(hidden > 0 ? [`… ${count(hidden, "line")} more with --verbose`] : []),
  ];
  const message = cutShort(error.message, LONGEST).split("\n");
  return [
    ...message.map((line) => out.paint.red(line)),
    ...[...more, ...shown].map((line) => out.paint.dim(line)),
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
