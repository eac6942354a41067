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
  /** Where this finding is worth another severity than its rule. */
  readonly severity?: Severity | undefined;
  /** How `--fix` makes it right; only where there is one right answer. */
  readonly repair?: Repair | undefined;
}

/** A change of one file. Several may be made to one file, one after the other. */
export interface Repair {
  /** Relative to the tree's root. */
  readonly path: string;
  /**
   * Makes the file right.
   * @param before Its bytes; undefined when it is not there.
   * @returns The bytes to be there.
   */
  apply(before: Buffer | undefined): Promise<Uint8Array> | Uint8Array;
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
  /** True for rules some of whose findings `--fix` repairs. */
  readonly fixable?: boolean;
  /** In which trees it asks for something, where that is not all; one sentence. */
  readonly dialects?: string;
  /** Begins what goes on elsewhere while the other rules look. */
  begin?(target: LintTarget): Promise<void>;
  check(target: LintTarget): Promise<RuleResult> | RuleResult;
}

/** The result of a rule that could not look. */
export function skip(reason: string): Skipped {
  return { skipped: reason };
}

/** A repair of a text file. */
export function textRepair(path: string, change: (text: string) => string): Repair {
  return { path, apply: (before) => Buffer.from(change(before?.toString("utf8") ?? ""), "utf8") };
}
