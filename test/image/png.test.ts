import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { compareImages } from "../../src/image/child/compare.ts";
import { pixelAt, pngFacts, pngOf, showsPixels } from "../../src/image/index.ts";

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

describe("pngOf", () => {
  it("makes a small file, and changes no pixel", async () => {
    const colours = await sharp(await gradient(3))
      .raw()
      .toBuffer();
    const pixels = Buffer.concat([colours, Buffer.alloc(colours.length, 200)]);
    const small = await pngOf({ pixels, width: 64, height: 128 });
    expect(small.length).toBeLessThan(0.6 * pixels.length);
    expect(await sharp(small).metadata()).toMatchObject({ channels: 3, isPalette: false });
    expect((await sharp(small).raw().toBuffer()).equals(pixels)).toBe(true);
  });
});

describe("showsPixels", () => {
  it("knows the same pixels, and others wherever they are", async () => {
    const [width, height] = [64, 150];
    const drawn = { pixels: Buffer.alloc(width * height * 3, 200), width, height };
    const file = await pngOf(drawn);
    expect(await showsPixels(file, drawn)).toBe(true);
    for (const place of [0, 40 * width * 3, drawn.pixels.length - 1]) {
      const pixels = Buffer.from(drawn.pixels);
      pixels[place] = 201;
      expect(await showsPixels(file, { ...drawn, pixels })).toBe(false);
    }
    expect(await showsPixels(file, { ...drawn, height: height - 1 })).toBe(false);
    expect(await showsPixels(Buffer.from("no image"), drawn)).toBe(false);
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
