/** A test run as JUnit XML: a suite an integration, so that the files of several machines add up. */
import type { IntegrationRun, TestResult, TestRun } from "../../engine/index.ts";
import { escapeXml, xmlAttributes } from "./xml.ts";

/** The document, ready for stdout. */
export function formatJunit({ summary, integrations }: TestRun): string {
  const totals = { tests: summary.total, failures: summary.failed, errors: 0 };
  const head = { name: "connect-webhook", ...totals, skipped: summary.skipped };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${xmlAttributes({ ...head, time: seconds(summary.durationMs) })}>`,
    ...integrations.flatMap(suite),
    "</testsuites>",
  ].join("\n");
}

function suite({ name, total, failed, skipped, durationMs, tests }: IntegrationRun): string[] {
  const head = { name, tests: total, failures: failed, errors: 0, skipped };
  return [
    `  <testsuite${xmlAttributes({ ...head, time: seconds(durationMs) })}>`,
    ...tests.flatMap(testCase),
    "  </testsuite>",
  ];
}

function testCase({ id, name, status, durationMs, error, reason, output }: TestResult): string[] {
  const place = { file: error?.path, line: error?.line };
  const classname = id.endsWith(`.${name}`) ? id.slice(0, -name.length - 1) : id;
  const head = `    <testcase${xmlAttributes({ classname, name, time: seconds(durationMs), ...place })}`;
  const body: string[] = [];
  if (status === "failed") {
    const facts = xmlAttributes({ type: error?.type ?? "Error", message: error?.message ?? "" });
    body.push(`      <failure${facts}>${escapeXml(error ? details(error) : "")}</failure>`);
  }
  if (status === "skipped") body.push(`      <skipped${xmlAttributes({ message: reason })}/>`);
  if (output) body.push(`      <system-out>${escapeXml(output)}</system-out>`);
  return body.length === 0 ? [`${head}/>`] : [`${head}>`, ...body, "    </testcase>"];
}

function details({ expected, actual, traceback }: NonNullable<TestResult["error"]>): string {
  if (expected === undefined || actual === undefined) return traceback;
  return `Expected:\n${expected}\n\nSent:\n${actual}\n\n${traceback}`;
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);
