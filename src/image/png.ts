/** PNG files: facts, and a smaller file with the same pixels. */
import { UserError } from "../errors.ts";
import { isPng, pngSize } from "./chunks.ts";
import { MAX_PIXELS } from "./sizes.ts";

/**
 * Width and height in pixels. Nothing is decoded.
 * @throws UserError `bad-image` when the bytes are no PNG, or not all of one.
 */
export async function pngFacts(bytes: Uint8Array): Promise<{ width: number; height: number }> {
  const size = pngSize(bytes);
  if (size !== undefined) return size;
  throw badImage(isPng(bytes) ? "it is cut off" : "it does not start as a PNG does");
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
export async function pngOf({ pixels, width, height }: Pixels): Promise<Buffer> {
  // A large library, which most runs do not need here: pictures are looked at elsewhere.
  const { default: sharp } = await import("sharp");
  return sharp(pixels, { raw: { width, height, channels: 3 }, limitInputPixels: MAX_PIXELS })
    .png({ ...LOSSLESS, compressionLevel: LARGE })
    .toBuffer();
}

/**
 * The smallest files for drawings: filters per line make flat areas larger. `effort` must not be named
 * here: in sharp it switches the palette on, which loses colours.
 */
export const LOSSLESS = { compressionLevel: 9, adaptiveFiltering: false, palette: false } as const;

/** The error for bytes that cannot be read. */
export function badImage(reason: string, cause?: unknown): UserError {
  return new UserError(`The image cannot be read: ${reason}.`, {
    code: "bad-image",
    hint: "Save it as a PNG again.",
    cause,
  });
}
