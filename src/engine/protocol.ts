/**
 * What the engine and its child process say to each other.
 *
 * A frame is a JSON text and an optional binary part: two 32-bit lengths, then the two parts. Both ends of
 * a pipe are the same build, so nothing is versioned.
 */
import type {
  Coverage,
  Delivery,
  DeliveryRequest,
  PreparedRequest,
  Realm,
  RealmOptions,
  Sabotage,
  TestError,
  TestResult,
  WireDelivery,
  WireRequest,
} from "./types.ts";

/** What the parent asks. Each request ends with `done` or `failed`. */
export type Request =
  /**
   * Boots Python, or goes on where the snapshot that it was started with left off. The payload holds the library's
   * files, unless there is a snapshot, and then the others.
   */
  | {
      type: "open";
      library: FileEntry[];
      files: FileEntry[];
      makeSnapshot: boolean;
      sabotage?: Sabotage;
    }
  /** Runs a library of our own in a new process, and sends the code that V8 has made of Pyodide meanwhile. */
  | { type: "compile"; library: FileEntry[] }
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

export interface Frame<T> {
  head: T;
  payload: Uint8Array;
}

const HEADER_BYTES = 8;

/** A frame's bytes, as parts to be written one after the other. */
export function encodeFrame(
  head: Request | Message,
  payload: readonly Uint8Array[] = [],
): Uint8Array[] {
  const text = Buffer.from(JSON.stringify(head));
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(text.length, 0);
  header.writeUInt32LE(
    payload.reduce((sum, { length }) => sum + length, 0),
    4,
  );
  return [header, text, ...payload];
}

/** What a frame announces: the lengths of its two parts, in bytes. */
export interface FrameSize {
  head: number;
  payload: number;
}

/** Splits bytes that come in pieces into frames; their heads are no more than JSON. */
export class FrameReader {
  readonly #judge: (size: FrameSize) => void;
  #parts: Uint8Array[] = [];
  #available = 0;
  #size: FrameSize | undefined;

  /** @param judge Throws when a frame of that size must not come: called before the rest of it is waited for. */
  constructor(judge: (size: FrameSize) => void = () => undefined) {
    this.#judge = judge;
  }

  /**
   * Takes a piece.
   * @returns The frames that are whole now.
   * @throws What `judge` throws, or a SyntaxError.
   */
  *push(piece: Uint8Array): Generator<Frame<unknown>, void> {
    this.#parts.push(piece);
    this.#available += piece.length;
    for (;;) {
      if (!this.#size) {
        if (this.#available < HEADER_BYTES) return;
        const header = this.#take(HEADER_BYTES);
        this.#size = { head: header.readUInt32LE(0), payload: header.readUInt32LE(4) };
        this.#judge(this.#size);
      }
      const { head, payload } = this.#size;
      if (this.#available < head + payload) return;
      this.#size = undefined;
      const bytes = this.#take(head + payload);
      yield { head: JSON.parse(bytes.toString("utf8", 0, head)), payload: bytes.subarray(head) };
    }
  }

  /** Parts are joined only when all of what is wanted is there: a snapshot comes in hundreds of them. */
  #take(length: number): Buffer {
    const [first] = this.#parts;
    const joined = this.#parts.length === 1 && first ? asBuffer(first) : Buffer.concat(this.#parts);
    const rest = joined.subarray(length);
    this.#parts = rest.length > 0 ? [rest] : [];
    this.#available = rest.length;
    return joined.subarray(0, length);
  }
}

function asBuffer({ buffer, byteOffset, length }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, length);
}

/** Splits a stream of bytes into frames. */
export async function* decodeFrames<T>(
  stream: AsyncIterable<Uint8Array>,
): AsyncGenerator<Frame<T>, void> {
  const reader = new FrameReader();
  for await (const part of stream) {
    for (const frame of reader.push(part)) yield frame as Frame<T>;
  }
}
