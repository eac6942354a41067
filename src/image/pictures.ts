/**
 * What is done with strangers' pictures: drawing logos, and looking at PNGs. All of it happens in a process that is
 * ended when a picture takes too long or too much memory; what it says is checked, since a picture may have taken it
 * over. Each function throws TooCostlyError for such a picture, and the signal's reason.
 */
import { UserError } from "../errors.ts";
import type { AvatarOptions as DrawingOptions } from "./child/avatar.ts";
import type { Area } from "./child/compare.ts";
import { pngSize } from "./chunks.ts";
import { ask } from "./client.ts";
import type { Pixels } from "./png.ts";
import { AVATAR_SIZE } from "./sizes.ts";
import { inspectSvg } from "./svg.ts";

interface Abortable {
  /** Ends the work when it is aborted. */
  signal?: AbortSignal | undefined;
}

export type AvatarOptions = DrawingOptions & Abortable;

/**
 * Makes the avatar of a logo.
 * @param logo The logo's bytes, from an untrusted file.
 * @param format What the file is.
 * @returns A PNG of 100x100 pixels, or of `side` pixels a side.
 * @throws UserError `bad-logo` for a file that is broken or hostile, `logo-not-square` for one that is not square.
 */
export async function makeAvatar(
  logo: Uint8Array,
  format: "svg" | "png",
  { signal, ...options }: AvatarOptions = {},
): Promise<Buffer> {
  const made = await ask("makeAvatar", [logo, format, options], { subject: "logo", signal });
  const { side = AVATAR_SIZE } = options;
  const size = made instanceof Uint8Array ? pngSize(made) : undefined;
  if (made instanceof Buffer && size?.width === side && size.height === side) return made;
  throw nonsense("The logo cannot be used");
}

/**
 * Optimises a logo with svgo.
 * @param logo An SVG from an untrusted file.
 * @returns Undefined when that would gain nothing, or the logo would look different or have another size.
 * @throws UserError `bad-logo` for a file that is broken or hostile.
 */
export async function optimiseSvg(
  logo: Uint8Array,
  { signal }: Abortable = {},
): Promise<Buffer | undefined> {
  const smaller = await ask("optimiseSvg", [logo], { subject: "logo", signal });
  if (smaller === undefined) return undefined;
  if (smaller instanceof Buffer && inspectSvg(smaller).ok) return smaller;
  throw nonsense("The logo cannot be used");
}

/**
 * Whether an avatar shows what is drawn of the logo. Edges may be half a pixel off, as other programs put them; and
 * where a logo is not square, some of them fill what is left over with black.
 * @throws Error when one of them cannot be read.
 */
export async function looksAlike(
  drawn: Uint8Array,
  avatar: Uint8Array,
  { signal }: Abortable = {},
): Promise<boolean> {
  return (await ask("looksAlike", [drawn, avatar], { subject: "image", signal })) === true;
}

/**
 * Whether an avatar looks like what is drawn of a logo. One that cannot be read looks like none.
 * @param logo The logo's bytes, from an untrusted file.
 * @param format What the file is.
 * @throws UserError `bad-logo` for a file that is broken or hostile.
 */
export async function showsLogo(
  avatar: Uint8Array,
  logo: Uint8Array,
  format: "svg" | "png",
): Promise<boolean> {
  return (await ask("showsLogo", [avatar, logo, format], { subject: "logo" })) === true;
}

/**
 * Whether a PNG holds these pixels and no others.
 * @throws Error when its pixels cannot be read.
 */
export async function showsPixels(
  image: Uint8Array,
  drawn: Pixels,
  { signal }: Abortable = {},
): Promise<boolean> {
  return (await ask("showsPixels", [image, drawn], { subject: "image", signal })) === true;
}

/**
 * The hash of an image's pixels, by `pixelHash`.
 * @throws Error when they cannot be read.
 */
export async function pixelHashOf(image: Uint8Array): Promise<string> {
  return String(await ask("pixelHashOf", [image], { subject: "image" }));
}

/**
 * Whether a PNG shows one message whole, by `damageOfCard`.
 * @param margin Device pixels of empty ground around the card.
 * @throws Error when its pixels cannot be read.
 */
export async function showsWholeCard(image: Uint8Array, margin: number): Promise<boolean> {
  return (await ask("damageOfPicture", [image, margin], { subject: "image" })) === undefined;
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
  { signal }: Abortable = {},
): Promise<number> {
  const error = await ask("patchError", [a, b, ignored], { subject: "image", signal });
  if (typeof error === "number") return error;
  throw nonsense("The image cannot be read");
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
  const colour: unknown = await ask("pixelAt", [bytes, x, y], { subject: "image" });
  if (Array.isArray(colour) && colour.length === 3 && colour.every(isChannel)) {
    return colour as [number, number, number];
  }
  throw nonsense("The image cannot be read");
}

const isChannel = (value: unknown): boolean =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 255;

/**
 * Draws the old picture, the new one and their difference beside each other. In the difference white is
 * equal; the darker a pixel, the further apart. What only one of the two covers is red.
 * @returns A PNG.
 * @throws Error when one of them cannot be read.
 */
export async function sideBySide(before: Uint8Array, after: Uint8Array): Promise<Buffer> {
  const picture = await ask("sideBySide", [before, after], { subject: "image" });
  if (picture instanceof Buffer && pngSize(picture) !== undefined) return picture;
  throw nonsense("The image cannot be read");
}

function nonsense(what: string): UserError {
  return new UserError(`${what}: the program that does it gave no valid response.`, {
    code: "bad-image",
    hint: "Save the picture again with another program.",
  });
}
