import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { coloursOfPicture, coloursOfStream, defaultColours } from "../../src/preview/index.ts";

function distance(a: string, b: string): number {
  const parts = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  const [first, second] = [parts(a), parts(b)];
  return Math.max(...first.map((value, index) => Math.abs(value - (second[index] ?? 0))));
}

function picture(width: number, bar: string): Promise<Buffer> {
  return sharp({ create: { width, height: 200, channels: 3, background: bar } })
    .png()
    .toBuffer();
}

describe("a stream's colours", () => {
  it("keep a colour of middle lightness, and mix it lightly into the bar", () => {
    const { bar, icon } = coloursOfStream("#53a063");
    expect(distance(icon, "#53a063")).toBeLessThanOrEqual(1);
    // 22 % in Lab, worked out by hand: L 98.0 to 89.2, a 0 to -8.9, b 0 to 6.0.
    expect(distance(bar, "#d3e6d6")).toBeLessThanOrEqual(4);
  });

  it("are kept readable: neither too light nor too dark", () => {
    const light = coloursOfStream("#ffffff");
    expect(distance(light.icon, "#b9b9b9")).toBeLessThanOrEqual(1);
    expect(distance(coloursOfStream("#000000").icon, "#303030")).toBeLessThanOrEqual(1);
  });

  it("come from its name when nobody chose one", () => {
    expect(defaultColours("github")).toEqual(defaultColours("github"));
    const all = new Set(
      ["a", "b", "c", "d", "e", "f", "g", "h"].map((name) => defaultColours(name).bar),
    );
    expect(all.size).toBeGreaterThan(3);
  });

  it("are read from a picture that was drawn with them", async () => {
    for (const colour of ["#53a063", "#f4ae55", "#9987e1", "#c2c2c2"]) {
      const { bar, icon } = coloursOfStream(colour);
      const kept = await coloursOfPicture(await picture(1520, bar));
      expect(kept?.bar).toBe(bar);
      expect(distance(kept?.icon ?? "#000000", icon)).toBeLessThanOrEqual(4);
    }
  });

  it("are read from a picture of any width", async () => {
    const { bar } = coloursOfStream("#53a063");
    for (const width of [1416, 1428, 800]) {
      expect((await coloursOfPicture(await picture(width, bar)))?.bar).toBe(bar);
    }
  });

  it("are not read from other pictures", async () => {
    expect(await coloursOfPicture(await picture(1520, "#ffffff"))).toBeUndefined();
    expect(await coloursOfPicture(await picture(1520, "#202020"))).toBeUndefined();
    expect(await coloursOfPicture(Buffer.from("no picture"))).toBeUndefined();
    const broken = await picture(1520, "#d3e6d6");
    broken.fill(0, broken.indexOf("IDAT") + 4, broken.indexOf("IEND") - 4);
    expect(await coloursOfPicture(broken)).toBeUndefined();
  });
});
