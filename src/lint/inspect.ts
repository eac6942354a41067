/** Lets the rules look at integrations. */
import { integrationFiles } from "../checkout/index.ts";
import type { Checkout } from "../checkout/model.ts";
import { BugError, messageOf } from "../errors.ts";
import { type Read, Reads, recordReads } from "../host/reads.ts";
import { isExhaustion, isMistake, NotCheckedError } from "./not-checked.ts";
import type { Problem, Report, Subject } from "./report.ts";
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
  /** All that it was found from; undefined when that was not written down, or cannot be relied on. */
  readonly reads: readonly Read[] | undefined;
}

/** Looks at some integrations, side by side: every file is read once and parsed once. */
export async function inspectAll(
  checkout: Checkout,
  subjects: readonly Subject[],
  { rules = allRules, settings, state, recorded }: Inspection,
): Promise<Inspected[]> {
  const session = new LintSession(checkout, state);
  const running = rules.filter(({ id }) => settings.severities.get(id) !== "off");
  // Most rules only compute; those that wait, for a picture that is drawn or for ruff, wait beside each other.
  const inspected = await Promise.all(
    subjects.map(async (subject) => {
      const reads = recorded ? new Reads() : undefined;
      const look = (): Promise<Report> => inspect(session, subject, running, settings);
      return { report: await (reads ? recordReads(reads, look) : look()), reads };
    }),
  );
  await session.close();
  return inspected.map(({ report, reads }) => ({ report, reads: reads?.all() }));
}

async function inspect(
  session: LintSession,
  subject: Subject,
  rules: readonly Rule[],
  settings: LintSettings,
): Promise<Report> {
  const files = await integrationFiles(session.checkout, subject.integration);
  const target = new LintTarget(session, { ...subject, files });
  const reports = await Promise.all(
    rules.filter((rule) => applies(rule, target)).map((rule) => runRule(rule, target, settings)),
  );
  return {
    problems: reports.flatMap(({ problems }) => problems),
    repairs: new Map(reports.flatMap(({ repairs }) => [...repairs])),
    skipped: reports.flatMap(({ skipped }) => skipped),
    failed: reports.some(({ failed }) => failed),
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
