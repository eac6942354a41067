/** Runs the rules over integrations and gathers what they find. */
import type { ChangedFiles } from "../checkout/changed.ts";
import { findIntegration, gitProblem, knownFiles, webhooksDirectory } from "../checkout/index.ts";
import type { Checkout } from "../checkout/model.ts";
import { type Baseline, withoutKnown } from "./baseline.ts";
import { FindingsCache, readFindings, type StoredFindings } from "./cache/findings.ts";
import { withoutConsequences } from "./consequences.ts";
import type { OpenSubject } from "./inspect.ts";
import type { Problem, Report, Subject } from "./report.ts";
import type { Repair, Rule, Severity } from "./rule.ts";
import {
  type LintException,
  type LintSettings,
  noSettings,
  type UnusedException,
  withoutExceptions,
} from "./settings.ts";
import { TreeState } from "./tree-state.ts";
import { unregisteredIntegration } from "./unregistered.ts";

export interface LintOptions {
  /** Integrations and unregistered folders; an empty list means all of the tree. */
  readonly names: readonly string[];
  /** The rules to run; all, when left out. */
  readonly rules?: readonly Rule[];
  /** What the branch under review changed: files that it added are held to more than old ones. */
  readonly branch?: Partial<ChangedFiles>;
  /** What the tree's settings say; nothing, when left out. */
  readonly settings?: LintSettings;
  /** Old findings that are known. */
  readonly baseline?: Baseline;
  /** Uses what earlier runs found, and has later ones use what this one finds; no cache when left out. */
  readonly cache?: CacheSettings | undefined;
}

export interface CacheSettings {
  /** What `programIdentity` says; the rules must be that program's own. */
  readonly program: string;
  /** Whether the result is to have the repairs, which are never cached. */
  readonly repairs: boolean;
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
  /** There when the tree is compared with its base: how many findings that has, too. */
  readonly old?: number;
  /** How often a rule did not look at a file that is too large or nested too deeply; left out when all were looked at. */
  readonly notChecked?: number;
}

export interface LintResult {
  readonly summary: LintSummary;
  /** The integrations and unregistered folders that were checked. */
  readonly checked: readonly string[];
  /** By integration, and then in the order of the rules. */
  readonly problems: readonly Problem[];
  readonly skipped: readonly SkippedRule[];
  /** Exceptions that cover nothing any more. */
  readonly unusedExceptions: readonly UnusedException[];
  /** How many entries of the baseline are not found any more. */
  readonly outdated: number;
  /** How the fixable problems are made right. */
  readonly repairs: ReadonlyMap<Problem, Repair>;
}

/** What there is to say of a branch that touches no integration. */
export function nothingChecked(): LintResult {
  return summarise([], [], {
    exceptions: [],
    isKnown: () => true,
    isNeedless: () => true,
    baseline: undefined,
    whole: false,
  });
}

/**
 * Checks integrations against the checklist.
 * @throws UserError `unknown-integration` for a name that is neither registered nor a folder.
 */
