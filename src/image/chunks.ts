/** The chunks of a PNG. Nothing is decoded and no library is loaded: a whole tree's pictures take no time. */

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Length, type and checksum around a chunk's data. */
export const FRAME_BYTES = 12;

export interface Chunk {
  type: string;
  data: Buffer;
  /** Where the chunk starts in the file, and where the next one does. */
  from: number;
  to: number;
}

/** Whether the bytes start as a PNG does. */
export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.equals(bytes.subarray(0, SIGNATURE.length));
}

/** The chunks, up to the first that is cut off; none for anything that is no PNG. */
export function* chunksOf(png: Uint8Array): Generator<Chunk, void> {
  if (!isPng(png)) return;
  const bytes = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  let from = SIGNATURE.length;
  while (from + FRAME_BYTES <= bytes.length) {
    const to = from + FRAME_BYTES + bytes.readUInt32BE(from);
    if (to > bytes.length) return;
    const type = bytes.toString("latin1", from + 4, from + 8);
    yield { type, data: bytes.subarray(from + 8, to - 4), from, to };
    from = to;
  }
}

/**
 * Width and height in pixels, as the file states them.
 * @returns Undefined when it is no PNG, or is cut off.
 */
export function pngSize(png: Uint8Array): { width: number; height: number } | undefined {
  const chunks = [...chunksOf(png)];
  const [header] = chunks;
  if (header?.type !== "IHDR" || header.data.length < 8) return undefined;
  if (chunks.at(-1)?.type !== "IEND") return undefined;
  return { width: header.data.readUInt32BE(0), height: header.data.readUInt32BE(4) };
}
