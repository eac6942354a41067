import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startNodeChild } from "../../src/host/child.ts";

async function script(text: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), "child-")), "script.mjs");
  await writeFile(path, text);
  return path;
}

const FILLS_MEMORY = `
const held = [];
for (;;) {
  held.push(Buffer.alloc(16 << 20, held.length + 1));
  await new Promise((resolve) => setTimeout(resolve, 5));
}`;

describe.skipIf(process.platform !== "linux")("the memory of a child", () => {
  it("ends a child that holds more than it may", async () => {
    const options = { nodeOptions: [], env: {}, maxResidentBytes: 300 << 20 };
    const child = startNodeChild(await script(FILLS_MEMORY), [], options);
    expect(await child.ended).toEqual({ code: undefined, signal: "SIGKILL", outOfMemory: true });
  });

  it("leaves one alone that holds less", async () => {
    const options = { nodeOptions: [], env: {}, maxResidentBytes: 300 << 20 };
    const waits = await script("setTimeout(() => process.exit(7), 500)");
    const child = startNodeChild(waits, [], options);
    expect(await child.ended).toEqual({ code: 7, signal: undefined, outOfMemory: false });
  });
});
