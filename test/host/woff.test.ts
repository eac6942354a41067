import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { unpackWoff } from "../../src/host/woff.ts";

const TABLES = [
  { tag: "SVG ", content: Buffer.alloc(500, 7), packed: true },
  { tag: "glyf", content: Buffer.alloc(301, 3), packed: true },
  { tag: "head", content: Buffer.from("heads"), packed: false },
];

/** A WOFF file with these tables, by the specification. */
function woff(): Buffer {
  const header = Buffer.alloc(44 + TABLES.length * 20);
  header.write("wOFF", 0, "latin1");
  header.writeUInt32BE(0x00010000, 4);
  header.writeUInt16BE(TABLES.length, 12);
  const parts = [header];
  let offset = header.length;
  TABLES.forEach(({ tag, content, packed }, index) => {
    const stored = packed ? deflateSync(content) : content;
    const at = 44 + index * 20;
    header.write(tag, at, "latin1");
    [offset, stored.length, content.length, 1000 + index].forEach((value, field) => {
      header.writeUInt32BE(value, at + 4 + field * 4);
    });
    parts.push(stored);
    offset += stored.length;
  });
  return Buffer.concat(parts);
}

function tablesOf(font: Buffer): { tag: string; checksum: number; content: Buffer }[] {
  return Array.from({ length: font.readUInt16BE(4) }, (_, index) => {
    const at = 12 + index * 16;
    const offset = font.readUInt32BE(at + 8);
    return {
      tag: font.toString("latin1", at, at + 4),
      checksum: font.readUInt32BE(at + 4),
      content: font.subarray(offset, offset + font.readUInt32BE(at + 12)),
    };
  });
}

describe("unpackWoff", () => {
  it("keeps every table but those left out, each on a multiple of four", () => {
    const font = unpackWoff(woff(), ["SVG "]);
    expect(font.readUInt32BE(0)).toBe(0x00010000);
    expect(tablesOf(font)).toEqual([
      { tag: "glyf", checksum: 1001, content: TABLES[1]?.content },
      { tag: "head", checksum: 1002, content: TABLES[2]?.content },
    ]);
    expect(font.length % 4).toBe(0);
    expect(tablesOf(unpackWoff(woff()))).toHaveLength(3);
  });

  it("refuses other files", () => {
    expect(() => unpackWoff(Buffer.from("wOF2 and more bytes"))).toThrow("not a WOFF font");
  });
});
