/** Single pixels of a PNG. */
import sharp from "sharp";
import { messageOf } from "../../errors.ts";
import { isPng } from "../chunks.ts";
import { badImage } from "../png.ts";
import { MAX_PIXELS } from "../sizes.ts";

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
  if (!isPng(bytes)) throw badImage("it does not start as a PNG does");
  try {
    const raw = await sharp(bytes, { limitInputPixels: MAX_PIXELS })
      .extract({ left: x, top: y, width: 1, height: 1 })
      .toColourspace("srgb")
      .removeAlpha()
      .raw()
      .toBuffer();
    const [red = 0, green = red, blue = red] = raw;
    return [red, green, blue];
  } catch (error) {
    throw badImage(messageOf(error).split("\n")[0] ?? "", error);
  }
}
