/** Runs the rules over integrations and gathers what they find. */
import { untrackedFiles } from "../checkout/changed.ts";
import { findIntegration, integrationFiles } from "../checkout/index.ts";
import type { Checkout, Integration } from "../checkout/model.ts";
import { messageOf } from "../errors.ts";
import { type Baseline, withoutKnown } from "./baseline.ts";
import type { Repair, Rule, Severity } from "./rule.ts";
import { rules as allRules } from "./rules/index.ts";
import { LintSession } from "./session.ts";
import {
  type LintException,
  type LintSettings,
  noSettings,
  withoutExceptions,
} from "./settings.ts";
import { LintTarget } from "./target.ts";
import { unregisteredIntegration } from "./unregistered.ts";

export interface LintOptions {
  /** Integrations and unregistered folders; an empty list means all of the tree. */
  readonly names: readonly string[];
  /** The rules to run; all, when left out. */
  readonly rules?: readonly Rule[];
  /** Files that the branch under review added; they are held to more than old ones. */
  readonly newFiles?: ReadonlySet<string>;
  /** What the tree's settings say; nothing, when left out. */
  readonly settings?: LintSettings;
  /** Old findings that are known. */
  readonly baseline?: Baseline;
}

/** One finding of one rule, as the JSON output has it. */
export interface Problem {
  readonly rule: string;
  readonly severity: Severity;
  readonly integration: string;
  /** Relative to the tree's root. */
  readonly path: string;
  /** From 1. */
  readonly line?: number;
  /** From 1, in characters. */
  readonly column?: number;
  readonly message: string;
  /** What to do about it, as one sentence. */
  readonly fix?: string;
  /** Whether the program can repair it by itself. */
  readonly fixable: boolean;
}

/** A rule that could not look, and at how many integrations. */
export interface SkippedRule {
  readonly rule: string;
  readonly reason: string;
  readonly integrations: number;
}

export interface LintSummary {
  /** How many registered integrations were checked. */
  readonly integrations: number;
  /** How many folders without a registry entry were checked. */
  readonly unregistered: number;
  readonly errors: number;
  readonly warnings: number;
  readonly hints: number;
  readonly fixed: number;
  /** Findings that a stated exception covers; they are not among the problems. */
  readonly excepted: number;
  /** Findings that the baseline holds; they are not among the problems. */
  readonly known: number;
}

export interface LintResult {
  readonly summary: LintSummary;
  /** By integration, and then in the order of the rules. */
  readonly problems: readonly Problem[];
  readonly skipped: readonly SkippedRule[];
  /** Exceptions that cover nothing any more. */
  readonly unusedExceptions: readonly LintException[];
  /** How many entries of the baseline are not found any more. */
  readonly outdated: number;
  /** How the fixable problems are made right. */
  readonly repairs: ReadonlyMap<Problem, Repair>;
}

interface Subject {
  readonly integration: Integration;
  readonly registered: boolean;
}

/**
 * Checks integrations against the checklist.
 * @throws UserError `unknown-integration` for a name that is neither registered nor a folder.
 */
export async function lint(checkout: Checkout, options: LintOptions): Promise<LintResult> {
  const subjects = selectSubjects(checkout, options.names);
  const session = new LintSession(checkout, await newFilesOf(checkout, options.newFiles));
  const settings = options.settings ?? noSettings;
  const rules = (options.rules ?? allRules).filter(
    ({ id }) => settings.severities.get(id) !== "off",
  );
  // Most rules only compute; those that wait, for a picture that is drawn or for ruff, wait beside each other.
  const reports = await Promise.all(
    subjects.map((subject) => inspect(session, subject, rules, settings)),
  );
  await session.close();
  return summarise(reports, {
    exceptions: settings.exceptions.filter(
      ({ rule, integration }) =>
        rules.some(({ id }) => id === rule) &&
        (integration === undefined
          ? options.names.length === 0
          : subjects.some((subject) => subject.integration.name === integration)),
    ),
    baseline: options.baseline,
    whole: options.names.length === 0 && options.rules === undefined,
  });
}

/** What git does not know yet is new, whatever the branch is compared with. */
async function newFilesOf(
  { root }: Checkout,
  added: ReadonlySet<string> = new Set(),
): Promise<ReadonlySet<string>> {
  const untracked = await untrackedFiles(root, "zerver/webhooks");
  return new Set([...added, ...(untracked ?? [])]);
}

function selectSubjects(checkout: Checkout, names: readonly string[]): Subject[] {
  if (names.length === 0) {
    return [
      ...checkout.integrations.map((integration) => ({ integration, registered: true })),
      ...checkout.orphans.map((name) => unregistered(checkout, name)),
    ];
  }
  return [...new Set(names)].map((name) =>
    checkout.orphans.includes(name)
      ? unregistered(checkout, name)
      : { integration: findIntegration(checkout, name), registered: true },
  );
}

