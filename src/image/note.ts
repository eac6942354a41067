/** Short notes inside a PNG: `tEXt` chunks, which viewers skip. */
import { crc32 } from "../host/checksum.ts";
import { type Chunk, chunksOf, FRAME_BYTES } from "./chunks.ts";

/**
 * Puts a note into a PNG, in place of one with the same keyword.
 * @param keyword Latin letters, 1 to 79 of them.
 * @param text Printable ASCII.
 * @throws RangeError when the bytes are no PNG.
 */
export function withNote(png: Uint8Array, keyword: string, text: string): Buffer {
  const bare = withoutNote(png, keyword);
  const [header] = chunksOf(bare);
  if (header === undefined) throw new RangeError("A note needs a PNG.");
  const note = chunk("tEXt", Buffer.from(`${keyword}\0${text}`, "latin1"));
  return Buffer.concat([bare.subarray(0, header.to), note, bare.subarray(header.to)]);
}

/** A PNG without the notes with a keyword; what is no PNG stays as it is. */
export function withoutNote(png: Uint8Array, keyword: string): Buffer {
  const bytes = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  const notes = [...chunksOf(bytes)].filter((chunk) => isNote(chunk, keyword));
  if (notes.length === 0) return bytes;
  const ends = [0, ...notes.map(({ to }) => to)];
  const starts = [...notes.map(({ from }) => from), bytes.length];
  return Buffer.concat(starts.map((start, index) => bytes.subarray(ends[index], start)));
}

/** The text of a note, or undefined for a PNG without it and for anything that is no PNG. */
export function noteOf(png: Uint8Array, keyword: string): string | undefined {
  for (const found of chunksOf(png)) {
    if (isNote(found, keyword)) return found.data.toString("latin1", keyword.length + 1);
  }
  return undefined;
}

function isNote({ type, data }: Chunk, keyword: string): boolean {
  return type === "tEXt" && data.toString("latin1", 0, keyword.length + 1) === `${keyword}\0`;
}

function chunk(type: string, data: Buffer): Buffer {
  const framed = Buffer.alloc(data.length + FRAME_BYTES);
  framed.writeUInt32BE(data.length, 0);
  framed.write(type, 4, "latin1");
  data.copy(framed, 8);
  framed.writeUInt32BE(crc32(framed.subarray(4, data.length + 8)), data.length + 8);
  return framed;
}
