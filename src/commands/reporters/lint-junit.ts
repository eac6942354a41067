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
  const names = new Map<string, number>();
  // What reads JUnit takes two cases of one name for one.
  const numbered = problems.map((problem) => {
    const name = nameOf(problem);
    const number = (names.get(name) ?? 0) + 1;
    names.set(name, number);
    return testCase(problem, number === 1 ? name : `${name} (${number})`);
  });
  return [
    `  <testsuite${xmlAttributes({ name, tests: size, failures: size })}>`,
    ...numbered,
    "  </testsuite>",
  ].join("\n");
}

const nameOf = ({ rule, path, line }: Problem): string =>
  `${rule} ${line === undefined ? path : `${path}:${line}`}`;

function testCase({ rule, severity, path, message, fix }: Problem, name: string): string {
  const text = fix === undefined ? message : `${message}\n${fix}`;
  return [
    `    <testcase${xmlAttributes({ name, classname: rule, file: path })}>`,
    `      <failure${xmlAttributes({ type: severity, message })}>${escapeXml(text)}</failure>`,
    "    </testcase>",
  ].join("\n");
}
