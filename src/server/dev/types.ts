/** What the page and its server say to each other, as plain data. */
import type { SentMessage, TestError } from "../../engine/types.ts";

/** A request that is being written in the page. */
export interface Draft {
  method: string;
  path: string;
  /** Of the URL, not yet encoded. */
  parameters: [name: string, value: string][];
  headers: [name: string, value: string][];
  body: string;
  /** How `body` stands for bytes: as it is, or in base64 where it is no UTF-8 text. */
  encoding: "utf8" | "base64";
}

/** What became of a request. */
export interface Outcome {
  status: number;
  headers: [name: string, value: string][];
  /** As text; bytes that are no UTF-8 are replaced. */
  body: string;
  messages: SentMessage[];
  error?: TestError;
  /** Where there is an error: equal for those that go back to one mistake. */
  cause?: string;
  durationMs: number;
}

/** The same, with its messages as Connect draws them: the inside of the page's frame. */
export type DrawnOutcome = Outcome & { html: string };

/** Where a request came from: over the wire, or sent from the page. */
export type Source = "wire" | "page";

/** A request that the endpoint served, as the list of them shows it. */
export interface LoggedSummary {
  id: number;
  /** Milliseconds since 1970. */
  at: number;
  source: Source;
  method: string;
  path: string;
  /** The integration whose URL it is. */
  integration: string | undefined;
  status: number;
  durationMs: number;
  /** Where its last message went, or why there is none. */
  about: string;
  /** The event that it is about, as the service names it. */
  event?: string;
  /** The header that names the event, where one does. */
  header?: string;
  /** It is kept, and stays first in the list. */
  pinned: boolean;
}

/** The same, whole. */
export interface LoggedRequest {
  summary: LoggedSummary;
  draft: Draft;
  outcome: Outcome;
}

/** The same, with its messages drawn. */
export type DrawnRequest = LoggedRequest & { outcome: DrawnOutcome };

/** How things stand, as the page asks for it. */
export interface StateView {
  version: string;
  /** The integration that the command named. */
  name?: string | undefined;
  /** When the server was started, in milliseconds since 1970. */
  started: number;
  url: string;
  tree: { root: string; kind: string };
  integrations: { name: string; displayName: string }[];
  streams: unknown[];
  engine: EngineState;
}

/** What the messages of an integration are compared with: those that were marked as seen or else shown first, or the last commit's. */
export type ComparedWith = "seen" | "commit";

/** A question for all messages of an integration. */
export interface MessagesQuestion {
  against: ComparedWith;
  /** The digests of what the page has, by fixture. */
  known: Record<string, string>;
  /** That of the styles. */
  styles: string;
}

/** All messages of an integration. */
export interface MessagesView {
  rows: MessageRow[];
  /** Whether there will be more: it is to be asked for. */
  isUnderWay: boolean;
  /** How many fixtures are still to be delivered; where nothing is under way, they took too long. */
  left: number;
  /** Fixtures that are not shown, as there are too many. */
  leftOut: number;
  /** The commit that is checked out, where there is one. */
  commit?: string | undefined;
  /** Why they are not as they should be, in a sentence. */
  trouble?: string | undefined;
  /** Where the page does not have them yet. */
  styles?: { digest: string; css: string };
}

/** A fixture among all of its integration. */
export interface MessageRow {
  /** Its name; empty for a request without a payload. */
  fixture: string;
  status: "added" | "changed" | "same" | "removed";
  /** The view raised an exception, or could not be run. */
  fails: boolean;
  /** It had another name before. */
  isRenamed: boolean;
  /** Of one that has changed: equal for those that have changed in the same way. */
  change?: string;
  /** What is shown is from before the last edit. */
  waits: boolean;
  digest: string;
  /** Safe HTML, where the page does not have it yet. */
  html?: string;
}

/** A part of the checklist. */
export interface ChecklistItem {
  readonly part: string;
  readonly done: boolean;
  readonly problems: readonly {
    readonly severity: string;
    readonly message: string;
    readonly fix?: string | undefined;
    readonly path: string;
    readonly line?: number | undefined;
    readonly rule: string;
  }[];
}

/** What the server tells the page by itself. */
export type DevEvent =
  | { type: "request"; summary: LoggedSummary }
  /** All but the pinned ones are gone. */
  | { type: "cleared" }
  | { type: "pinned"; id: number; pinned: boolean }
  /** Files changed, given relative to the root. */
  | { type: "files"; paths: string[] }
  /** Another commit may be checked out. */
  | { type: "head" }
  | { type: "engine"; state: EngineState };

/** Whether requests can be served. */
export type EngineState =
  | { is: "starting" | "ready" }
  /** `hint` says what to do. */
  | { is: "broken"; message: string; hint?: string };
