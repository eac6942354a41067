/** Lint findings as SARIF 2.1.0, which code scanning tools read. */

import type { UserError } from "../../errors.ts";
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
  return sarifLog({ tool: { driver }, columnKind: "unicodeCodePoints", results });
}

/** A run that could not be made: what kept it from that is its only result, too, since many tools show no more. */
export function sarifFailure({ code, message, hint, place }: UserError, folder: string): string {
  const problem = { severity: "error", message, fix: hint, rule: code, ...place } as const;
  const told: SarifResult = place
    ? result({ ...problem, path: place.path }, folder)
    : { ruleId: code, level: "error", message: { text: textOf(problem) } };
  const { ruleId: _, ...notification } = told;
  return sarifLog({
    tool: { driver: { name: "connect-webhook", version: packageVersion(), rules: [] } },
    columnKind: "unicodeCodePoints",
    invocations: [{ executionSuccessful: false, toolExecutionNotifications: [notification] }],
    results: [told],
  });
}

function sarifLog(run: object): string {
  const schema = "https://json.schemastore.org/sarif-2.1.0.json";
  return jsonText({ $schema: schema, version: "2.1.0", runs: [run] });
}

function result(
  problem: Pick<Problem, "rule" | "severity" | "message" | "path"> & Partial<Optional>,
  folder: string,
): SarifResult {
  const { rule, severity, path, line, column, isNew } = problem;
  const region = {
    startLine: line ?? 1,
    ...(column !== undefined && { startColumn: column }),
  };
  return {
    ruleId: rule,
    level: levels[severity],
    ...(isNew !== undefined && { baselineState: isNew ? "new" : "unchanged" }),
    message: { text: textOf(problem) },
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

interface SarifResult {
  readonly ruleId: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations?: readonly object[];
  readonly baselineState?: string;
}

type Optional = { [Key in "fix" | "line" | "column" | "isNew"]: Problem[Key] | undefined };

const textOf = ({ message, fix }: { message: string; fix?: string | undefined }): string =>
  fix === undefined ? message : `${message} ${fix}`;
