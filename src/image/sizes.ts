/** How large pictures are. */

/** An avatar's pixels a side. */
export const AVATAR_SIZE = 100;

/** More pixels than any logo or picture has; a small file can claim far more. */
export const MAX_PIXELS = 64_000_000;
