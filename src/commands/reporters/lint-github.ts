/** Lint findings as annotations of a GitHub workflow: https://docs.github.com/actions, "workflow commands". */
import type { LintResult, Problem } from "../../lint/index.ts";
import { count } from "../../ui/text.ts";

const commands = { error: "error", warning: "warning", hint: "notice" } as const;

/** One line a finding, and a last line for people. */
export function githubAnnotations({ problems, summary }: LintResult): string {
  const { errors, warnings, hints } = summary;
  const found = [count(errors, "error"), count(warnings, "warning"), count(hints, "hint")];
  return [...problems.map(annotation), `${found.join(", ")}.`].join("\n");
}

function annotation({ severity, path, line, column, message, fix, rule }: Problem): string {
  const properties = [
    `file=${escapeProperty(path)}`,
    ...(line === undefined ? [] : [`line=${line}`]),
    ...(column === undefined ? [] : [`col=${column}`]),
    `title=${escapeProperty(`connect-webhook ${rule}`)}`,
  ];
  const text = fix === undefined ? message : `${message}\n${fix}`;
  return `::${commands[severity]} ${properties.join(",")}::${escapeData(text)}`;
}

/** Line breaks would end the command, and what follows could be another one. */
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
