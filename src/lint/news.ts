/** What a branch adds to what lint finds. */
import { countsOf, withoutKnown } from "./baseline.ts";
import type { Problem } from "./report.ts";
import type { LintResult } from "./run.ts";

/**
 * Says of each finding whether the base has it, too. It may have moved within its file, and the file may have had
 * another name.
 * @param before What lint finds of the base.
 * @param renamed Former paths by new ones.
 */
export function markNew(
  now: LintResult,
  before: readonly Problem[],
  renamed: ReadonlyMap<string, string>,
): LintResult {
  const formerly = new Map(
    now.problems.map((problem) => [
      { ...problem, path: renamed.get(problem.path) ?? problem.path },
      problem,
    ]),
  );
  const added = withoutKnown([...formerly.keys()], countsOf(before)).problems;
  const isNew = new Set(added.map((problem) => formerly.get(problem)));
  const marked = new Map(
    now.problems.map((problem) => [problem, { ...problem, isNew: isNew.has(problem) }]),
  );
  return {
    ...now,
    summary: { ...now.summary, old: marked.size - isNew.size },
    problems: [...marked.values()],
    repairs: new Map(
      [...now.repairs].map(([problem, repair]) => [marked.get(problem) ?? problem, repair]),
    ),
  };
}

/** A result without the findings that the base has, too; how many these are stays in its summary. */
export function onlyNew(result: LintResult): LintResult {
  const problems = result.problems.filter(({ isNew }) => isNew !== false);
  const count = (severity: Problem["severity"]): number =>
    problems.filter((problem) => problem.severity === severity).length;
  const [errors, warnings, hints] = [count("error"), count("warning"), count("hint")];
  return { ...result, summary: { ...result.summary, errors, warnings, hints }, problems };
}
