/** Printing lint findings, and the exit code they lead to. */
import { ExitCode } from "../../errors.ts";
import type { LintResult, Problem } from "../../lint/index.ts";
import type { Output } from "../../ui/output.ts";

export interface LintReportOptions {
  /** `stylish` or `json`; `--json` means `json` too. */
  readonly format: string;
  /** Warnings fail the run. */
  readonly strict: boolean;
}

/** Prints a result and returns the exit code. */
export function reportLint(
  out: Output,
  result: LintResult,
  { format, strict }: LintReportOptions,
): ExitCode {
  const { summary, problems, skipped } = result;
  const report = { version: 1, summary, problems, skipped };
  if (out.json) out.report(report);
  else if (format === "json") out.data(JSON.stringify(report, null, 2));
  else out.data(stylish(out, result));
  const failed = summary.errors > 0 || (strict && summary.warnings > 0);
  return failed ? ExitCode.Problems : ExitCode.Ok;
}

function stylish(out: Output, { summary, problems, skipped }: LintResult): string {
  const shown = problems.filter(({ severity }) => out.verbose || severity !== "hint");
  const lines: string[] = [];
  for (const [integration, found] of groupBy(shown, (problem) => problem.integration)) {
    lines.push(out.paint.bold(integration));
    for (const [place, here] of groupBy(inFileOrder(found), placeOf)) {
      lines.push(`  ${out.paint.underline(place)}`);
      lines.push(...here.flatMap((problem) => problemLines(out, problem)));
    }
    lines.push("");
  }
  for (const { rule, reason, integrations } of skipped) {
    lines.push(`Not checked: ${rule} on ${count(integrations, "integration")}, ${reason}.`);
  }
  lines.push(summaryLine(out, summary));
  return lines.join("\n");
}

function problemLines(out: Output, problem: Problem): string[] {
  const { message, rule, fix } = problem;
  const lines = [`    ${signOf(out, problem)} ${message}  ${out.paint.dim(rule)}`];
  if (fix !== undefined) lines.push(`      ${out.paint.cyan(fix)}`);
  return lines;
}

/** The sign of a severity. */
export function signOf(out: Output, { severity }: Pick<Problem, "severity">): string {
  if (severity === "error") return out.paint.red("✗");
  return severity === "warning" ? out.paint.yellow("!") : out.paint.blue("i");
}

function placeOf({ path, line, column }: Problem): string {
  return [path, line, column].filter((part) => part !== undefined).join(":");
}

function inFileOrder(problems: readonly Problem[]): Problem[] {
  const paths = [...new Set(problems.map(({ path }) => path))];
  return paths.flatMap((path) =>
    problems
      .filter((problem) => problem.path === path)
      .sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)),
  );
}

function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
}

function summaryLine(out: Output, summary: LintResult["summary"]): string {
  const checked = `${subjects(summary)} checked`;
  const { errors, warnings, hints } = summary;
  if (errors + warnings + hints === 0) return `${out.paint.green("✓")} ${checked}, nothing found.`;
  const found = [count(errors, "error"), count(warnings, "warning"), count(hints, "hint")];
  const more = hints > 0 && !out.verbose ? " Hints are shown with --verbose." : "";
  return `${checked}: ${found.join(", ")}.${more}`;
}

function subjects({ integrations, unregistered }: LintResult["summary"]): string {
  const folders = count(unregistered, "unregistered folder");
  if (integrations === 0 && unregistered > 0) return folders;
  const known = count(integrations, "integration");
  return unregistered === 0 ? known : `${known} and ${folders}`;
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}
