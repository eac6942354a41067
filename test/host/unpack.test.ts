import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeCached } from "../../src/host/unpack.ts";
import { writeOutput } from "../../src/host/write.ts";
import { temporaryDirectory } from "../support/tree.ts";

const content = Buffer.alloc(2_000_000, "lamp ");

describe.each([
  ["writeCached", writeCached],
  ["writeOutput", writeOutput],
])("%s", (_, write) => {
  it("lets several parts of one process make the same file at once", async () => {
    const folder = temporaryDirectory();
    const target = join(folder, "fonts", "lamps.ttf");
    await Promise.all(Array.from({ length: 8 }, () => write(target, content)));
    expect(readFileSync(target).equals(content)).toBe(true);
    expect(readdirSync(join(folder, "fonts"))).toEqual(["lamps.ttf"]);
  });
});
