import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { pixelAt, pngFacts, sideBySide } from "../../src/image/index.ts";

function plain(width: number, height: number, background: string): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();
}

describe("sideBySide", () => {
  it("shows old, new and difference, with room between", async () => {
    const picture = await sideBySide(await plain(10, 8, "#ff0000"), await plain(10, 8, "#0000ff"));
    expect(await pngFacts(picture)).toEqual({ width: 110, height: 48 });
    expect(await pixelAt(picture, 22, 22)).toEqual([255, 0, 0]);
    expect(await pixelAt(picture, 52, 22)).toEqual([0, 0, 255]);
    expect(await pixelAt(picture, 82, 22)).toEqual([0, 0, 0]);
    expect(await pixelAt(picture, 35, 22)).toEqual([128, 128, 128]);
  });

  it("leaves what is equal white, and makes red what one of them lacks", async () => {
    const picture = await sideBySide(await plain(10, 8, "#00ff00"), await plain(10, 12, "#00ff00"));
    expect(await pixelAt(picture, 82, 22)).toEqual([255, 255, 255]);
    expect(await pixelAt(picture, 82, 31)).toEqual([255, 0, 0]);
  });
});
