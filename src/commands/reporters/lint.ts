/** Printing lint findings, and the exit code they lead to. */
import { folderInRepository } from "../../checkout/git.ts";
import { ExitCode } from "../../errors.ts";
import type { LintResult } from "../../lint/index.ts";
import type { Output } from "../../ui/output.ts";
import { githubAnnotations } from "./lint-github.ts";
import { junitReport } from "./lint-junit.ts";
import { stylish } from "./lint-stylish.ts";

/** The formats of `--format`. */
export const lintFormats = ["stylish", "json", "github", "sarif", "junit"] as const;

export interface LintReportOptions {
  readonly format: (typeof lintFormats)[number];
  /** Warnings fail the run, and so do exceptions that nothing needs any more. */
  readonly strict: boolean;
  /** The tree's root: what shows findings beside lines counts their paths from the repository's. */
  readonly root: string;
}

/** Prints a result and returns the exit code. */
export async function reportLint(
  out: Output,
  result: LintResult,
  options: LintReportOptions,
): Promise<ExitCode> {
  const { summary, unusedExceptions } = result;
  if (out.json) out.report(jsonReport(result));
  else out.data(await textOf(out, result, options));
  const failed =
    summary.errors > 0 || (options.strict && (summary.warnings > 0 || unusedExceptions.length > 0));
  return failed ? ExitCode.Problems : ExitCode.Ok;
}

function jsonReport({ summary, problems, skipped, unusedExceptions }: LintResult): object {
  return { version: 1, summary, problems, skipped, unusedExceptions };
}

async function textOf(
  out: Output,
  result: LintResult,
  { format, strict, root }: LintReportOptions,
): Promise<string> {
  switch (format) {
    case "github":
      return githubAnnotations(result, await folderInRepository(root));
    case "sarif":
      // It describes every rule, and the others need none.
      return (await import("./lint-sarif.ts")).sarifReport(result, await folderInRepository(root));
    case "junit":
      return junitReport(result);
    default:
      return stylish(out, result, strict);
  }
}
