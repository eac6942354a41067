import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { inspectSvg, pictureIn, svgAround } from "../../src/image/index.ts";

const png = await sharp({
  create: { width: 8, height: 4, channels: 3, background: "#3366cc" },
})
  .png()
  .toBuffer();

describe("a picture whose name ends in .svg", () => {
  const svg = svgAround(png, 8, 4);

  it("is the picture at its size in CSS pixels, and can be shrunk", async () => {
    expect(inspectSvg(svg)).toMatchObject({ width: 4, height: 2, viewBox: [0, 0, 4, 2] });
    const { data, info } = await sharp(svg).resize(2).removeAlpha().raw().toBuffer({
      resolveWithObject: true,
    });
    expect([info.width, info.height]).toEqual([2, 1]);
    expect([...data.subarray(0, 3)]).toEqual([0x33, 0x66, 0xcc]);
  });

  it("gives the picture back", () => {
    expect(pictureIn(svg)).toEqual(png);
    expect(pictureIn(png)).toBe(png);
  });

  it("takes a file of nothing but beginnings for what it is", () => {
    const hostile = Buffer.from("<image ".repeat(300_000));
    expect(pictureIn(hostile)).toBe(hostile);
  });
});
