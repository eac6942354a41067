/** Lint findings as SARIF 2.1.0, which code scanning tools read. */
import { packageVersion } from "../../host/assets.ts";
import { type LintResult, type Problem, rules } from "../../lint/index.ts";
import { jsonText } from "../../ui/steering.ts";

const levels = { error: "error", warning: "warning", hint: "note" } as const;

/**
 * One run with all findings. Paths are relative to the repository's root.
 * @param folder The checkout's folder in its repository, with a slash at its end; empty when they are the same.
 */
export function sarifReport({ problems }: LintResult, folder: string): string {
  const used = rules.filter(({ id }) => problems.some(({ rule }) => rule === id));
  const driver = {
    name: "connect-webhook",
    version: packageVersion(),
    rules: used.map(({ id, summary, why, howToFix, severity }) => ({
      id,
      shortDescription: { text: summary },
      fullDescription: { text: why },
      help: { text: howToFix },
      defaultConfiguration: { level: levels[severity] },
    })),
  };
  const results = problems.map((problem) => result(problem, folder));
  const run = { tool: { driver }, columnKind: "unicodeCodePoints", results };
  const schema = "https://json.schemastore.org/sarif-2.1.0.json";
  return jsonText({ $schema: schema, version: "2.1.0", runs: [run] });
}

function result(
  { rule, severity, message, fix, path, line, column, isNew }: Problem,
  folder: string,
): object {
  const region = {
    startLine: line ?? 1,
    ...(column !== undefined && { startColumn: column }),
  };
  return {
    ruleId: rule,
    level: levels[severity],
    ...(isNew !== undefined && { baselineState: isNew ? "new" : "unchanged" }),
    message: { text: fix === undefined ? message : `${message} ${fix}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: (folder + path).split("/").map(encodeURIComponent).join("/") },
          ...(line !== undefined && { region }),
        },
      },
    ],
  };
}
