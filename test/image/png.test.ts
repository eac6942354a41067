import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { compareImages, optimisePng, pixelAt, pngFacts } from "../../src/image/index.ts";

/** Many colours, so that a palette could not hold them. */
function gradient(channels: 3 | 4, alpha: (index: number) => number = () => 255): Promise<Buffer> {
  const raw = Buffer.alloc(64 * 64 * channels);
  for (let index = 0; index < 64 * 64; index += 1) {
    raw[index * channels] = index % 256;
    raw[index * channels + 1] = (index * 7) % 256;
    raw[index * channels + 2] = index >> 4;
    if (channels === 4) raw[index * channels + 3] = alpha(index);
  }
  return sharp(raw, { raw: { width: 64, height: 64, channels } })
    .png({ compressionLevel: 0 })
    .toBuffer();
}

describe("optimisePng", () => {
  it("drops an alpha channel that says nothing, and changes no pixel", async () => {
    const original = await gradient(4);
    const small = await optimisePng(original);
    expect(small.length).toBeLessThan(original.length);
    expect((await sharp(small).metadata()).channels).toBe(3);
    expect((await sharp(small).metadata()).isPalette).toBe(false);
    expect(await compareImages(original, small)).toMatchObject({ meanError: 0 });
  });

  it("keeps an alpha channel that says something", async () => {
    const original = await gradient(4, (index) => index % 255);
    const small = await optimisePng(original);
    const [before, after] = await Promise.all(
      [original, small].map((png) => sharp(png).raw().toBuffer()),
    );
    expect(after).toEqual(before);
  });
});

describe("facts and pixels", () => {
  it("are read", async () => {
    const png = await gradient(3);
    expect(await pngFacts(png)).toEqual({ width: 64, height: 64 });
    expect(await pixelAt(png, 3, 0)).toEqual([3, 21, 0]);
  });

  it("are refused for what is no PNG", async () => {
    const jpeg = await sharp(await gradient(3))
      .jpeg()
      .toBuffer();
    await expect(pngFacts(jpeg)).rejects.toMatchObject({ code: "bad-image", exitCode: 2 });
    await expect(pixelAt(await gradient(3), 64, 0)).rejects.toMatchObject({ code: "bad-image" });
  });
});

describe("compareImages", () => {
  it("tells equal, near and far images apart", async () => {
    const one = await gradient(3);
    expect((await compareImages(one, one)).psnr).toBe(Number.POSITIVE_INFINITY);
    const near = await sharp(one).linear(1, 1).png().toBuffer();
    const { psnr, meanError } = await compareImages(one, near);
    expect(psnr).toBeGreaterThan(40);
    expect(meanError).toBeGreaterThan(0);
    const far = await sharp(one).negate().png().toBuffer();
    expect((await compareImages(one, far)).psnr).toBeLessThan(10);
    const other = await sharp(one).resize(32).png().toBuffer();
    expect(await compareImages(one, other)).toEqual({ sameSize: false, meanError: 255, psnr: 0 });
  });
});
