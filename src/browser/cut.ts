/** Pictures cut out of a capture of the page. */
import sharp from "sharp";
import type { Box } from "./in-page.ts";

/** A picture that was drawn. */
export interface Drawing {
  /** Red, green and blue of each pixel, row by row. */
  pixels: Buffer;
  /** Device pixels. */
  width: number;
  height: number;
}

/**
 * Cuts pictures out of a capture.
 * @param png The capture, a PNG without transparency.
 * @param boxes Where the pictures are on it, in its pixels.
 */
export async function cutOut(png: Uint8Array, boxes: readonly Box[]): Promise<Drawing[]> {
  const { data, info } = await sharp(png, { limitInputPixels: false })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return boxes.map((box) => ({
    pixels: rowsOf(data, info.width, box),
    width: box.width,
    height: box.height,
  }));
}

const CHANNELS = 3;

/** What is as wide as the capture is one piece of memory already. */
function rowsOf(data: Buffer, across: number, { x, y, width, height }: Box): Buffer {
  if (x === 0 && width === across) {
    return data.subarray(y * width * CHANNELS, (y + height) * width * CHANNELS);
  }
  const rows = Buffer.allocUnsafe(width * height * CHANNELS);
  for (let row = 0; row < height; row += 1) {
    const from = ((y + row) * across + x) * CHANNELS;
    data.copy(rows, row * width * CHANNELS, from, from + width * CHANNELS);
  }
  return rows;
}
