/** The logo of a new integration, and the bot avatar made from it. */
import { resolve } from "node:path";
import { messageOf, UserError } from "../errors.ts";
import { readBytesUpTo } from "../host/files.ts";
import { isPng, makeAvatar, placeholderLogo } from "../image/index.ts";

/** Far more than a logo has; a drawing this size is checked again, and more strictly, as an image. */
const MAX_LOGO_BYTES = 10_000_000;

export interface Logo {
  readonly format: "svg" | "png";
  readonly bytes: Uint8Array;
  readonly avatar: Uint8Array;
  /** True when it was drawn here because the user gave none. */
  readonly placeholder: boolean;
}

/**
 * Reads a logo, and draws its avatar, which shows that the logo is usable.
 * @param path As the user gave it.
 * @param cwd The folder that a relative path starts from.
 * @throws UserError when it cannot be read, is neither SVG nor PNG, is hostile or not square.
 */
export async function readLogo(path: string, cwd: string): Promise<Logo> {
  const bytes = await readBytesUpTo(resolve(cwd, path), MAX_LOGO_BYTES);
  if (bytes.length === 0) {
    throw new UserError(`The logo ${path} is empty.`, {
      code: "bad-logo",
      hint: "Give a square SVG or PNG file.",
    });
  }
  const format = isPng(bytes) ? "png" : "svg";
  try {
    return { format, bytes, avatar: await makeAvatar(bytes, format), placeholder: false };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const message = messageOf(error).replace(/^The logo\b/, `The logo ${path}`);
    throw new UserError(message, {
      code: error.code,
      ...(error.hint !== undefined && { hint: error.hint }),
      cause: error,
    });
  }
}

/** Draws a plain logo with the service's initials. */
export async function drawLogo(displayName: string, name: string): Promise<Logo> {
  const bytes = Buffer.from(placeholderLogo(displayName, name));
  return { format: "svg", bytes, avatar: await makeAvatar(bytes, "svg"), placeholder: true };
}
