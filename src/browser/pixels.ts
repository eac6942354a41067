/** The pixels of a capture of the page. */
import sharp from "sharp";

/** Device pixels. */
export interface Size {
  width: number;
  height: number;
}

/** A picture that was drawn. */
export interface Drawing extends Size {
  /** Red, green and blue of each pixel, row by row. */
  pixels: Buffer;
}

/**
 * Unpacks a capture.
 * @param png A PNG without transparency, made by the browser.
 * @param asked The size it has to have: what is outside of the window is not captured.
 */
export async function unpackCapture(png: Uint8Array, asked: Size): Promise<Drawing> {
  const { data, info } = await sharp(png, { limitInputPixels: false })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.width !== asked.width || info.height !== asked.height) {
    throw new Error("the message does not fit the window");
  }
  return { pixels: data, width: info.width, height: info.height };
}
