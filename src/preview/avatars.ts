/** The avatars of integrations' bots, from their logos. */
import { avatarToolOf } from "../checkout/avatar-tool.ts";
import type { Checkout } from "../checkout/model.ts";
import { MachineError, UserError } from "../errors.ts";
import { readBytesIfExists, resolveInside } from "../host/files.ts";
import { AVATAR_SIZE, isSquare, looksAlike, makeAvatar, pngSize, svgSize } from "../image/index.ts";
import { mapConcurrently } from "./concurrency.ts";
import type { Pictured } from "./request.ts";
import { changeTo, type ImageResult, type MadeImage, withoutImage } from "./result.ts";

export interface AvatarsOptions {
  checkout: Checkout;
  integrations: readonly Pictured[];
  /** Say what is stale or missing, and make no changes. */
  check?: boolean;
  /** Leave an avatar alone that shows something else than the logo: it may have been made by hand. */
  keepOthers?: boolean;
  signal?: AbortSignal;
  /** Called after each avatar. */
  onImage?: (result: ImageResult) => void;
}

/**
 * Makes the avatar of each integration; one that several share is made once. An avatar that looks as it
 * should is left alone, whatever its bytes.
 * @returns One result an avatar, in the order of the integrations. A logo that cannot be used is a `failed` one.
 */
export async function makeAvatars(options: AvatarsOptions): Promise<MadeImage[]> {
  const seen = new Set<string>();
  const once = options.integrations.filter(({ avatar }) => !seen.has(avatar) && seen.add(avatar));
  return mapConcurrently(once, options.signal, async (integration) => {
    const image = await avatarOf(integration, options);
    options.onImage?.(image.result);
    return image;
  });
}

async function avatarOf(integration: Pictured, options: AvatarsOptions): Promise<MadeImage> {
  const { name, avatar: path } = integration;
  try {
    const { checkout, signal } = options;
    const existing = await readBytesIfExists(resolveInside(checkout.root, path));
    const logo = await readLogo(checkout, integration);
    if (logo === undefined) return withoutImage(name, path, "failed", noLogo(integration));
    const bytes = await drawLogo(checkout, logo, signal);
    const status = await statusOf(bytes, existing, options);
    const size = { width: AVATAR_SIZE, height: AVATAR_SIZE };
    if (status === "written") {
      const reason = warningOf(logo);
      const result = { integration: name, path, ...size, bytes: bytes.length, status, ...reason };
      return { result, change: changeTo(path, bytes, existing) };
    }
    const { length } = existing ?? bytes;
    const facts = { ...size, ...(existing && pngSize(existing)) };
    const kept = status === "skipped" && { reason: OTHER };
    return { result: { integration: name, path, ...facts, bytes: length, status, ...kept } };
  } catch (error) {
    if (!(error instanceof UserError) || error instanceof MachineError) throw error;
    return withoutImage(name, path, "failed", error);
  }
}

const OTHER = "It was not made from the logo; --force replaces it.";

/** What is to be said of an avatar that was made: that its logo leaves stripes. */
function warningOf({ bytes, format }: Logo): { reason?: string } {
  const { width = 0, height = 0 } = (format === "png" ? pngSize(bytes) : svgSize(bytes)) ?? {};
  if (isSquare(width, height)) return {};
  const sides = [width, height].map((side) => Math.round(side * 100) / 100).join("x");
  return { reason: `Warning: the logo is not square, it measures ${sides}.` };
}

/**
 * Draws the avatar from the logo the tree has, square or not, as Connect's own script does.
 * @returns Undefined when there is no logo.
 * @throws UserError when the logo cannot be used.
 */
export async function drawAvatar(
  checkout: Checkout,
  integration: Pick<Pictured, "logo">,
): Promise<Buffer | undefined> {
  const logo = await readLogo(checkout, integration);
  return logo && drawLogo(checkout, logo);
}

interface Logo {
  readonly bytes: Buffer;
  readonly format: "svg" | "png";
}

async function readLogo(
  { root }: Checkout,
  { logo: path }: Pick<Pictured, "logo">,
): Promise<Logo | undefined> {
  const bytes = path && (await readBytesIfExists(resolveInside(root, path)));
  return bytes ? { bytes, format: path.endsWith(".png") ? "png" : "svg" } : undefined;
}

function drawLogo(
  { root }: Checkout,
  { bytes, format }: Logo,
  signal?: AbortSignal,
): Promise<Buffer> {
  return makeAvatar(bytes, format, { signal, allowNonSquare: true, tool: avatarToolOf(root) });
}

function noLogo(integration: Pictured): string {
  return `There is no logo at ${integration.logo ?? integration.expectedLogo}.`;
}

async function statusOf(
  bytes: Buffer,
  existing: Buffer | undefined,
  { check, keepOthers, signal }: AvatarsOptions,
): Promise<ImageResult["status"]> {
  if (existing === undefined) return check ? "missing" : "written";
  const same = await looksAlike(bytes, existing, { signal }).catch(() => {
    signal?.throwIfAborted();
    return undefined; // What is there cannot be read: it is replaced.
  });
  if (same === true) return "unchanged";
  if (check) return "stale";
  return keepOthers && same === false ? "skipped" : "written";
}
