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

function pixelsOf(bytes: Uint8Array) {
  return sharp(bytes, { limitInputPixels: MAX_PIXELS })
    .toColourspace("srgb")
    .flatten({ background: "#ffffff" })
    .raw()
    .toBuffer({ resolveWithObject: true });
}
