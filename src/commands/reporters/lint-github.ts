/** Lint findings as annotations of a GitHub workflow. */
import { cutShort } from "../../cut.ts";
import type { LintResult, Problem } from "../../lint/index.ts";
import { workflowCommand } from "../../ui/marks.ts";
import { count } from "../../ui/text.ts";

/** GitHub cuts long annotations off. */
const LONGEST = 4000;

const commands = { error: "error", warning: "warning", hint: "notice" } as const;

/** One line a finding, and a last line for people. */
export function githubAnnotations({ problems, summary }: LintResult): string {
  const { errors, warnings, hints } = summary;
  const found = [count(errors, "error"), count(warnings, "warning"), count(hints, "hint")];
  return [...problems.map(annotation), `${found.join(", ")}.`].join("\n");
}

function annotation({ severity, path, line, column, message, fix, rule }: Problem): string {
  const properties = { file: path, line, col: column, title: `connect-webhook ${rule}` };
  const text = fix === undefined ? message : `${message}\n${fix}`;
  return workflowCommand(commands[severity], properties, cutShort(text, LONGEST));
}
