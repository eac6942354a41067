import sharp from "sharp";
import { describe, expect, it } from "vitest";
import {
  isPlaceholder,
  makeAvatar,
  pixelAt,
  placeholderLogo,
  pngFacts,
} from "../../src/image/index.ts";

const SVG = 'xmlns="http://www.w3.org/2000/svg"';

async function alphaAt(png: Buffer, x: number, y: number): Promise<number> {
  const area = { left: x, top: y, width: 1, height: 1 };
  const raw = await sharp(png).ensureAlpha().extract(area).raw().toBuffer();
  return raw[3] ?? -1;
}

function solid(width: number, height: number): Promise<Buffer> {
  const background = { r: 0, g: 128, b: 0 };
  return sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();
}

describe("an avatar", () => {
  it("has 100x100 pixels whatever the size of the SVG", async () => {
    for (const size of ['viewBox="0 0 10 10"', 'width="7" height="7"', 'viewBox="0 0 9000 9000"']) {
      const logo = `<svg ${SVG} ${size}><rect width="100%" height="100%" fill="#008000"/></svg>`;
      const png = await makeAvatar(Buffer.from(logo), "svg");
      expect(await pngFacts(png)).toEqual({ width: 100, height: 100 });
      expect(await pixelAt(png, 0, 0)).toEqual([0, 128, 0]);
      expect(await pixelAt(png, 99, 99)).toEqual([0, 128, 0]);
    }
  });

  it("is drawn at its size, not enlarged: a thin line stays sharp", async () => {
    const logo = `<svg ${SVG} viewBox="0 0 10 10"><rect x="5" width="0.1" height="10"/></svg>`;
    const png = await makeAvatar(Buffer.from(logo), "svg");
    expect(await alphaAt(png, 50, 50)).toBe(255);
    expect(await alphaAt(png, 49, 50)).toBe(0);
    expect(await alphaAt(png, 51, 50)).toBe(0);
  });

  it("keeps attributes with quotes and entities", async () => {
    const logo = `<svg ${SVG} viewBox='0 0 4 4' class='a &lt; "b" &amp; c'><rect width="4" height="4"/></svg>`;
    expect(await alphaAt(await makeAvatar(Buffer.from(logo), "svg"), 50, 50)).toBe(255);
  });

  it("is refused for a logo that is not square, and drawn in the middle on request", async () => {
    const logo = Buffer.from(
      `<svg ${SVG} viewBox="0 0 20 10"><rect width="20" height="10" fill="#008000"/></svg>`,
    );
    await expect(makeAvatar(logo, "svg")).rejects.toMatchObject({
      code: "logo-not-square",
      exitCode: 2,
      message: "The logo is not square: it measures 20x10.",
    });
    const png = await makeAvatar(logo, "svg", { allowNonSquare: true });
    expect(await alphaAt(png, 50, 10)).toBe(0);
    expect(await alphaAt(png, 50, 50)).toBe(255);
    expect(await alphaAt(png, 50, 90)).toBe(0);
  });

  it("is put in its place as the tree's own tool does", async () => {
    const logo = Buffer.from(
      `<svg ${SVG} viewBox="0 0 100 47"><rect width="100" height="47" fill="#008000"/></svg>`,
    );
    const draw = (tool: "cairosvg" | "pyvips") =>
      makeAvatar(logo, "svg", { allowNonSquare: true, tool });
    // 47 of 100 pixels: one fits them into the square, the other starts at a whole pixel.
    expect(await alphaAt(await draw("cairosvg"), 50, 26)).toBeGreaterThan(0);
    expect(await alphaAt(await draw("cairosvg"), 50, 26)).toBeLessThan(255);
    expect(await alphaAt(await draw("pyvips"), 50, 25)).toBe(0);
    expect(await alphaAt(await draw("pyvips"), 50, 26)).toBe(255);
    const wide = { allowNonSquare: true, tool: "pyvips" } as const;
    const padded = await makeAvatar(await solid(300, 100), "png", wide);
    expect(await pixelAt(padded, 50, 5)).toEqual([0, 0, 0]);
    expect(await pixelAt(padded, 50, 50)).toEqual([0, 128, 0]);
    const thin = `<svg ${SVG} viewBox="0 0 20000 1"><rect width="20000" height="1"/></svg>`;
    expect(await pngFacts(await makeAvatar(Buffer.from(thin), "svg", wide))).toEqual({
      width: 100,
      height: 100,
    });
  });

  it("is made of a PNG too", async () => {
    const png = await makeAvatar(await solid(300, 300), "png");
    expect(await pngFacts(png)).toEqual({ width: 100, height: 100 });
    expect(await pixelAt(png, 50, 50)).toEqual([0, 128, 0]);
    const wide = await solid(300, 100);
    await expect(makeAvatar(wide, "png")).rejects.toMatchObject({ code: "logo-not-square" });
    const padded = await makeAvatar(wide, "png", { allowNonSquare: true });
    expect(await alphaAt(padded, 50, 5)).toBe(0);
    expect(await alphaAt(padded, 50, 50)).toBe(255);
  });

  it.each([
    ["a script", "svg", `<svg ${SVG} viewBox="0 0 1 1"><script/></svg>`],
    ["no XML", "svg", "not a logo"],
    ["an SVG called PNG", "png", `<svg ${SVG} viewBox="0 0 1 1"/>`],
    ["a PNG that is cut off", "png", "\x89PNG\r\n\x1a\n\0\0\0"],
  ] as const)("is refused for %s", async (_name, format, text) => {
    const made = makeAvatar(Buffer.from(text, "latin1"), format);
    await expect(made).rejects.toMatchObject({ code: "bad-logo", exitCode: 2 });
  });

  it("is not made of a drawing that multiplies itself", async () => {
    const levels = Array.from({ length: 12 }, (_, level) => {
      const uses = `<use href="#l${level}"/>`.repeat(10);
      return `<g id="l${level + 1}">${uses}</g>`;
    });
    const logo = `<svg ${SVG} viewBox="0 0 9 9"><defs><rect id="l0" width="1" height="1"/>${levels.join("")}</defs><use href="#l12"/></svg>`;
    await expect(makeAvatar(Buffer.from(logo), "svg")).rejects.toMatchObject({ code: "bad-logo" });
  });
});

