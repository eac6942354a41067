/** What a reviewer is shown, as plain data. Texts are as the tree has them: nothing is escaped yet. */
import type { Coverage, Delivery, TestError } from "../engine/types.ts";

/**
 * `reached`: nothing of its own changed, but something that it is built on. Such an integration is shown only where a
 * message differs or a test fails that passed before.
 */
export type ChangeStatus = "added" | "changed" | "renamed" | "removed" | "reached";

/** A change of a tree, ready to be shown. */
export interface Review {
  readonly base: { readonly ref: string; readonly commit: string };
  readonly head: { readonly commit: string | undefined; readonly dirty: boolean };
  /** What kept something from being looked at. */
  readonly notes: readonly string[];
  /** In the registry's order, those that are gone at the end. */
  readonly integrations: readonly IntegrationReview[];
  /** Integrations that the change reaches, whose messages are all the same, and whose tests fail no more than before. */
  readonly unaffected: readonly string[];
}

export interface IntegrationReview {
  readonly name: string;
  readonly displayName: string;
  readonly status: ChangeStatus;
  readonly formerName?: string;
  readonly files: readonly ChangedFile[];
  /** In the order of the fixtures' names. */
  readonly messages: readonly MessageReview[];
  /** Undefined where the view declares no event types, or nothing was looked at. */
  readonly events: readonly EventRow[] | undefined;
  readonly checklist: readonly ChecklistPart[];
  readonly tests: TestOutcome | undefined;
  readonly coverage: Coverage | undefined;
  readonly images: readonly ImageReview[];
}

export interface ChangedFile {
  readonly path: string;
  readonly status: "added" | "changed" | "renamed" | "removed";
  /** Of one that was renamed, whether or not its content is the same. */
  readonly formerPath?: string;
  /** Lines; undefined for what is no text. */
  readonly added: number | undefined;
  readonly removed: number | undefined;
}

/** One fixture, delivered before and after the change. */
export interface MessageReview<Side extends Shown = Shown> {
  readonly fixture: string;
  /** What it was called before, where that was something else. */
  readonly formerFixture?: string;
  readonly status: "added" | "changed" | "same" | "removed";
  readonly before: Side | undefined;
  readonly after: Side | undefined;
}

/** What a delivery came to, and what its messages look like. */
export interface Shown extends Delivery {
  /** Safe HTML: the messages as Connect draws them; empty when there is none. */
  readonly card: string;
  /** What tells it from others, where its texts are not whole. */
  readonly whole?: string;
}

/** An event type that the view declares, or that a fixture leads to. */
export interface EventRow {
  readonly event: string;
  readonly declared: boolean;
  readonly fixtures: readonly string[];
  /** Those of the fixtures that a test names. */
  readonly tested: readonly string[];
  readonly documented: boolean;
}

export interface ChecklistPart {
  readonly part: string;
  readonly problems: readonly ReviewProblem[];
}

export interface ReviewProblem {
  readonly rule: string;
  readonly severity: "error" | "warning" | "hint";
  readonly path: string;
  readonly line?: number;
  readonly message: string;
  readonly fix?: string;
  /** False when the base has it too. */
  readonly isNew: boolean;
}

export interface TestOutcome {
  readonly total: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly TestFailure[];
}

export interface TestFailure extends TestError {
  readonly name: string;
  /** Whether the base fails it too, in whatever way. */
  readonly failedBefore: boolean;
}

export interface ImageReview {
  readonly kind: "logo" | "avatar" | "picture";
  readonly path: string;
  readonly status: "added" | "changed" | "same" | "removed" | "missing";
  readonly before: ImageFile | undefined;
  readonly after: ImageFile | undefined;
}

export interface ImageFile {
  readonly type: "image/png" | "image/svg+xml";
  readonly bytes: Uint8Array;
}
