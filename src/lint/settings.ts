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

/** An exception that covers nothing. */
export interface UnusedException extends LintException {
  /** That the tree has no such integration. */
  readonly unknown?: true;
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
  const { settingsSchema } = await import("./settings-schema.ts");
  const { data, error } = settingsSchema(ids).safeParse(parse(text));
  if (error) throw invalid(sentenceOf(error.issues[0]));
  const { rules: stated = {}, exceptions = [] } = data.lint ?? {};
  return {
    severities: new Map(Object.entries(stated).flatMap(([id, one]) => (one ? [[id, one]] : []))),
    exceptions: exceptions.map(({ integration, path, ...rest }) => ({
      ...rest,
      ...(integration !== undefined && { integration }),
      ...(path !== undefined && { path }),
    })),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(`it is no JSON (${messageOf(error)})`);
  }
}

/** Such as `lint.exceptions[0].rule names no rule`. */
function sentenceOf(issue: { path: PropertyKey[]; message: string } | undefined): string {
  const place = (issue?.path ?? []).reduce<string>((sofar, part) => {
    if (typeof part === "number") return `${sofar}[${part}]`;
    return sofar === "" ? String(part) : `${sofar}.${String(part)}`;
  }, "");
  return `${place || "the file"} ${issue?.message}`;
}

function invalid(what: string): UserError {
  return new UserError(`${settingsFile} cannot be used: ${what}.`, {
    code: "invalid-config",
    place: { path: settingsFile },
    hint: "`connect-webhook explain ci` describes what may be in it.",
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
