/** How far two images are apart. */
import sharp from "sharp";
import { MAX_PIXELS } from "./png.ts";

/** From here on two drawings of one logo look the same (peak signal-to-noise ratio in decibels). */
export const SAME_LOOK_DB = 40;

/** The difference of two images, as seen on white paper. */
export interface ImageDifference {
  sameSize: boolean;
  /** Mean distance of a colour channel, from 0 to 255. 255 for images of different sizes. */
  meanError: number;
  /** Peak signal-to-noise ratio in decibels: Infinity when equal, 0 for images of different sizes. */
  psnr: number;
}

/** A rectangle in pixels. */
export interface Area {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Pixels a side of the patches that `patchError` looks at: about a letter. */
const PATCH = 24;

/**
 * Compares two images pixel by pixel.
 * @throws Error when one of them cannot be read.
 */
export async function compareImages(a: Uint8Array, b: Uint8Array): Promise<ImageDifference> {
  const [first, second] = await Promise.all([pixelsOf(a), pixelsOf(b)]);
  if (first.info.width !== second.info.width || first.info.height !== second.info.height) {
    return { sameSize: false, meanError: 255, psnr: 0 };
  }
  let sum = 0;
  let squares = 0;
  first.data.forEach((value, index) => {
    const distance = Math.abs(value - (second.data[index] ?? 0));
    sum += distance;
    squares += distance * distance;
  });
  const count = first.data.length;
  const psnr =
    squares === 0 ? Number.POSITIVE_INFINITY : 10 * Math.log10((255 ** 2 * count) / squares);
  return { sameSize: true, meanError: sum / count, psnr };
}

/**
 * The distance of the two patches that are furthest apart in mean brightness, from 0 to 255. Letters drawn by
 * another program differ at their edges and hold as much ink; other letters do not.
 * @param ignored Patches that touch this area do not count.
 * @returns 255 for images of different widths; what one is higher than the other does not count.
 * @throws Error when one of them cannot be read.
 */
export async function patchError(a: Uint8Array, b: Uint8Array, ignored?: Area): Promise<number> {
  const [first, second] = await Promise.all([patchesOf(a), patchesOf(b)]);
  if (first.width !== second.width) return 255;
  const common = Math.min(first.rows, second.rows) * first.columns;
  return first.means.slice(0, common).reduce((most, mean, index) => {
    const left = (index % first.columns) * PATCH;
    const top = Math.floor(index / first.columns) * PATCH;
    if (ignored && touches({ left, top, width: PATCH, height: PATCH }, ignored)) return most;
    return Math.max(most, Math.abs(mean - (second.means[index] ?? 0)));
  }, 0);
}

async function patchesOf(bytes: Uint8Array) {
  const { data, info } = await pixelsOf(bytes);
  const { width, height, channels } = info;
  const columns = Math.ceil(width / PATCH);
  // A row that the picture's end cuts off would hold less than that of a picture one pixel higher.
  const rows = Math.floor(height / PATCH);
  const sums = new Float64Array(columns * rows);
  for (let y = 0; y < rows * PATCH; y += 1) {
    const row = Math.floor(y / PATCH) * columns;
    const from = y * width * channels;
    for (let at = 0; at < width * channels; at += 1) {
      const patch = row + Math.floor(at / (PATCH * channels));
      sums[patch] = (sums[patch] ?? 0) + (data[from + at] ?? 0);
    }
  }
  const means = [...sums].map((sum) => sum / (PATCH * PATCH * channels));
  return { means, columns, rows, width };
}

function touches(one: Area, other: Area): boolean {
  return (
    one.left < other.left + other.width &&
    other.left < one.left + one.width &&
    one.top < other.top + other.height &&
    other.top < one.top + one.height
  );
}

function pixelsOf(bytes: Uint8Array) {
  return sharp(bytes, { limitInputPixels: MAX_PIXELS })
    .toColourspace("srgb")
    .flatten({ background: "#ffffff" })
    .raw()
    .toBuffer({ resolveWithObject: true });
}
