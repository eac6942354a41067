/** Pictures whose name ends in `.svg`: an SVG that shows the PNG at its size in CSS pixels. */

const IMAGE = /<image [^<>]*href="data:image\/png;base64,([A-Za-z0-9+/=]+)"/;

/**
 * @param png A picture.
 * @param width Its width in device pixels; two of them are a CSS pixel.
 */
export function svgAround(png: Buffer, width: number, height: number): Buffer {
  const size = `width="${width / 2}" height="${height / 2}"`;
  // With a box of its own it also shrinks as a whole, where a page gives it less space.
  const box = `viewBox="0 0 ${width / 2} ${height / 2}"`;
  const image = `<image ${size} href="data:image/png;base64,${png.toString("base64")}"/>`;
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" ${size} ${box}>${image}</svg>\n`);
}

/** The PNG inside such an SVG; any other bytes as they are. */
export function pictureIn(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x3c) return bytes;
  const inside = IMAGE.exec(Buffer.from(bytes).toString("latin1"))?.[1];
  return inside === undefined ? bytes : Buffer.from(inside, "base64");
}
