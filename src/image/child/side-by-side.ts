/** Two versions of a picture and what differs between them, in one picture. */
import sharp from "sharp";
import { MAX_PIXELS } from "../sizes.ts";

interface Pixels {
  data: Buffer;
  width: number;
  height: number;
}

const GAP = 20;
const PAPER = 255;
/** Distances are small where text has moved by a fraction of a pixel: they are drawn stronger. */
const STRENGTH = 4;

/**
 * Draws the old picture, the new one and their difference beside each other. In the difference white is
 * equal; the darker a pixel, the further apart. What only one of the two covers is red.
 * @returns A PNG.
 * @throws Error when one of them cannot be read.
 */
export async function sideBySide(before: Uint8Array, after: Uint8Array): Promise<Buffer> {
  const [first, second] = await Promise.all([pixelsOf(before), pixelsOf(after)]);
  const panels = [first, second, difference(first, second)];
  const width = panels.reduce((sum, panel) => sum + panel.width + GAP, GAP);
  const height = Math.max(...panels.map((panel) => panel.height)) + 2 * GAP;
  let left = 0;
  const layers = panels.map((panel) => {
    const layer = { input: panel.data, raw: rawOf(panel), left: left + GAP, top: GAP };
    left += panel.width + GAP;
    return layer;
  });
  const ground = { width, height, channels: 3 as const, background: "#808080" };
  return sharp({ create: ground, limitInputPixels: MAX_PIXELS })
    .composite(layers)
    .removeAlpha()
    .png()
    .toBuffer();
}

function rawOf({ width, height }: Pixels) {
  return { width, height, channels: 3 as const };
}

async function pixelsOf(bytes: Uint8Array): Promise<Pixels> {
  const { data, info } = await sharp(bytes, { limitInputPixels: MAX_PIXELS })
    .toColourspace("srgb")
    .flatten({ background: "#ffffff" })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

function difference(first: Pixels, second: Pixels): Pixels {
  const width = Math.max(first.width, second.width);
  const height = Math.max(first.height, second.height);
  const data = Buffer.alloc(width * height * 3, PAPER);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const target = (y * width + x) * 3;
      if (covers(first, x, y) && covers(second, x, y)) {
        const far = distance(first, (y * first.width + x) * 3, second, (y * second.width + x) * 3);
        data.fill(Math.max(0, PAPER - far * STRENGTH), target, target + 3);
      } else {
        data[target + 1] = 0;
        data[target + 2] = 0;
      }
    }
  }
  return { data, width, height };
}

function covers({ width, height }: Pixels, x: number, y: number): boolean {
  return x < width && y < height;
}

function distance(first: Pixels, at: number, second: Pixels, there: number): number {
  let most = 0;
  for (let channel = 0; channel < 3; channel += 1) {
    const one = first.data[at + channel] ?? 0;
    most = Math.max(most, Math.abs(one - (second.data[there + channel] ?? 0)));
  }
  return most;
}