describe("a placeholder logo", () => {
  it("is recognised, square, and the same every time", async () => {
    const logo = placeholderLogo("Acme Deploy", "acmedeploy");
    expect(isPlaceholder(Buffer.from(logo))).toBe(true);
    expect(placeholderLogo("Acme Deploy", "acmedeploy")).toBe(logo);
    expect(placeholderLogo("Acme Deploy", "other")).not.toBe(logo);
    const png = await makeAvatar(Buffer.from(logo), "svg");
    // White letters on a coloured square with round corners.
    const { channels } = await sharp(png).stats();
    expect(channels[0]?.max).toBe(255);
    expect(await alphaAt(png, 0, 0)).toBe(0);
    expect(await alphaAt(png, 50, 2)).toBe(255);
  });

  it("is drawn for any name, and shows only its first letters", () => {
    const strokes = (name: string) => placeholderLogo(name, "x").match(/<path/g)?.length;
    expect(strokes("Acme")).toBe(1);
    expect(strokes("Acme Deploy")).toBe(2);
    expect(strokes("a b c d")).toBe(2);
    expect(strokes("")).toBe(1);
    expect(strokes("日本")).toBe(1);
    expect(placeholderLogo("Émile", "x")).toBe(placeholderLogo("Emile", "x"));
    expect(placeholderLogo('"><script>', "x")).not.toContain("script");
  });

  it("is not what other logos are", () => {
    expect(isPlaceholder(Buffer.from(`<svg ${SVG} viewBox="0 0 1 1"/>`))).toBe(false);
    expect(isPlaceholder(Buffer.alloc(0))).toBe(false);
  });
});
