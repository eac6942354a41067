/**
 * Messages on a pipe between two processes of the same build: a JSON text and bytes, each with its length (32 bits)
 * before it.
 */

export interface Frame {
  readonly head: unknown;
  readonly payload: Buffer;
}

const HEADER_BYTES = 8;

/** A frame's bytes, as parts to be written one after the other. */
export function encodeFrame(head: unknown, payload: readonly Uint8Array[]): Uint8Array[] {
  const text = Buffer.from(JSON.stringify(head));
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(text.length, 0);
  header.writeUInt32LE(
    payload.reduce((sum, { length }) => sum + length, 0),
    4,
  );
  return [header, text, ...payload];
}

/**
 * Splits a stream of bytes into frames.
 * @param most How many bytes a frame may have.
 * @throws RangeError for a longer one, SyntaxError for one whose text is no JSON.
 */
export async function* decodeFrames(
  stream: AsyncIterable<Uint8Array>,
  most: number,
): AsyncGenerator<Frame, void> {
  let parts: Uint8Array[] = [];
  let available = 0;
  let wanted = HEADER_BYTES;
  for await (const part of stream) {
    parts.push(part);
    available += part.length;
    // Parts are joined only when a whole frame is there.
    while (available >= wanted) {
      const bytes = Buffer.concat(parts);
      const textEnd = HEADER_BYTES + bytes.readUInt32LE(0);
      const end = textEnd + bytes.readUInt32LE(4);
      if (end > most) throw new RangeError(`A message has ${end} bytes.`);
      parts = [bytes];
      wanted = end;
      if (available < end) break;
      const head = JSON.parse(bytes.toString("utf8", HEADER_BYTES, textEnd)) as unknown;
      yield { head, payload: bytes.subarray(textEnd, end) };
      parts = [bytes.subarray(end)];
      available = bytes.length - end;
      wanted = HEADER_BYTES;
    }
  }
}
