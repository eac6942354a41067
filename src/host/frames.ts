/**
 * Messages on a pipe between two processes: a JSON text and bytes, with the length of each (32 bits) before them.
 */

export interface Frame<T> {
  readonly head: T;
  readonly payload: Buffer;
}

const HEADER_BYTES = 8;

/** A frame's bytes, as parts to be written one after the other. */
export function encodeFrame(head: unknown, payload: readonly Uint8Array[] = []): Uint8Array[] {
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

/**
 * Splits a stream of bytes into frames.
 * @param judge As for `FrameReader`.
 */
export async function* decodeFrames<T>(
  stream: AsyncIterable<Uint8Array>,
  judge?: (size: FrameSize) => void,
): AsyncGenerator<Frame<T>, void> {
  const reader = new FrameReader(judge);
  for await (const part of stream) {
    for (const frame of reader.push(part)) yield frame as Frame<T>;
  }
}
