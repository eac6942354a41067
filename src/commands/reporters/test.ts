/** Prints a test run for people: a line an integration, and everything about each failure. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { cutShort, ending, leftOut } from "../../cut.ts";
import { type Place, placeOf } from "../../engine/error-place.ts";
import type { IntegrationRun, TestError, TestRun } from "../../engine/index.ts";
import { showsLinks } from "../../host/terminal.ts";
import { link } from "../../ui/marks.ts";
import type { Output } from "../../ui/output.ts";
import { printableLine } from "../../ui/steering.ts";
import { count, duration } from "../../ui/text.ts";
import { type FailedTest, type FailureCause, failureCauses } from "./test-causes.ts";

/** Lines of a traceback that are shown without `--verbose`. */
const SHORT_TRACEBACK_LINES = 12;
/** Names of tests that fail alike that are shown without `--verbose`. */
const MOST_NAMES = 8;
/** Characters of a message and of a traceback that are shown. */
const LONGEST = 10_000;
/** Characters after which failures are only counted: nobody reads on. */
const MOST_OF_ALL = 1_000_000;

/**
 * The whole report, ready for stdout.
 * @param root The checkout's folder, for links to its files.
 */
export async function formatTestRun(run: TestRun, root: string, out: Output): Promise<string> {
  const heads = run.integrations.map((integration) => headLine(integration, out));
  return [...heads, ...(await failures(run, root, out)), "", summaryLine(run, out)].join("\n");
}

async function failures(run: TestRun, root: string, out: Output): Promise<string[]> {
  const blocks: string[] = [];
  let size = 0;
  let hidden = 0;
  for (const cause of failureCauses(run)) {
    if (size > MOST_OF_ALL) {
      hidden += 1 + cause.others.length;
      continue;
    }
    const block = (await failure(cause, root, out)).join("\n");
    size += block.length;
    blocks.push("", block);
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
  { first, others }: FailureCause,
  root: string,
  out: Output,
): Promise<string[]> {
  const { paint } = out;
  const { error } = first.test;
  const more = others.length > 0 ? paint.red(` and ${count(others.length, "more test")}`) : "";
  const head = `${paint.red("✗")} ${paint.bold(printableLine(first.integration))} › ${printableLine(first.test.id)}${more}`;
  if (!error) return [head];
  const found = placeOf(error);
  const place = found ? [`  ${paint.cyan(fileLink(root, found))}`] : [];
  const explained = await explain(error, out);
  return [
    head,
    ...place,
    ...[...explained, ...alike(first, others, out)].map((line) => `  ${line}`),
  ];
}

function fileLink(root: string, { path, line, column }: Place): string {
  const text = printableLine([path, line, ...(column === undefined ? [] : [column])].join(":"));
  return showsLinks() ? link(`${pathToFileURL(join(root, path))}#${line}`, text) : text;
}

/** The names of tests that fail as the first one does. */
function alike(first: FailedTest, others: readonly FailedTest[], out: Output): string[] {
  if (others.length === 0) return [];
  const most = out.verbose ? others.length : MOST_NAMES;
  const names = others.slice(0, most).map(({ integration, test }) => {
    const name = integration === first.integration ? test.name : `${integration} › ${test.name}`;
    return printableLine(name);
  });
  const hidden = others.length - names.length;
  const rest = hidden > 0 ? `, and ${hidden} more with --verbose` : "";
  return [out.paint.dim(`The same in ${names.join(", ")}${rest}.`)];
}

async function explain(error: TestError, out: Output): Promise<string[]> {
  const { expected, actual } = error;
  if (expected !== undefined && actual !== undefined) {
    const { comparedPart, comparison } = await import("./comparison.ts");
    return comparison(expected, actual, { paint: out.paint, part: comparedPart(error) });
  }
  const { said, frames } = partsOf(error);
  const message = cutShort(error.ofFixture ? error.message : said, LONGEST)
    .split("\n")
    .map((line) => out.paint.red(line));
  // Where a test sends a fixture says nothing about what is wrong with it.
  if (error.ofFixture && !out.verbose) return message;
  const { text, left } = ending(frames, LONGEST);
  const traceback = text === "" ? [] : text.split("\n");
  const shown = out.verbose ? traceback : traceback.slice(-SHORT_TRACEBACK_LINES);
  const hidden = traceback.length - shown.length;
  const more = [
    ...(left > 0 ? [`${leftOut(left)} before this`] : []),
    ...(hidden > 0 ? [`… ${count(hidden, "line")} more with --verbose`] : []),
  ];
  return [...message, ...[...more, ...shown].map((line) => out.paint.dim(line))];
}

/** A traceback ends with what the exception says, which is told once: above the lines that led to it. */
function partsOf({ message, traceback }: TestError): { said: string; frames: string } {
  const whole = traceback.trimEnd();
  const end = message.trimEnd();
  if (!whole.endsWith(end)) return { said: message, frames: whole };
  const from = whole.lastIndexOf("\n", whole.length - end.length - 1) + 1;
  return { said: whole.slice(from), frames: whole.slice(0, from).trimEnd() };
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
