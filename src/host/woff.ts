/** Turns a WOFF font into the plain font inside it, without the tables nobody here reads. Pure. */
import { inflateSync } from "node:zlib";

const WOFF_HEADER = 44;
const WOFF_ENTRY = 20;
const SFNT_HEADER = 12;
const SFNT_ENTRY = 16;

interface Table {
  tag: string;
  checksum: number;
  content: Buffer;
}

/**
 * @param woff The bytes of a WOFF 1 file.
 * @param without Tags of the tables to leave out, such as `SVG `.
 * @returns The bytes of a TrueType file.
 * @throws Error when the bytes are no WOFF.
 */
export function unpackWoff(woff: Buffer, without: readonly string[] = []): Buffer {
  if (woff.toString("latin1", 0, 4) !== "wOFF") throw new Error("not a WOFF font");
  const flavour = woff.readUInt32BE(4);
  const count = woff.readUInt16BE(12);
  const entries = Array.from({ length: count }, (_, index) => WOFF_HEADER + index * WOFF_ENTRY);
  const tables = entries
    .filter((at) => !without.includes(woff.toString("latin1", at, at + 4)))
    .map((at) => readTable(woff, at));
  return writeFont(flavour, tables);
}

function readTable(woff: Buffer, at: number): Table {
  const offset = woff.readUInt32BE(at + 4);
  const packed = woff.readUInt32BE(at + 8);
  const length = woff.readUInt32BE(at + 12);
  const stored = woff.subarray(offset, offset + packed);
  return {
    tag: woff.toString("latin1", at, at + 4),
    checksum: woff.readUInt32BE(at + 16),
    content: packed < length ? inflateSync(stored) : stored,
  };
}

function writeFont(flavour: number, tables: Table[]): Buffer {
  const directory = Buffer.alloc(SFNT_HEADER + tables.length * SFNT_ENTRY);
  const power = 2 ** Math.floor(Math.log2(Math.max(1, tables.length)));
  directory.writeUInt32BE(flavour, 0);
  directory.writeUInt16BE(tables.length, 4);
  directory.writeUInt16BE(power * 16, 6);
  directory.writeUInt16BE(Math.log2(power), 8);
  directory.writeUInt16BE((tables.length - power) * 16, 10);
  const parts: Buffer[] = [directory];
  let offset = directory.length;
  tables.forEach(({ tag, checksum, content }, index) => {
    const at = SFNT_HEADER + index * SFNT_ENTRY;
    directory.write(tag, at, "latin1");
    directory.writeUInt32BE(checksum, at + 4);
    directory.writeUInt32BE(offset, at + 8);
    directory.writeUInt32BE(content.length, at + 12);
    const padding = Buffer.alloc((4 - (content.length % 4)) % 4);
    parts.push(content, padding);
    offset += content.length + padding.length;
  });
  return Buffer.concat(parts);
}
