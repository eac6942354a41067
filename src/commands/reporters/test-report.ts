/** Prints a finished test run in the form that was asked for, and says what exit code it leads to. */
import { folderInRepository } from "../../checkout/git.ts";
import { percentOf } from "../../engine/coverage-words.ts";
import type { TestRun } from "../../engine/index.ts";
import { ExitCode } from "../../errors.ts";
import type { Output } from "../../ui/output.ts";
import { printableLine } from "../../ui/steering.ts";
import { type TestOptions, wantsCoverage } from "../test/options.ts";
import { formatTestRun } from "./test.ts";
import { belowMinimum, formatCoverage } from "./test-coverage.ts";

/**
 * Prints a run.
 * @param root The checkout's folder.
 * @returns 1 when a test failed, or an integration's coverage is below the limit.
 */
export async function reportTests(
  run: TestRun,
  root: string,
  options: Pick<TestOptions, "reporter" | "coverage" | "coverageMin">,
  out: Output,
): Promise<ExitCode> {
  const { reporter, coverageMin } = options;
  await print(run, root, reporter, out);
  if (wantsCoverage(options) && ["default", "github"].includes(reporter)) {
    const table = formatCoverage(run, out);
    if (table !== "") out.data(`\n${table}`);
  }
  const low = coverageMin === undefined ? [] : belowMinimum(run, coverageMin);
  for (const { name, coverage: found } of low) {
    if (found)
      out.error(
        `${printableLine(name)} is covered by ${percentOf(found)} %, less than ${coverageMin} %.`,
      );
  }
  return run.summary.failed > 0 || low.length > 0 ? ExitCode.Problems : ExitCode.Ok;
}

async function print(run: TestRun, root: string, reporter: string, out: Output): Promise<void> {
  if (out.json) return out.report({ version: 1, ...run });
  if (reporter === "junit") {
    return out.data((await import("./test-junit.ts")).formatJunit(run));
  }
  if (reporter === "github") {
    const { githubAnnotations } = await import("./test-github.ts");
    const annotations = githubAnnotations(run, await folderInRepository(root));
    if (annotations !== "") out.data(annotations);
  }
  out.data(await formatTestRun(run, root, out));
}
