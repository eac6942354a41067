/** Lint findings as JUnit XML: a suite for each integration that has some, a case for each rule and file. */
import type { LintResult, Problem } from "../../lint/index.ts";
import { groupBy } from "./lint-stylish.ts";
import { escapeXml, junitDocument, xmlAttributes } from "./xml.ts";

/** Errors and warnings are failures; hints are left out, because JUnit knows nothing that is only worth a look. */
export function junitReport({ problems, checked }: LintResult): string {
  const failures = problems.filter(({ severity }) => severity !== "hint");
  const suites = [...groupBy(failures, ({ integration }) => integration)].map(([name, found]) =>
    suite(name, found),
  );
  const failing = new Set(failures.map(({ integration }) => integration));
  const clean = checked.filter((name) => !failing.has(name)).map(cleanSuite);
  const totals = { tests: clean.length + failures.length, failures: failures.length };
  const facts = { name: "connect-webhook lint", ...totals };
  return `${junitDocument(facts, [...clean, ...suites])}\n`;
}

/** Each suite has as many cases as it says: what reads JUnit counts them. */
function cleanSuite(name: string): string {
  return [
    `  <testsuite${xmlAttributes({ name, tests: 1, failures: 0 })}>`,
    `    <testcase${xmlAttributes({ name: "checklist", classname: name })}/>`,
    "  </testsuite>",
  ].join("\n");
}

function suite(name: string, problems: readonly Problem[]): string {
  const size = problems.length;
  return [
    `  <testsuite${xmlAttributes({ name, tests: size, failures: size })}>`,
    ...problems.map(testCase),
    "  </testsuite>",
  ].join("\n");
}

function testCase({ rule, severity, path, line, message, fix }: Problem): string {
  const place = line === undefined ? path : `${path}:${line}`;
  const text = fix === undefined ? message : `${message}\n${fix}`;
  return [
    `    <testcase${xmlAttributes({ name: `${rule} ${place}`, classname: rule, file: path })}>`,
    `      <failure${xmlAttributes({ type: severity, message })}>${escapeXml(text)}</failure>`,
    "    </testcase>",
  ].join("\n");
}
