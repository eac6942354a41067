/** What is looked at, and what was found about it. */
import type { Integration } from "../checkout/model.ts";
import type { Reads } from "../host/reads.ts";
import type { Repair, Severity } from "./rule.ts";

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
  /** There, and true, when the rule did not look at the file: it is too large for it, or nested too deeply. */
  readonly notChecked?: boolean;
  /** There when the tree is compared with its base: false when that has the finding, too. */
  readonly isNew?: boolean;
}

/** An integration, or a folder that wants to be one. */
export interface Subject {
  readonly integration: Integration;
  /** False for a folder without a registry entry. */
  readonly registered: boolean;
}

/** What the rules say about a subject. */
export interface Report {
  readonly problems: readonly Problem[];
  readonly repairs: ReadonlyMap<Problem, Repair>;
  /** Rules that could not look, and why. */
  readonly skipped: readonly { readonly rule: string; readonly reason: string }[];
  /** Whether a rule was kept from looking by something unforeseen. */
  readonly failed: boolean;
}

/** What was read to find what is to be said about a subject. */
export interface SubjectReads {
  /** What shows which files there are, and so which rules apply. */
  readonly base: Reads;
  /** What each rule has read that looked. */
  readonly byRule: ReadonlyMap<string, Reads>;
}

/** What earlier runs found about a subject, of the rules whose answer still holds. */
export interface KnownReport extends Pick<Report, "problems" | "skipped"> {
  /** The rules that do not have to look again. */
  readonly rules: ReadonlySet<string>;
  /** Whether no rule has to. */
  readonly isWhole: boolean;
}
