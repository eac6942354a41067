import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { compareImages } from "../../src/image/child/compare.ts";
import { looksAlike, makeAvatar, patchError, showsLogo } from "../../src/image/index.ts";

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

describe("looksAlike", () => {
  const drawing = (shape: string) =>
    makeAvatar(
      Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">${shape}</svg>`),
      "svg",
    );
  const mark = (shift = 0, fill = "#2060a0") =>
    drawing(`<path transform="translate(${shift})" d="M10 36h80l-16 40H26z" fill="${fill}"/>`);

  it("overlooks an edge that is half a pixel off, and another packing", async () => {
    expect(await looksAlike(await mark(), await mark(0.5))).toBe(true);
    expect(
      await looksAlike(
        await mark(),
        await sharp(await mark())
          .png({ palette: true })
          .toBuffer(),
      ),
    ).toBe(true);
  });

  it("takes black for what is left over of a logo that is not square, and for nothing else", async () => {
    const canvas = { width: 80, height: 50, channels: 3, background: "#d08020" } as const;
    const wide = await sharp({ create: canvas }).png().toBuffer();
    const drawn = await makeAvatar(wide, "png", { allowNonSquare: true });
    const onBlack = (bytes: Buffer) => sharp(bytes).flatten({ background: "#000000" }).toBuffer();
    expect(await looksAlike(drawn, await onBlack(drawn))).toBe(true);
    const other = await sharp({ create: { ...canvas, background: "#20a060" } })
      .png()
      .toBuffer();
    const drawnOther = await makeAvatar(other, "png", { allowNonSquare: true });
    expect(await looksAlike(drawn, await onBlack(drawnOther))).toBe(false);
    const black = await mark(0, "#000000");
    expect(await looksAlike(black, await onBlack(black))).toBe(false);
  });

  it("sees another shape, another colour, another place and another size", async () => {
    const one = await mark();
    expect(await looksAlike(one, await drawing('<circle cx="50" cy="50" r="40"/>'))).toBe(false);
    expect(await looksAlike(one, await mark(0, "#a02060"))).toBe(false);
    expect(await looksAlike(one, await mark(8))).toBe(false);
    expect(await looksAlike(one, await sharp(one).resize(90).png().toBuffer())).toBe(false);
  });
});

describe("showsLogo", () => {
  const square = (fill: string) =>
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="${fill}" d="M1 1h7v5z"/></svg>`,
    );

  it("says of a logo and an avatar what the avatar that is made of the logo says", async () => {
    const wide = await sharp({
      create: { width: 80, height: 50, channels: 3, background: "#d08020" },
    })
      .png()
      .toBuffer();
    const own = await makeAvatar(square("#2060a0"), "svg");
    const padded = await makeAvatar(wide, "png", { allowNonSquare: true });
    const onBlack = await sharp(padded).flatten({ background: "#000000" }).png().toBuffer();
    expect(await showsLogo(own, square("#2060a0"), "svg")).toBe(true);
    expect(await showsLogo(own, square("#a02060"), "svg")).toBe(false);
    expect(await showsLogo(own, wide, "png")).toBe(false);
    expect(await showsLogo(onBlack, wide, "png")).toBe(true);
    expect(await showsLogo(onBlack, square("#2060a0"), "svg")).toBe(false);
  });

  it("finds no logo in what is no picture, and refuses a logo that is none", async () => {
    expect(await showsLogo(Buffer.from("no picture"), square("#2060a0"), "svg")).toBe(false);
    const broken = showsLogo(Buffer.from("no picture"), Buffer.from("<svg>"), "svg");
    await expect(broken).rejects.toMatchObject({ code: "bad-logo" });
  });
});
