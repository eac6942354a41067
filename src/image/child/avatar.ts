/** A bot's avatar, made from its integration's logo as Connect makes it (tools/setup/generate_integration_bots_avatars.py there). */
import sharp, { type Sharp } from "sharp";
import { messageOf, UserError } from "../../errors.ts";
import { isPng } from "../chunks.ts";
import { LOSSLESS } from "../png.ts";
import { AVATAR_SIZE, MAX_PIXELS } from "../sizes.ts";
import { isSquare, readSvg, type SvgFacts, type SvgRoot } from "../svg.ts";
import { looksAlike } from "./compare.ts";

const FIT = { kernel: "lanczos3", fit: "inside" } as const;

/** For what is unpacked again at once. */
const QUICK = { compressionLevel: 1 } as const;

const BLACK = { r: 0, g: 0, b: 0 };

const MAX_PNG_BYTES = 5_000_000;

export interface AvatarOptions {
  /** Draw a logo that is not square too, centred on a transparent ground. */
  allowNonSquare?: boolean;
  /** What puts a logo that is not square in its place; cairosvg by default. */
  tool?: "cairosvg" | "pyvips";
  /** Pixels a side of the drawing of an SVG; an avatar's by default. */
  side?: number;
}

/**
 * Makes the avatar of a logo.
 * @param logo The logo's bytes, from an untrusted file.
 * @param format What the file is.
 * @returns A PNG of 100x100 pixels.
 * @throws UserError `bad-logo` for a file that is broken or hostile, `logo-not-square` for one that is not square.
 */
export function makeAvatar(
  logo: Uint8Array,
  format: "svg" | "png",
  options: AvatarOptions = {},
): Promise<Buffer> {
  return drawn(logo, format, options, (picture) => picture.png(LOSSLESS).toBuffer());
}

/**
 * Whether an avatar shows a logo, by `looksAlike`. One that cannot be read shows none. What is drawn for that is not
 * packed: that takes as long as drawing it.
 * @throws As `makeAvatar`.
 */
export async function showsLogo(
  avatar: Uint8Array,
  logo: Uint8Array,
  format: "svg" | "png",
): Promise<boolean> {
  const options = { allowNonSquare: true };
  const pixels = await drawn(logo, format, options, (picture) =>
    picture.raw().toBuffer({ resolveWithObject: true }),
  );
  return looksAlike(pixels, avatar).catch(() => false);
}

async function drawn<T>(
  logo: Uint8Array,
  format: "svg" | "png",
  options: AvatarOptions,
  finish: (picture: Sharp) => Promise<T>,
): Promise<T> {
  const draw = format === "svg" ? drawSvg : drawPng;
  try {
    return await finish(await draw(logo, options));
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw badLogo((messageOf(error).split("\n")[0] ?? "").replace(/\.$/, ""), error);
  }
}

async function drawSvg(logo: Uint8Array, options: AvatarOptions): Promise<Sharp> {
  const { facts, text, root } = readSvg(logo);
  if (!facts.ok || root === undefined) {
    const [first = "It cannot be read."] = facts.problems;
    throw badLogo(`${first.slice(0, 1).toLowerCase()}${first.slice(1).replace(/\.$/, "")}`);
  }
  if (!facts.square && !options.allowNonSquare) {
    throw notSquare(facts.width ?? 0, facts.height ?? 0);
  }
  const side = options.side ?? AVATAR_SIZE;
  if (options.tool !== "pyvips") return drawingOf(withSize(text, root, facts, [side, side]));
  const { width = 1, height = 1 } = facts;
  const scale = side / Math.max(width, height);
  const inside = [width, height].map((length) => Math.max(1, length * scale));
  const drawing = drawingOf(withSize(text, root, facts, inside));
  return centred(await drawing.png(QUICK).toBuffer(), side);
}

function drawingOf(svg: string): Sharp {
  return sharp(Buffer.from(svg), { limitInputPixels: MAX_PIXELS }).toColourspace("srgb");
}

/** Puts a picture into the middle of a transparent square, or of a black one. */
async function centred(png: Uint8Array, side: number, isOpaque = false): Promise<Sharp> {
  const picture = sharp(png, { limitInputPixels: MAX_PIXELS });
  const { width, height } = await picture.metadata();
  const left = Math.floor((side - width) / 2);
  const top = Math.floor((side - height) / 2);
  const [right, bottom] = [side - width - left, side - height - top];
  const background = { ...BLACK, alpha: isOpaque ? 1 : 0 };
  return picture.toColourspace("srgb").extend({ left, right, top, bottom, background });
}

/**
 * The drawing with a root element of the wanted size, so that it is drawn sharp at that size. What stands
 * before the root (declaration, document type) goes: the text is UTF-8 now.
 */
function withSize(text: string, root: SvgRoot, facts: SvgFacts, size: readonly number[]): string {
  const attributes = new Map(root.attributes);
  attributes.delete("x");
  attributes.delete("y");
  if (facts.viewBox === undefined) attributes.set("viewBox", `0 0 ${facts.width} ${facts.height}`);
  attributes.set("width", `${size[0]}`);
  attributes.set("height", `${size[1]}`);
  const written = [...attributes].map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`);
  const selfClosing = text.slice(root.from, root.to).endsWith("/>") ? "/" : "";
  return `<${root.name}${written.join("")}${selfClosing}>${text.slice(root.to)}`;
}

function escapeAttribute(value: string): string {
  return value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

async function drawPng(logo: Uint8Array, options: AvatarOptions): Promise<Sharp> {
  if (!isPng(logo)) throw badLogo("it does not start as a PNG does");
  if (logo.length > MAX_PNG_BYTES) throw badLogo("it has more than 5 MB");
  const { width, height, hasAlpha } = await sharp(logo, {
    limitInputPixels: MAX_PIXELS,
  }).metadata();
  if (!isSquare(width, height) && !options.allowNonSquare) throw notSquare(width, height);
  // Two steps, because within one sharp pads after it resizes.
  const isPadded = options.tool !== "pyvips";
  const padded = isPadded && (await centred(logo, Math.max(width, height)));
  const resized = sharp(padded ? await padded.png(QUICK).toBuffer() : logo, {
    limitInputPixels: MAX_PIXELS,
  })
    .toColourspace("srgb")
    .ensureAlpha()
    .resize(AVATAR_SIZE, AVATAR_SIZE, FIT);
  if (isPadded) return resized;
  // pyvips fills what is left over beside an opaque picture with black.
  return centred(await resized.png(QUICK).toBuffer(), AVATAR_SIZE, !hasAlpha);
}

function badLogo(reason: string, cause?: unknown): UserError {
  return new UserError(`The logo cannot be used: ${reason}.`, {
    code: "bad-logo",
    hint: "Export the logo as a plain, square SVG without scripts or links, and try again.",
    cause,
  });
}

function notSquare(width: number, height: number): UserError {
  const sides = `${round(width)}x${round(height)}`;
  return new UserError(`The logo is not square: it measures ${sides}.`, {
    code: "logo-not-square",
    hint: "Give it a square viewBox or canvas with the drawing in its middle.",
  });
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
