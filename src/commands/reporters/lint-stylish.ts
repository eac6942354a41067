/** Lint findings for people. */
import type { LintResult, Problem } from "../../lint/index.ts";
import type { Output } from "../../ui/output.ts";
import { printableLine } from "../../ui/steering.ts";
import { count } from "../../ui/text.ts";

/** The findings for people, by integration and place. */
export function stylish(out: Output, result: LintResult, strict: boolean): string {
  const { summary, problems, skipped, unusedExceptions, outdated } = result;
  const shown = problems.filter(({ severity }) => out.verbose || severity !== "hint");
  const lines: string[] = [];
  for (const [integration, found] of groupBy(shown, (problem) => problem.integration)) {
    lines.push(out.paint.bold(printableLine(integration)));
    for (const [place, here] of groupBy(inFileOrder(found), placeOf)) {
      lines.push(`  ${out.paint.underline(printableLine(place))}`);
      for (const problem of here) lines.push(problemLines(out, problem));
    }
    lines.push("");
  }
  for (const { rule, reason, integrations } of skipped) {
    lines.push(
      `Not checked: ${rule} on ${count(integrations, "integration")}, ${printableLine(reason)}.`,
    );
  }
  for (const { rule, integration, path, unknown } of unusedExceptions) {
    const where = printableLine(integration ?? path ?? "");
    lines.push(
      unknown
        ? `The exception of ${rule} is for ${where}, and this tree has no such integration.`
        : `No longer needed: the exception of ${rule} for ${where}.`,
    );
  }
  if (outdated > 0) {
    const gone = count(outdated, "finding");
    lines.push(
      `The baseline contains ${gone} that no longer occurs; --update-baseline removes it.`,
    );
  }
  const isFailed = strict && unusedExceptions.length > 0;
  lines.push(summaryLine(out, summary, isFailed) + repairsLine(problems) + hintsLine(out, summary));
  return lines.join("\n");
}

function problemLines(out: Output, problem: Problem): string {
  const { message, rule, fix, isNew } = problem;
  const aside = out.paint.dim(isNew === false ? `${rule}, as on the base` : rule);
  const lines = [`    ${signOf(out, problem)} ${printableLine(message)}  ${aside}`];
  if (fix !== undefined) lines.push(`      ${out.paint.cyan(printableLine(fix))}`);
  return lines.join("\n");
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
  return [...groupBy(problems, ({ path }) => path).values()].flatMap((found) =>
    found.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)),
  );
}

/** Values by a word of theirs, in the order in which the words come. */
export function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
}

function summaryLine(out: Output, summary: LintResult["summary"], isFailed: boolean): string {
  if (summary.integrations + summary.unregistered === 0) return "Nothing was checked.";
  const checked = `${subjects(summary)} checked`;
  const { errors, warnings, hints, fixed, excepted, known, notChecked = 0, old = 0 } = summary;
  const aside = [
    ...(notChecked > 0 ? [`${notChecked} not checked`] : []),
    ...(fixed > 0 ? [`${fixed} repaired`] : []),
    ...(excepted > 0 ? [`${excepted} excepted`] : []),
    ...(old > 0 ? [`${old} as on the base`] : []),
    ...(known > 0 ? [`${known} in the baseline`] : []),
  ];
  const rest = aside.length > 0 ? ` (${aside.join(", ")})` : "";
  if (errors + warnings + hints === 0) {
    const sign = isFailed ? out.paint.red("✗") : out.paint.green("✓");
    return `${sign} ${checked}, nothing found${rest}.`;
  }
  const found = [count(errors, "error"), count(warnings, "warning"), count(hints, "hint")];
  return `${checked}: ${found.join(", ")}${rest}.`;
}

function repairsLine(problems: readonly Problem[]): string {
  const fixable = problems.filter((problem) => problem.fixable).length;
  return fixable === 0 ? "" : ` ${fixable} of them can be repaired with --fix.`;
}

function hintsLine(out: Output, { hints }: LintResult["summary"]): string {
  return hints > 0 && !out.verbose ? " Hints are shown with --verbose." : "";
}

function subjects({ integrations, unregistered }: LintResult["summary"]): string {
  const folders = count(unregistered, "unregistered folder");
  if (integrations === 0 && unregistered > 0) return folders;
  const known = count(integrations, "integration");
  return unregistered === 0 ? known : `${known} and ${folders}`;
}
