import { describe, expect, it } from "vitest";
import { makeAvatar } from "../../src/image/index.ts";
import { childrenOf } from "../engine/process-table.ts";

const LOGO = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v5z"/></svg>',
);

async function draw(count: number): Promise<void> {
  await Promise.all(Array.from({ length: count }, () => makeAvatar(LOGO, "svg")));
}

describe("the processes that read pictures", () => {
  it("are two only where more waits than is worth a start", async () => {
    // Those of other tests may end meanwhile.
    const before = new Set(childrenOf(process.pid));
    const started = () => childrenOf(process.pid).filter((id) => !before.has(id)).length;
    await draw(30);
    expect(started()).toBe(1);
    await draw(200);
    expect(started()).toBe(2);
  });
});
