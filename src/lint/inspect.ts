/** Lets the rules look at integrations. */
import { integrationFiles } from "../checkout/index.ts";
import type { Checkout } from "../checkout/model.ts";
import { BugError, messageOf } from "../errors.ts";
import { Reads, recordReads } from "../host/reads.ts";
import { isExhaustion, isMistake, NotCheckedError } from "./not-checked.ts";
import type { KnownReport, Problem, Report, Subject, SubjectReads } from "./report.ts";
import type { Repair, Rule, RuleResult } from "./rule.ts";
import { rules as allRules } from "./rules/index.ts";
import { LintSession } from "./session.ts";
import type { LintSettings } from "./settings.ts";
import { LintTarget } from "./target.ts";
import type { TreeState } from "./tree-state.ts";

export interface Inspection {
  /** The rules to run, of those that the settings do not switch off; all of them when left out. */
  readonly rules?: readonly Rule[] | undefined;
  readonly settings: LintSettings;
  readonly state: TreeState;
  /** Whether to write down what is read. */
  readonly recorded: boolean;
}

export interface Inspected {
  readonly report: Report;
  /** Undefined when it was not written down. */
  readonly reads: SubjectReads | undefined;
}

/** A subject, and what is known about it: the rules that have found that do not look again. */
export interface OpenSubject {
  readonly subject: Subject;
  readonly known: KnownReport | undefined;
}

/** Looks at some integrations, side by side: every file is read once and parsed once. */
export async function inspectAll(
  checkout: Checkout,
  subjects: readonly OpenSubject[],
  { rules = allRules, settings, state, recorded }: Inspection,
): Promise<Inspected[]> {
  const session = new LintSession(checkout, state);
  const running = rules.filter(({ id }) => settings.severities.get(id) !== "off");
  try {
    const ready = await Promise.all(
      subjects.map((open) => prepare(session, open, running, { settings, recorded })),
    );
    return await lookInTurn(ready);
  } finally {
    await session.close();
  }
}

/** Most rules only compute. What draws avatars and what runs ruff beside them gets more to do in between. */
async function lookInTurn<T>(looks: readonly (() => Promise<T>)[]): Promise<T[]> {
  const looking: Promise<T>[] = [];
  for (const look of looks) {
    const looked = look();
    // It is waited for below.
    looked.catch(() => {});
    looking.push(looked);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return Promise.all(looking);
}

/** Finds out which rules have to look at a subject, and has them begin. */
async function prepare(
  session: LintSession,
  { subject, known }: OpenSubject,
  rules: readonly Rule[],
  { settings, recorded }: Pick<Inspection, "settings" | "recorded">,
): Promise<() => Promise<Inspected>> {
  const base = new Reads();
  const byRule = new Map<string, Reads>();
  const record = <T>(reads: Reads, work: () => T): T =>
    recorded ? recordReads(reads, work) : work();
  const { target, applying } = await record(base, async () => {
    const files = await integrationFiles(session.checkout, subject.integration);
    const made = new LintTarget(session, { ...subject, files });
    return { target: made, applying: rules.filter((rule) => applies(rule, made)) };
  });
  for (const { id } of applying) if (!known?.rules.has(id)) byRule.set(id, new Reads());
  const ifOpen = <T>(rule: Rule, work: () => T): T | undefined => {
    const reads = byRule.get(rule.id);
    return reads && record(reads, work);
  };
  // What a rule fails of here, it fails of again when it looks.
  await Promise.allSettled(applying.map((rule) => ifOpen(rule, () => rule.begin?.(target))));
  return async () => {
    const reports = await Promise.all(
      applying.map(
        (rule) => ifOpen(rule, () => runRule(rule, target, settings)) ?? foundBefore(rule, known),
      ),
    );
    const report = {
      problems: reports.flatMap(({ problems }) => problems),
      repairs: new Map(reports.flatMap(({ repairs }) => [...repairs])),
      skipped: reports.flatMap(({ skipped }) => skipped),
      failed: reports.some(({ failed }) => failed),
    };
    return { report, reads: recorded ? { base, byRule } : undefined };
  };
}

function foundBefore(
  { id }: Rule,
  { problems, skipped }: Pick<Report, "problems" | "skipped"> = nothing,
): Report {
  const isIts = ({ rule }: { rule: string }): boolean => rule === id;
  return { ...nothing, problems: problems.filter(isIts), skipped: skipped.filter(isIts) };
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

const nothing = { problems: [], repairs: new Map(), skipped: [], failed: false } as const;

async function runRule(rule: Rule, target: LintTarget, settings: LintSettings): Promise<Report> {
  try {
    const result = await rule.check(target);
    if ("skipped" in result) {
      return { ...nothing, skipped: [{ rule: rule.id, reason: result.skipped }] };
    }
    return { ...nothing, ...problemsOf(rule, target, settings, result) };
  } catch (error) {
    if (error instanceof NotCheckedError) {
      return { ...nothing, problems: [notChecked(rule, target, error.path, error.message)] };
    }
    const { directory } = target.integration;
    if (isExhaustion(error)) {
      const message = "Not checked: a file of the integration is too large or nested too deeply.";
      return { ...nothing, problems: [notChecked(rule, target, directory, message)], failed: true };
    }
    if (isMistake(error)) {
      const what = `The rule ${rule.id} failed on ${target.name}: ${messageOf(error)}`;
      throw new BugError(what, { cause: error });
    }
    // Whatever kept the rule from looking, the integration has not passed it.
    const problem: Problem = {
      rule: rule.id,
      integration: target.name,
      severity: "error",
      path: directory,
      message: `The rule could not run: ${messageOf(error)}`,
      fixable: false,
    };
    return { ...nothing, problems: [problem], failed: true };
  }
}

function notChecked(rule: Rule, target: LintTarget, path: string, message: string): Problem {
  return {
    rule: rule.id,
    integration: target.name,
    severity: "warning",
    path,
    message,
    fix: "Make the file shorter, or look at it yourself.",
    fixable: false,
    notChecked: true,
  };
}

function problemsOf(
  rule: Rule,
  target: LintTarget,
  { severities }: LintSettings,
  findings: Exclude<RuleResult, { skipped: string }>,
): Pick<Report, "problems" | "repairs"> {
  const problems: Problem[] = [];
  const repairs = new Map<Problem, Repair>();
  const stated = severities.get(rule.id);
  for (const { path, line, column, message, fix, severity, repair } of findings) {
    const problem: Problem = {
      rule: rule.id,
      integration: target.name,
      severity: stated === undefined || stated === "off" ? (severity ?? rule.severity) : stated,
      path,
      ...(line !== undefined && { line }),
      ...(column !== undefined && { column }),
      message,
      ...(fix !== undefined && { fix }),
      fixable: repair !== undefined,
    };
    problems.push(problem);
    if (repair) repairs.set(problem, repair);
  }
  return { problems, repairs };
}