function unregistered(checkout: Checkout, name: string): Subject {
  return { integration: unregisteredIntegration(checkout, name), registered: false };
}

interface Report {
  readonly registered: boolean;
  readonly problems: Problem[];
  readonly repairs: Map<Problem, Repair>;
  readonly skipped: { rule: string; reason: string }[];
}

async function inspect(
  session: LintSession,
  subject: Subject,
  rules: readonly Rule[],
  settings: LintSettings,
): Promise<Report> {
  const files = await integrationFiles(session.checkout, subject.integration);
  const target = new LintTarget(session, { ...subject, files });
  const results = await Promise.all(
    rules.filter((rule) => applies(rule, target)).map((rule) => runRule(rule, target, settings)),
  );
  return {
    registered: subject.registered,
    problems: results.flatMap(({ problems }) => problems),
    repairs: new Map(results.flatMap(({ repairs }) => [...repairs])),
    skipped: results.flatMap(({ skipped }) => skipped),
  };
}

/**
 * An entry without a folder lacks everything, and that is said once.
 * A folder without an entry is judged as an integration only once it holds code.
 */
function applies(rule: Rule, { registered, files, hasFolder }: LintTarget): boolean {
  if (!hasFolder) return rule.id === "registry-directory";
  if (registered || rule.id === "registry-entry") return true;
  return !rule.needsEntry && files.viewFiles.length > 0;
}

async function runRule(
  rule: Rule,
  target: LintTarget,
  { severities }: LintSettings,
): Promise<Omit<Report, "registered">> {
  const report = {
    problems: [] as Problem[],
    repairs: new Map<Problem, Repair>(),
    skipped: [] as { rule: string; reason: string }[],
  };
  const base = { rule: rule.id, integration: target.name };
  try {
    const result = await rule.check(target);
    if ("skipped" in result) {
      report.skipped.push({ rule: rule.id, reason: result.skipped });
      return report;
    }
    const stated = severities.get(rule.id);
    for (const { path, line, column, message, fix, severity, repair } of result) {
      const problem: Problem = {
        ...base,
        severity: stated === undefined || stated === "off" ? (severity ?? rule.severity) : stated,
        path,
        ...(line !== undefined && { line }),
        ...(column !== undefined && { column }),
        message,
        ...(fix !== undefined && { fix }),
        fixable: repair !== undefined,
      };
      report.problems.push(problem);
      if (repair) report.repairs.set(problem, repair);
    }
  } catch (error) {
    // Whatever kept the rule from looking, the integration has not passed it.
    report.problems.push({
      ...base,
      severity: "error",
      path: target.integration.directory,
      message: `The rule could not run: ${messageOf(error)}`,
      fixable: false,
    });
  }
  return report;
}

interface Known {
  readonly exceptions: readonly LintException[];
  readonly baseline: Baseline | undefined;
  /** True when everything was looked at, so that what was not found is gone. */
  readonly whole: boolean;
}

function summarise(reports: readonly Report[], known: Known): LintResult {
  const found = withoutRepeats(reports.flatMap((report) => report.problems));
  const open = withoutExceptions(found, known.exceptions);
  const { problems, held, outdated } = withoutKnown(open.problems, known.baseline);
  const count = (severity: Severity): number =>
    problems.filter((problem) => problem.severity === severity).length;
  return {
    summary: {
      integrations: reports.filter(({ registered }) => registered).length,
      unregistered: reports.filter(({ registered }) => !registered).length,
      errors: count("error"),
      warnings: count("warning"),
      hints: count("hint"),
      fixed: 0,
      excepted: found.length - open.problems.length,
      known: held,
    },
    problems,
    skipped: countSkipped(reports),
    unusedExceptions: open.unused,
    outdated: known.whole ? outdated : 0,
    repairs: new Map(reports.flatMap(({ repairs }) => [...repairs])),
  };
}

/** Two integrations may share a folder, a logo or a picture; what is wrong with it is said once. */
function withoutRepeats(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ rule, path, line, column, message }) => {
    const key = JSON.stringify([rule, path, line, column, message]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function countSkipped(reports: readonly Report[]): SkippedRule[] {
  const counts = new Map<string, SkippedRule>();
  for (const { rule, reason } of reports.flatMap(({ skipped }) => skipped)) {
    const key = `${rule} ${reason}`;
    counts.set(key, { rule, reason, integrations: (counts.get(key)?.integrations ?? 0) + 1 });
  }
  return [...counts.values()];
}
