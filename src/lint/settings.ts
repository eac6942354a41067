/** What a tree's `connect-webhook.config.json` says about lint: severities, and exceptions with their reasons. */
import { messageOf, UserError } from "../errors.ts";
import { readTextIfExists, resolveInside } from "../host/files.ts";
import type { Problem } from "./report.ts";
import type { Severity } from "./rule.ts";

/** The file at the tree's root. `docs/config.schema.json` describes it. */
export const settingsFile = "connect-webhook.config.json";

/** Findings of one rule that are all right, and why. */
export interface LintException {
  readonly rule: string;
  /** Only in this integration. */
  readonly integration?: string;
  /** Only in this file, relative to the tree's root. */
  readonly path?: string;
  readonly reason: string;
}

export interface LintSettings {
  /** By rule; `off` means that it does not run. */
  readonly severities: ReadonlyMap<string, Severity | "off">;
  readonly exceptions: readonly LintException[];
}

export const noSettings: LintSettings = { severities: new Map(), exceptions: [] };

/**
 * Reads the tree's settings.
 * @param root The tree's absolute root.
 * @returns No settings when there is no file.
 * @throws UserError `invalid-config` that names the place that is wrong, `outside-root` for a link out of the tree.
 */
export async function readSettings(root: string): Promise<LintSettings> {
  const text = await readTextIfExists(resolveInside(root, settingsFile));
  if (text === undefined) return noSettings;
  // Few trees have settings, and the rules take a while to load.
  const { rules } = await import("./rules/index.ts");
  const ids = rules.map(({ id }) => id);
  const file = record(parse(text), "the file", ["$schema", "lint"]);
  const lint = record(file.lint ?? {}, "lint", ["rules", "exceptions"]);
  const stated = record(lint.rules ?? {}, "lint.rules", ids);
  const severities = Object.entries(stated).map(
    ([id, value]) => [id, severityOf(value, `lint.rules.${id}`)] as const,
  );
  const exceptions = lint.exceptions ?? [];
  if (!Array.isArray(exceptions)) throw invalid("lint.exceptions is not a list");
  return {
    severities: new Map(severities),
    exceptions: exceptions.map((one, index) => exceptionOf(one, index, ids)),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(`it is no JSON (${messageOf(error)})`);
  }
}

function exceptionOf(value: unknown, index: number, ids: readonly string[]): LintException {
  const place = `lint.exceptions[${index}]`;
  const stated = record(value, place, ["rule", "integration", "path", "reason"]);
  for (const [key, word] of Object.entries(stated)) {
    if (typeof word !== "string" || word.trim() === "") throw invalid(`${place}.${key} is no text`);
  }
  const { rule, integration, path, reason } = stated as Record<string, string>;
  if (rule === undefined || !ids.includes(rule)) {
    throw invalid(`${place}.rule names no rule`);
  }
  if (reason === undefined) throw invalid(`${place} gives no reason`);
  if (integration === undefined && path === undefined) {
    throw invalid(`${place} names neither an integration nor a path`);
  }
  return {
    rule,
    reason,
    ...(integration !== undefined && { integration }),
    ...(path !== undefined && { path }),
  };
}

function severityOf(value: unknown, place: string): Severity | "off" {
  if (value === "error" || value === "warning" || value === "hint" || value === "off") return value;
  throw invalid(`${place} is none of error, warning, hint and off`);
}

function record(value: unknown, place: string, keys: readonly string[]): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalid(`${place} is no object`);
  }
  const unknown = Object.keys(value).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw invalid(`${place} has an unknown entry "${unknown}"`);
  return value as Record<string, unknown>;
}

function invalid(what: string): UserError {
  return new UserError(`${settingsFile} cannot be used: ${what}.`, {
    code: "invalid-config",
    hint: "docs/ci.md describes what may be in it.",
  });
}

/**
 * Takes out what the exceptions cover.
 * @returns What is left, and the exceptions that cover nothing.
 */
export function withoutExceptions(
  problems: readonly Problem[],
  exceptions: readonly LintException[],
): { problems: Problem[]; unused: LintException[] } {
  const used = new Set<LintException>();
  const left = problems.filter((problem) => {
    const covering = exceptions.filter((exception) => covers(exception, problem));
    for (const exception of covering) used.add(exception);
    return covering.length === 0;
  });
  return { problems: left, unused: exceptions.filter((exception) => !used.has(exception)) };
}

/** Whether an exception says that what a rule finds in a file is all right. */
export function covers(
  { rule, integration, path }: LintException,
  problem: Pick<Problem, "rule" | "integration" | "path">,
): boolean {
  return (
    rule === problem.rule &&
    (integration === undefined || integration === problem.integration) &&
    (path === undefined || path === problem.path)
  );
}
