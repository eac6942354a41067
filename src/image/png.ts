/** PNG files: facts, single pixels, and a smaller file with the same pixels. */
import sharp, { type Sharp } from "sharp";
import { messageOf, UserError } from "../errors.ts";
import { isPng } from "./chunks.ts";

/** More pixels than any logo or picture has; a small file can claim far more. */
export const MAX_PIXELS = 64_000_000;

/**
 * Width and height in pixels.
 * @throws UserError `bad-image` when the bytes are no PNG.
 */
export async function pngFacts(bytes: Uint8Array): Promise<{ width: number; height: number }> {
  return guarded(bytes, async () => {
    const { width, height } = await open(bytes).metadata();
    return { width, height };
  });
}

/**
 * The colour of one pixel.
 * @returns Red, green and blue from 0 to 255.
 * @throws UserError `bad-image` when the bytes are no PNG, or the pixel is outside it.
 */
export async function pixelAt(
  bytes: Uint8Array,
  x: number,
  y: number,
): Promise<[number, number, number]> {
  return guarded(bytes, async () => {
    const area = { left: x, top: y, width: 1, height: 1 };
    const raw = await open(bytes)
      .extract(area)
      .toColourspace("srgb")
      .removeAlpha()
      .raw()
      .toBuffer();
    const [red = 0, green = red, blue = red] = raw;
    return [red, green, blue];
  });
}

/** Pixels without a file around them. */
export interface Pixels {
  /** Red, green and blue of each pixel, row by row. */
  pixels: Uint8Array;
  width: number;
  height: number;
}

/** Level 9 takes four times as long, for a picture that is 12 % smaller. */
const LARGE = 7;

/** A small PNG of some pixels; each stays as it is. */
export function pngOf({ pixels, width, height }: Pixels): Promise<Buffer> {
  return sharp(pixels, { raw: { width, height, channels: 3 }, limitInputPixels: MAX_PIXELS })
    .png({ ...LOSSLESS, compressionLevel: LARGE })
    .toBuffer();
}

/**
 * The smallest files for drawings: filters per line make flat areas larger. `effort` must not be named
 * here: in sharp it switches the palette on, which loses colours.
 */
export const LOSSLESS = { compressionLevel: 9, adaptiveFiltering: false, palette: false } as const;

function open(bytes: Uint8Array): Sharp {
  return sharp(bytes, { limitInputPixels: MAX_PIXELS });
}

async function guarded<T>(bytes: Uint8Array, work: () => Promise<T>): Promise<T> {
  try {
    if (isPng(bytes)) return await work();
  } catch (error) {
    throw badImage(messageOf(error).split("\n")[0] ?? "", error);
  }
  throw badImage("it does not start as a PNG does");
}

function badImage(reason: string, cause?: unknown): UserError {
  return new UserError(`The image cannot be read: ${reason}.`, {
    code: "bad-image",
    hint: "Save it as a PNG again.",
    cause,
  });
}
