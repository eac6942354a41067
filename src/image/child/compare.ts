/** How far two images are apart. */
import sharp, { type OutputInfo, type Sharp } from "sharp";
import { damageOfCard } from "../card.ts";
import { pngSize } from "../chunks.ts";
import type { Pixels } from "../png.ts";
import { MAX_PIXELS } from "../sizes.ts";
import { pixelHash } from "../stamp.ts";

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

/** A picture that sharp has unpacked. */
export interface RawPicture {
  data: Buffer;
  info: OutputInfo;
}

/** What shows through where an image does not cover. */
const WHITE = "#ffffff";
const BLACK = "#000000";

/** Pixels a side of the patches that `patchError` looks at: about a letter. */
const LETTER = 24;

/** Pixels a side of the patches that `looksAlike` looks at: a fifth of an avatar. */
const FEATURE = 20;

/**
 * How far a colour channel of such a patch may be off, of 255. In three Connect trees the avatars of one logo, drawn by
 * other programs and from other exports of it, are below 30; those of two logos above 70.
 */
const SAME_LOOK = 40;

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
 * Whether an avatar shows what is drawn of the logo. Edges may be half a pixel off, as other programs put them; and
 * where a logo is not square, some of them fill what is left over with black.
 * @throws Error when one of them cannot be read.
 */
export async function looksAlike(
  drawn: Uint8Array | RawPicture,
  avatar: Uint8Array,
): Promise<boolean> {
  if (await looksAlikeOn(WHITE, drawn, avatar)) return true;
  return (await hasBars(drawn)) && (await looksAlikeOn(BLACK, drawn, avatar));
}

/** Whether an image is transparent in bars at its edges only: then each row, or each column, is covered alike. */
async function hasBars(image: Uint8Array | RawPicture): Promise<boolean> {
  const { data, info } = await opened(image)
    .ensureAlpha()
    .extractChannel("alpha")
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width } = info;
  return (
    data.every((alpha, at) => alpha === data[at - (at % width)]) ||
    data.every((alpha, at) => alpha === data[at % width])
  );
}

async function looksAlikeOn(
  paper: string,
  a: Uint8Array | RawPicture,
  b: Uint8Array,
): Promise<boolean> {
  const [first, second] = await Promise.all([
    patchesOf(a, FEATURE, paper),
    patchesOf(b, FEATURE, paper),
  ]);
  if (first.width !== second.width || first.rows !== second.rows) return false;
  return first.means.every(
    (mean, index) => Math.abs(mean - (second.means[index] ?? 0)) <= SAME_LOOK,
  );
}

/** Rows that are looked at first: pictures that differ nearly always do so at the top. */
const FIRST_ROWS = 100;

/**
 * Whether a PNG holds these pixels and no others. Most that do not differ in size or in the first rows.
 * @throws Error when its pixels cannot be read.
 */
export async function showsPixels(image: Uint8Array, drawn: Pixels): Promise<boolean> {
  const { width, height } = drawn;
  const size = pngSize(image);
  if (size?.width !== width || size.height !== height) return false;
  for (const rows of [Math.min(FIRST_ROWS, height), height]) {
    const data = await sharp(image, { limitInputPixels: MAX_PIXELS })
      .extract({ left: 0, top: 0, width, height: rows })
      .toColourspace("srgb")
      .flatten({ background: WHITE })
      .raw()
      .toBuffer();
    if (!data.equals(drawn.pixels.subarray(0, data.length))) return false;
  }
  return true;
}

/**
 * The hash of an image's pixels, by `pixelHash`.
 * @throws Error when they cannot be read.
 */
export async function pixelHashOf(image: Uint8Array): Promise<string> {
  const { data } = await pixelsOf(image);
  return pixelHash(data);
}

/**
 * What is damaged of a PNG of one message, by `damageOfCard`.
 * @param margin Device pixels of empty ground around the card.
 * @throws Error when its pixels cannot be read.
 */
export async function damageOfPicture(
  image: Uint8Array,
  margin: number,
): Promise<string | undefined> {
  const { data, info } = await pixelsOf(image);
  return damageOfCard({ pixels: data, width: info.width, height: info.height }, margin);
}

/**
 * The distance of the two patches that are furthest apart in mean brightness, from 0 to 255. Letters drawn by
 * another program differ at their edges and hold as much ink; other letters do not.
 * @param ignored Patches that touch this area do not count.
 * @returns 255 for images of different widths; what one is higher than the other does not count.
 * @throws Error when one of them cannot be read.
 */
export async function patchError(
  a: Uint8Array,
  b: Uint8Array | Pixels,
  ignored?: Area,
): Promise<number> {
  const [first, second] = await Promise.all([patchesOf(a, LETTER), patchesOf(b, LETTER)]);
  if (first.width !== second.width) return 255;
  const common = Math.min(first.rows, second.rows) * first.columns;
  let most = 0;
  for (let patch = 0; patch < common; patch += 1) {
    const left = (patch % first.columns) * LETTER;
    const top = Math.floor(patch / first.columns) * LETTER;
    if (ignored && touches({ left, top, width: LETTER, height: LETTER }, ignored)) continue;
    most = Math.max(most, Math.abs(first.brightness(patch) - second.brightness(patch)));
  }
  return most;
}

/** The means of each channel of square patches, row by row. */
async function patchesOf(image: Uint8Array | RawPicture | Pixels, side: number, paper = WHITE) {
  const { data, width, height, channels } = await channelsOf(image, paper);
  const columns = Math.ceil(width / side);
  // A row that the picture's end cuts off would hold less than that of a picture one pixel higher.
  const rows = Math.floor(height / side);
  const sums = new Float64Array(columns * rows * channels);
  for (let y = 0; y < rows * side; y += 1) {
    const row = Math.floor(y / side) * columns;
    const from = y * width * channels;
    for (let at = 0; at < width * channels; at += 1) {
      const patch = row + Math.floor(at / (side * channels));
      const index = patch * channels + (at % channels);
      sums[index] = (sums[index] ?? 0) + (data[from + at] ?? 0);
    }
  }
  const means = [...sums].map((sum) => sum / side ** 2);
  const brightness = (patch: number): number => {
    const own = means.slice(patch * channels, (patch + 1) * channels);
    return own.reduce((sum, mean) => sum + mean, 0) / channels;
  };
  return { means, brightness, columns, rows, width };
}

function touches(one: Area, other: Area): boolean {
  return (
    one.left < other.left + other.width &&
    other.left < one.left + one.width &&
    one.top < other.top + other.height &&
    other.top < one.top + one.height
  );
}

async function channelsOf(image: Uint8Array | RawPicture | Pixels, paper: string) {
  if ("pixels" in image) return { ...image, data: image.pixels, channels: 3 };
  const { data, info } = await pixelsOf(image, paper);
  return { data, ...info };
}

function pixelsOf(image: Uint8Array | RawPicture, paper = WHITE): Promise<RawPicture> {
  return opened(image)
    .toColourspace("srgb")
    .flatten({ background: paper })
    .raw()
    .toBuffer({ resolveWithObject: true });
}

function opened(image: Uint8Array | RawPicture): Sharp {
  const options = { limitInputPixels: MAX_PIXELS };
  return "info" in image
    ? sharp(image.data, { ...options, raw: image.info })
    : sharp(image, options);
}
