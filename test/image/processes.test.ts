import { describe, expect, it, vi } from "vitest";
import { childrenOf } from "../engine/process-table.ts";

const LOGO = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v5z"/></svg>',
);

async function draw(count: number): Promise<void> {
  const { makeAvatar } = await import("../../src/image/index.ts");
  await Promise.all(Array.from({ length: count }, () => makeAvatar(LOGO, "svg")));
}

describe("the processes that read pictures", () => {
  it("are two only where more waits than is worth a start", async () => {
    // Other tests may have started processes of theirs, which may end meanwhile.
    vi.resetModules();
    const before = new Set(childrenOf(process.pid));
    const started = () => childrenOf(process.pid).filter((id) => !before.has(id)).length;
    await draw(30);
    expect(started()).toBe(1);
    await draw(200);
    expect(started()).toBe(2);
  });
});