export async function lint(checkout: Checkout, options: LintOptions): Promise<LintResult> {
  const subjects = selectSubjects(checkout, options.names);
  const settings = options.settings ?? noSettings;
  const reports = await reportsOn(checkout, subjects, { ...options, settings });
  const whole = options.names.length === 0;
  const isChecked = (name: string): boolean =>
    subjects.some((subject) => subject.integration.name === name);
  const runs = (id: string): boolean =>
    settings.severities.get(id) !== "off" &&
    (options.rules === undefined || options.rules.some((rule) => rule.id === id));
  return summarise(subjects, reports, {
    exceptions: settings.exceptions.filter(({ rule }) => runs(rule)),
    isKnown: (name) =>
      checkout.orphans.includes(name) || checkout.integrations.some((one) => one.name === name),
    // What covers nothing in a part of the tree may cover something in the rest.
    isNeedless: ({ integration }) => whole || (integration !== undefined && isChecked(integration)),
    baseline: options.baseline,
    whole: whole && options.rules === undefined,
  });
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

/** What is cached and still true, and for the rest what the rules find now; in the order of the subjects. */
async function reportsOn(
  checkout: Checkout,
  subjects: readonly Subject[],
  options: LintOptions & { readonly settings: LintSettings },
): Promise<Report[]> {
  const { cache: wanted, rules, settings, branch } = options;
  // Git looks through the folders meanwhile.
  const [known, stored] = await Promise.all([
    knownFiles(checkout.root, ...foldersOf(checkout)),
    storedFindings(checkout, settings, wanted),
  ]);
  const problem = known ? undefined : await gitProblem(checkout.root);
  const state = new TreeState(checkout, known ?? problem, branch);
  const cache = stored && new FindingsCache(stored, state.factReaders);
  const selection = rules?.map(({ id }) => id) ?? "all";
  const reports = new Map<Subject, Report>();
  const open: OpenSubject[] = [];
  for (const subject of subjects) {
    const known = await cache?.find(subject, selection, wanted?.repairs ?? true);
    if (known?.isWhole) reports.set(subject, { ...known, repairs: new Map(), failed: false });
    else open.push({ subject, known });
  }
  if (open.length > 0) {
    // The rules are most of this program, and a tree that has not changed needs none of them.
    const { inspectAll } = await import("./inspect.ts");
    const recorded = cache !== undefined;
    const inspected = await inspectAll(checkout, open, { rules, settings, state, recorded });
    for (const [index, { report, reads }] of inspected.entries()) {
      const { subject, known } = open[index] as OpenSubject;
      reports.set(subject, report);
      if (reads) cache?.store(subject, selection, report, { known, reads });
    }
  }
  await cache?.save();
  return subjects.map((subject) => reports.get(subject) as Report);
}

/** What is in the cache; where there is nothing, the rules are loaded at once. */
async function storedFindings(
  checkout: Checkout,
  settings: LintSettings,
  wanted: CacheSettings | undefined,
): Promise<StoredFindings | undefined> {
  const stored = wanted && (await readFindings(checkout, settings, wanted.program));
  if (stored?.contents === undefined) await import("./inspect.ts");
  return stored;
}

/** Where files of integrations are: their own, logos, avatars and pictures, and pages of older trees. */
function foldersOf({ dialect }: Checkout): string[] {
  return [webhooksDirectory, dialect.staticRoot, "templates"];
}

interface Known {
  readonly exceptions: readonly LintException[];
  /** Whether the tree has an integration of this name. */
  readonly isKnown: (name: string) => boolean;
  /** Whether an exception that covered nothing in this run covers nothing at all. */
  readonly isNeedless: (exception: LintException) => boolean;
  readonly baseline: Baseline | undefined;
  /** True when everything was looked at, so that what was not found is gone. */
  readonly whole: boolean;
}

function summarise(
  subjects: readonly Subject[],
  reports: readonly Report[],
  known: Known,
): LintResult {
  const found = withoutConsequences(withoutRepeats(reports.flatMap((report) => report.problems)));
  const open = withoutExceptions(found, known.exceptions);
  const { problems, held, outdated } = withoutKnown(open.problems, known.baseline);
  const count = (severity: Severity): number =>
    problems.filter((problem) => problem.severity === severity).length;
  const unseen = problems.filter(({ notChecked }) => notChecked).length;
  return {
    summary: {
      integrations: subjects.filter(({ registered }) => registered).length,
      unregistered: subjects.filter(({ registered }) => !registered).length,
      errors: count("error"),
      warnings: count("warning"),
      hints: count("hint"),
      fixed: 0,
      excepted: found.length - open.problems.length,
      known: held,
      ...(unseen > 0 && { notChecked: unseen }),
    },
    checked: subjects.map(({ integration }) => integration.name),
    problems,
    skipped: countSkipped(reports),
    unusedExceptions: open.unused.flatMap((exception): UnusedException[] => {
      const { integration } = exception;
      if (integration !== undefined && !known.isKnown(integration))
        return [{ ...exception, unknown: true }];
      return known.isNeedless(exception) ? [exception] : [];
    }),
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
