/** What a lint rule is, and what it reports. */
import type { LintTarget } from "./target.ts";

/** An `error` fails the run; a `warning` fails it with `--strict`; a `hint` never does. */
export type Severity = "error" | "warning" | "hint";

/** The part of an integration a rule looks after; a line of the checklist that `show` prints. */
export type Part =
  | "package"
  | "view"
  | "tests"
  | "fixtures"
  | "registry"
  | "logo"
  | "avatar"
  | "screenshot"
  | "documentation";

/** What a rule found. */
export interface Finding {
  /** One sentence that says what is wrong. */
  readonly message: string;
  /** The file it is about, relative to the tree's root; it may be one that is missing. */
  readonly path: string;
  /** From 1. */
  readonly line?: number | undefined;
  /** From 1, in characters. */
  readonly column?: number | undefined;
  /** One sentence that says what to do, with the command that does it where there is one. */
  readonly fix?: string | undefined;
}

/** Says that a rule could not look, and why. It is no problem, but it is told. */
export interface Skipped {
  /** Why, as half a sentence: "the tree is not a git repository". */
  readonly skipped: string;
}

export type RuleResult = readonly Finding[] | Skipped;

/** A lint rule. Each lives in a file of its own in `rules/`, named after its id. */
export interface Rule {
  /** In kebab-case. */
  readonly id: string;
  readonly part: Part;
  readonly severity: Severity;
  /** What it demands, as one sentence. */
  readonly summary: string;
  /** Why that matters: one or two sentences. */
  readonly why: string;
  /** What to do about a finding: one or two sentences. */
  readonly howToFix: string;
  /** True for rules that read the registry entry, which say nothing about a folder that has none. */
  readonly needsEntry: boolean;
  check(target: LintTarget): Promise<RuleResult> | RuleResult;
}

/** The result of a rule that could not look. */
export function skip(reason: string): Skipped {
  return { skipped: reason };
}
