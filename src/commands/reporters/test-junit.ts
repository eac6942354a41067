/** A test run as JUnit XML: a suite an integration, so that the files of several machines add up. */
import type { IntegrationRun, TestResult, TestRun } from "../../engine/index.ts";

type Attributes = Record<string, string | number | undefined>;

/** The document, ready for stdout. */
export function formatJunit({ summary, integrations }: TestRun): string {
  const totals = { tests: summary.total, failures: summary.failed, errors: 0 };
  const head = { name: "connect-webhook", ...totals, skipped: summary.skipped };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ ...head, time: seconds(summary.durationMs) })}>`,
    ...integrations.flatMap(suite),
    "</testsuites>",
  ].join("\n");
}

function suite({ name, total, failed, skipped, durationMs, tests }: IntegrationRun): string[] {
  const head = { name, tests: total, failures: failed, errors: 0, skipped };
  return [
    `  <testsuite${attributes({ ...head, time: seconds(durationMs) })}>`,
    ...tests.flatMap(testCase),
    "  </testsuite>",
  ];
}

function testCase({ id, name, status, durationMs, error, reason, output }: TestResult): string[] {
  const place = { file: error?.path, line: error?.line };
  const classname = id.endsWith(`.${name}`) ? id.slice(0, -name.length - 1) : id;
  const head = `    <testcase${attributes({ classname, name, time: seconds(durationMs), ...place })}`;
  const body: string[] = [];
  if (status === "failed") {
    const facts = attributes({ type: error?.type ?? "Error", message: error?.message ?? "" });
    body.push(`      <failure${facts}>${escapeXml(error ? details(error) : "")}</failure>`);
  }
  if (status === "skipped") body.push(`      <skipped${attributes({ message: reason })}/>`);
  if (output) body.push(`      <system-out>${escapeXml(output)}</system-out>`);
  return body.length === 0 ? [`${head}/>`] : [`${head}>`, ...body, "    </testcase>"];
}

function details({ expected, actual, traceback }: NonNullable<TestResult["error"]>): string {
  if (expected === undefined || actual === undefined) return traceback;
  return `Expected:\n${expected}\n\nSent:\n${actual}\n\n${traceback}`;
}

function attributes(values: Attributes): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(`${value}`).replace(/[\t\n\r]/g, toReference)}"`)
    .join("");
}

const toReference = (character: string): string => `&#${character.charCodeAt(0)};`;

/** XML has no way to write most control characters and lone surrogates: they are shown as Python writes them. */
function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replace(/\r/g, "&#13;")
    .replace(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|\p{Surrogate}/gu,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);
