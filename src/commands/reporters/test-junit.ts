/** A test run as JUnit XML: a suite an integration, so that the files of several machines add up. */
import { beginning, cutShort } from "../../cut.ts";
import type { IntegrationRun, TestResult, TestRun } from "../../engine/index.ts";
import { failureCauses } from "./test-causes.ts";
import { escapeXml, junitDocument, seconds, xmlAttributes } from "./xml.ts";

/** Characters of a text of a test, and of all of them together: a reader of this form holds all of it in memory. */
const LONGEST = 100_000;
const MOST_OF_ALL = 10_000_000;

/** The document, ready for stdout. */
export function formatJunit(run: TestRun): string {
  const { summary, integrations } = run;
  const known = new Map<TestResult, TestResult>();
  for (const { first, others } of failureCauses(run)) {
    for (const { test } of others) known.set(test, first.test);
  }
  const most = Math.min(LONGEST, Math.ceil(MOST_OF_ALL / Math.max(1, summary.total)));
  const totals = { tests: summary.total, failures: summary.failed, errors: 0 };
  const head = { name: "connect-webhook", ...totals, skipped: summary.skipped };
  return junitDocument(
    { ...head, time: seconds(summary.durationMs) },
    integrations.flatMap((integration) => suite(integration, most, known)),
  );
}

/** @param known Tests that fail as an earlier one does, with that one. */
function suite(
  run: IntegrationRun,
  most: number,
  known: ReadonlyMap<TestResult, TestResult>,
): string[] {
  const { name, total, failed, skipped, durationMs, tests } = run;
  const head = { name, tests: total, failures: failed, errors: 0, skipped };
  return [
    `  <testsuite${xmlAttributes({ ...head, time: seconds(durationMs) })}>`,
    ...tests.flatMap((test) => testCase(test, most, known.get(test))),
    "  </testsuite>",
  ];
}

function testCase(test: TestResult, most: number, alike: TestResult | undefined): string[] {
  const { id, name, status, durationMs, error, reason, output } = test;
  const text = (whole: string): string => escapeXml(cutShort(whole, most));
  const place = { file: error?.path && oneLine(error.path), line: error?.line };
  const classname = oneLine(id.endsWith(`.${name}`) ? id.slice(0, -name.length - 1) : id);
  const head = `    <testcase${xmlAttributes({ classname, name: oneLine(name), time: seconds(durationMs), ...place })}`;
  const body: string[] = [];
  if (status === "failed") {
    const facts = xmlAttributes({
      type: error?.type ?? "Error",
      message: cutShort(error?.message ?? "", most),
    });
    const whole = alike ? `It fails as ${alike.id} does.` : error ? details(error, most) : "";
    body.push(`      <failure${facts}>${text(whole)}</failure>`);
  }
  if (status === "skipped") body.push(`      <skipped${xmlAttributes({ message: reason })}/>`);
  if (output) body.push(`      <system-out>${text(output)}</system-out>`);
  return body.length === 0 ? [`${head}/>`] : [`${head}>`, ...body, "    </testcase>"];
}

function details(
  { expected, actual, traceback }: NonNullable<TestResult["error"]>,
  most: number,
): string {
  if (expected === undefined || actual === undefined) return traceback;
  const [wanted, sent] = [expected, actual].map((text) => cutShort(text, Math.ceil(most / 2)));
  return `Expected:\n${wanted}\n\nSent:\n${sent}\n\n${traceback}`;
}

/** A name or a path is hardly ever longer. */
const oneLine = (text: string): string => beginning(text, 1_000).text;
