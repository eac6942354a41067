/** Lint findings as annotations of a GitHub workflow. */
import { cutShort } from "../../cut.ts";
import type { LintResult, Problem } from "../../lint/index.ts";
import { workflowCommand } from "../../ui/marks.ts";
import { count } from "../../ui/text.ts";

/** GitHub cuts long annotations off. */
const LONGEST = 4000;

const commands = { error: "error", warning: "warning", hint: "notice" } as const;

/**
 * One line a finding, and a last line for people. Hints that the base has, too, are only counted: what is new would not
 * be seen among them.
 * @param folder The checkout's folder in its repository, with a slash at its end; empty when they are the same.
 */
export function githubAnnotations({ problems, summary }: LintResult, folder: string): string {
  const { errors, warnings, hints, old = 0 } = summary;
  const found = [count(errors, "error"), count(warnings, "warning"), count(hints, "hint")];
  const isOldHint = ({ severity, isNew }: Problem): boolean =>
    severity === "hint" && isNew === false;
  // GitHub shows the first ten of a step.
  const shown = problems.filter((problem) => !isOldHint(problem));
  const inOrder = [
    ...shown.filter(({ isNew }) => isNew !== false),
    ...shown.filter(({ isNew }) => isNew === false),
  ];
  const aside = old > 0 ? ` (${old} as on the base)` : "";
  return [
    ...inOrder.map((problem) => annotation(problem, folder)),
    `${found.join(", ")}${aside}.`,
  ].join("\n");
}

function annotation(
  { severity, path, line, column, message, fix, rule }: Problem,
  folder: string,
): string {
  const properties = { file: folder + path, line, col: column, title: `connect-webhook ${rule}` };
  const text = fix === undefined ? message : `${message}\n${fix}`;
  return workflowCommand(commands[severity], properties, cutShort(text, LONGEST));
}
