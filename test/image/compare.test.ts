import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { compareImages, patchError } from "../../src/image/index.ts";

/** White paper with black boxes on it. */
async function paper(
  boxes: { left: number; top: number; width?: number; height?: number }[],
  height = 240,
): Promise<Buffer> {
  const ground = { width: 480, height, channels: 3, background: "#ffffff" } as const;
  const layers = boxes.map(({ left, top, width = 12, height: high = 12 }) => ({
    input: { create: { width, height: high, channels: 3, background: "#000000" } } as const,
    left,
    top,
  }));
  return sharp({ create: ground }).composite(layers).removeAlpha().png().toBuffer();
}

describe("patchError", () => {
  it("is blind to a shift within a patch, and sees what is there in one only", async () => {
    const one = await paper([{ left: 2, top: 2 }]);
    expect(await patchError(one, await paper([{ left: 8, top: 9 }]))).toBe(0);
    // 12 x 12 black pixels of 24 x 24.
    expect(await patchError(one, await paper([]))).toBeCloseTo(255 / 4, 5);
    const { meanError } = await compareImages(one, await paper([]));
    expect(meanError).toBeLessThan(1);
  });

  it("leaves an area out", async () => {
    const [one, other] = [await paper([{ left: 30, top: 30 }]), await paper([])];
    const ignored = { left: 40, top: 40, width: 4, height: 4 };
    expect(await patchError(one, other, ignored)).toBe(0);
    expect(await patchError(one, other, { ...ignored, left: 48 })).toBeGreaterThan(60);
  });

  it("compares what both cover, and takes other widths for different", async () => {
    const one = await paper([{ left: 2, top: 2 }]);
    expect(await patchError(one, await paper([{ left: 2, top: 2 }], 242))).toBe(0);
    expect(await patchError(one, await sharp(one).resize(240).png().toBuffer())).toBe(255);
  });
});
