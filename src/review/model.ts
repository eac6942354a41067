/** What a reviewer is shown, as plain data. Texts are as the tree has them: nothing is escaped yet. */
import type { Coverage, Delivery, FileCoverage, TestError } from "../engine/types.ts";
import type { Rendered } from "./rendered.ts";

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
  /** What of its registry entry users depend on, and is another one now. */
  readonly entryChanges: readonly UserChange[];
  readonly files: readonly ChangedFile[];
  /** In the order of the fixtures' names. */
  readonly messages: readonly MessageReview[];
  /** Undefined where the view declares no event types, or nothing was looked at. */
  readonly events: readonly EventRow[] | undefined;
  /** Whether the view declares event types that could not be understood. */
  readonly eventsUnread?: boolean;
  readonly checklist: readonly ChecklistPart[];
  readonly tests: TestOutcome | undefined;
  readonly coverage: CoverageReview | undefined;
  readonly images: readonly ImageReview[];
}

/** Something that users depend on. */
export interface UserChange {
  readonly what: "name" | "display name" | "URL" | "event type";
  readonly before: string;
  /** Undefined where it is gone. */
  readonly after: string | undefined;
}

/** What the tests ran, and which of the lines that they did not are the change's. */
export interface CoverageReview extends Omit<Coverage, "files"> {
  readonly files: readonly (FileCoverage & {
    /** Those of `missing` that the base does not have, or that its tests ran. */
    readonly newlyMissing: readonly number[];
  })[];
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
  /** What its messages look like, where that is compared. */
  readonly rendered?: readonly Rendered[];
  /** What tells it from others, where its texts are not whole. */
  readonly whole?: string;
}

/** An event type that a view declares, and what there is of it. */
export interface EventFacts {
  readonly event: string;
  readonly fixtures: readonly string[];
  /** Those of the fixtures that a test names. */
  readonly tested: readonly string[];
  /** Whether the page names it; undefined in trees whose pages name no event types. */
  readonly documented: boolean | undefined;
}

/** What a view declares. */
export interface Events {
  readonly found: readonly EventFacts[];
  /** Whether it declares some that could not be understood. */
  readonly isUnread: boolean;
}

/** An event type before and after the change. */
export interface EventRow extends EventFacts {
  readonly status: "added" | "same" | "renamed" | "removed";
  /** What it was called before, where its fixtures led to that event type. */
  readonly formerEvent?: string;
  /** False for one that is removed. */
  readonly declared: boolean;
  /** Undefined for one that is new. */
  readonly before: EventFacts | undefined;
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
