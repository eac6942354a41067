/** A smaller SVG that looks the same. */
import { UserError } from "../../errors.ts";
import { inspectSvg, readSvg } from "../svg.ts";
import { makeAvatar } from "./avatar.ts";
import { compareImages } from "./compare.ts";

/** Less than this share is not worth a change in somebody's tree. */
const WORTH_IT = 0.02;

/** Pixels a side at which both are compared: larger than any page shows a logo. */
const SIDE = 400;

/** Decibels (peak signal-to-noise ratio): from here on nobody sees a difference. */
const SAME = 45;

/**
 * Optimises a logo with svgo.
 * @param logo An SVG from an untrusted file.
 * @returns Undefined when that would gain nothing, or the logo would look different or have another size.
 * @throws UserError `bad-logo` for a file that is broken or hostile.
 */
export async function optimiseSvg(logo: Uint8Array): Promise<Buffer | undefined> {
  const before = await drawn(logo);
  const smaller = await optimised(readSvg(logo).text);
  if (smaller === undefined || smaller.length > logo.length * (1 - WORTH_IT)) return undefined;
  if (sizeOf(smaller) !== sizeOf(logo)) return undefined;
  const after = await drawn(smaller).catch((error: unknown) => {
    if (error instanceof UserError) return undefined; // What svgo made cannot be drawn.
    throw error;
  });
  if (after === undefined) return undefined;
  const { psnr } = await compareImages(before, after);
  return psnr >= SAME ? smaller : undefined;
}

async function optimised(text: string): Promise<Buffer | undefined> {
  // Its four hundred modules take as long to load as everything else, and hardly any run optimises a logo.
  const { optimize } = await import("svgo");
  try {
    const { data } = optimize(text, { multipass: true });
    return Buffer.from(data.endsWith("\n") ? data : `${data}\n`);
  } catch {
    return undefined; // It reads CSS and paths more strictly than the programs that draw a logo.
  }
}

function drawn(logo: Uint8Array): Promise<Buffer> {
  return makeAvatar(logo, "svg", { allowNonSquare: true, side: SIDE });
}

function sizeOf(logo: Uint8Array): string {
  const { width, height } = inspectSvg(logo);
  return `${width}x${height}`;
}
