/**
 * What the engine and its child process say to each other.
 *
 * A frame is a JSON text and an optional binary part: two 32-bit lengths, then the two parts. Both ends of
 * a pipe are the same build, so nothing is versioned.
 */
import type {
  Coverage,
  DeliveryRequest,
  RealmOptions,
  Sabotage,
  TestResult,
  TestSelection,
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
  /** Runs the tests of one folder of `zerver/webhooks`, without those that ran already. */
  | ({ type: "run"; directory: string; skip: string[]; timeoutMs: number } & TestSelection)
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
  | { type: "test-start"; id: string; name: string }
  | { type: "test-result"; result: TestResult }
  | { type: "coverage"; coverage: Coverage }
  | { type: "done"; value?: unknown }
  | { type: "failed"; kind: FailureKind; message: string };

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

/** Splits a stream of bytes into frames. */
export async function* decodeFrames<T>(
  stream: AsyncIterable<Uint8Array>,
): AsyncGenerator<Frame<T>, void> {
  let parts: Uint8Array[] = [];
  let available = 0;
  let wanted = HEADER_BYTES;
  for await (const part of stream) {
    parts.push(part);
    available += part.length;
    // Parts are joined only when a whole frame is there: a snapshot comes in hundreds of them.
    while (available >= wanted) {
      const bytes = parts.length === 1 ? Buffer.from(parts[0] as Uint8Array) : Buffer.concat(parts);
      parts = [bytes];
      const textLength = bytes.readUInt32LE(0);
      const end = HEADER_BYTES + textLength + bytes.readUInt32LE(4);
      if (bytes.length < end) {
        wanted = end;
        break;
      }
      const text = bytes.toString("utf8", HEADER_BYTES, HEADER_BYTES + textLength);
      yield {
        head: JSON.parse(text) as T,
        payload: bytes.subarray(HEADER_BYTES + textLength, end),
      };
      parts = [bytes.subarray(end)];
      available = bytes.length - end;
      wanted = HEADER_BYTES;
    }
  }
}
