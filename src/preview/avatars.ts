/** The avatars of integrations' bots, from their logos. */
import type { Checkout } from "../checkout/model.ts";
import { MachineError, UserError } from "../errors.ts";
import { readBytesIfExists, resolveInside } from "../host/files.ts";
import { AVATAR_SIZE, type AvatarOptions, makeAvatar, sameLook } from "../image/index.ts";
import type { Pictured } from "./request.ts";
import { changeTo, type ImageResult, type MadeImage, withoutImage } from "./result.ts";

export interface AvatarsOptions {
  checkout: Checkout;
  integrations: readonly Pictured[];
  /** Say what is stale or missing, and make no changes. */
  check?: boolean;
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
  const made: MadeImage[] = [];
  const seen = new Set<string>();
  for (const integration of options.integrations) {
    if (seen.has(integration.avatar)) continue;
    seen.add(integration.avatar);
    const image = await avatarOf(integration, options);
    options.onImage?.(image.result);
    made.push(image);
  }
  return made;
}

async function avatarOf(integration: Pictured, options: AvatarsOptions): Promise<MadeImage> {
  const { name, avatar: path } = integration;
  try {
    const existing = await readBytesIfExists(resolveInside(options.checkout.root, path));
    // A tree that has an avatar has accepted its logo, square or not; a new logo must be square.
    const bytes = await drawAvatar(options.checkout, integration, {
      allowNonSquare: existing !== undefined,
      signal: options.signal,
    });
    if (bytes === undefined) return withoutImage(name, path, "failed", noLogo(integration));
    const status = await statusOf(bytes, existing, options);
    const size = { width: AVATAR_SIZE, height: AVATAR_SIZE };
    const kept = status === "unchanged" ? existing : undefined;
    const result = { integration: name, path, ...size, bytes: (kept ?? bytes).length, status };
    return status === "written" ? { result, change: changeTo(path, bytes, existing) } : { result };
  } catch (error) {
    if (!(error instanceof UserError) || error instanceof MachineError) throw error;
    return withoutImage(name, path, "failed", error);
  }
}

/**
 * Draws the avatar from the logo the tree has.
 * @returns Undefined when there is no logo.
 * @throws UserError when the logo cannot be used.
 */
export async function drawAvatar(
  checkout: Checkout,
  integration: Pick<Pictured, "logo">,
  options: AvatarOptions = {},
): Promise<Buffer | undefined> {
  const path = integration.logo;
  const logo = path && (await readBytesIfExists(resolveInside(checkout.root, path)));
  if (!logo) return undefined;
  return makeAvatar(logo, path.endsWith(".png") ? "png" : "svg", options);
}

function noLogo(integration: Pictured): string {
  return `There is no logo at ${integration.logo ?? integration.expectedLogo}.`;
}

async function statusOf(
  bytes: Buffer,
  existing: Buffer | undefined,
  { check, signal }: AvatarsOptions,
): Promise<ImageResult["status"]> {
  if (existing === undefined) return check ? "missing" : "written";
  const same = await sameLook(bytes, existing, { signal }).catch(() => {
    signal?.throwIfAborted();
    return false; // What is there cannot be read: it is replaced.
  });
  if (same) return "unchanged";
  return check ? "stale" : "written";
}
