/**
 * What the engine and its child process say to each other, in frames (see host/frames.ts). Both ends of a pipe are the
 * same build, so nothing is versioned.
 */
import type {
  Coverage,
  Delivery,
  DeliveryRequest,
  PreparedRequest,
  Realm,
  RealmOptions,
  TestError,
  TestResult,
  WireDelivery,
  WireRequest,
} from "./types.ts";

/**
 * Each request has a number, and each message the one of the request that it comes for: what comes late must not be taken
 * for the answer to the next one.
 */
export interface Numbered {
  number: number;
}

/** What the parent asks. Each request ends with `done` or `failed`. */
export type Request =
  /**
   * Boots Python, or goes on where the memory that it was started with left off. The payload holds the library's
   * files, unless there is a snapshot, and then the others.
   */
  | {
      type: "open";
      library: FileEntry[];
      files: FileEntry[];
      makeSnapshot: boolean;
    }
  /**
   * Loads the harness in a new process and sends its memory; then runs a library of our own, and sends the code that V8
   * has made of Pyodide meanwhile. The payload holds the files of both.
   */
  | { type: "compile"; harness: FileEntry[]; library: FileEntry[] }
  /** Loads the registry, so that what runs first need not; the payload is its code, or nothing. */
  | { type: "load-registry"; timeoutMs: number }
  /** Takes an edit in: files that were written or made, with their contents in the payload, and removed ones. */
  | { type: "renew"; files: FileEntry[]; removed: string[]; registry: boolean }
  /** Loads the registry, and nothing of an integration's tests: whether that is what keeps tests from running. */
  | { type: "check-registry"; timeoutMs: number }
  /** Says which tests a folder of `zerver/webhooks` has; importing them runs its code. */
  | { type: "collect"; directory: string; coverage: boolean; timeoutMs: number }
  /** Runs tests of one folder: those with these ids. */
  | {
      type: "run";
      directory: string;
      only: string[];
      bail: boolean;
      coverage: boolean;
      timeoutMs: number;
    }
  | { type: "deliver"; request: EncodedDelivery; timeoutMs: number }
  | { type: "receive"; request: EncodedWireRequest; timeoutMs: number }
  | { type: "prepare"; request: EncodedDelivery & { realm: RealmOptions }; timeoutMs: number }
  | { type: "describe"; request: RealmOptions; timeoutMs: number };

/** A delivery whose body is base64. */
export type EncodedDelivery = Omit<DeliveryRequest, "body"> & { body?: string };

/** A request over the wire whose body is base64. */
export type EncodedWireRequest = Omit<WireRequest, "body"> & { body: string };

/** Requests that the harness answers with one value. */
export type Question = Extract<Request, { type: "deliver" | "receive" | "prepare" | "describe" }>;

/** What the child tells. */
export type Message =
  /** Python's memory. */
  | { type: "snapshot" }
  /** The registry's code, where none was given; or V8's code of Pyodide. */
  | { type: "code" }
  | { type: "test-start"; id: string }
  | { type: "test-result"; result: TestResult }
  | { type: "coverage"; coverage: Coverage }
  | { type: "done"; value?: unknown }
  | { type: "failed"; kind: FailureKind; message: string };

/** The tests of a folder, or why they do not load. */
export interface Collected {
  /** Ids, each with the name of its method. */
  tests: [id: string, name: string][];
  failure?: TestError;
  /** What of the registry does not load and belongs to no folder, in words. */
  problems?: string[];
}

/** A wire delivery as the harness gives it: its body is base64. */
export type EncodedWireDelivery = Omit<WireDelivery, "response"> & {
  response: Omit<WireDelivery["response"], "body"> & { body: string };
};

/** A prepared request as the harness gives it: its body is base64. */
export type EncodedPrepared = Omit<PreparedRequest, "body"> & { body: string };

/** What a request of a type is answered with. */
export interface Answers {
  collect: Collected;
  deliver: Delivery;
  receive: EncodedWireDelivery;
  prepare: EncodedPrepared;
  describe: Realm;
}

/** A delivery that cannot be made, a library of the tree's that does not load, or a fault of ours. */
export type FailureKind = "delivery" | "library" | "fault";

/** A file in a payload: its path in the child and its length; the bytes follow each other. */
export interface FileEntry {
  path: string;
  length: number;
}
