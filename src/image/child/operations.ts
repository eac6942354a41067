/** What the image process does for its parent, by name. */
import { makeAvatar, showsLogo } from "./avatar.ts";
import { damageOfPicture, looksAlike, patchError, pixelHashOf, showsPixels } from "./compare.ts";
import { optimiseSvg } from "./optimise-svg.ts";
import { pixelAt } from "./pixel.ts";
import { sideBySide } from "./side-by-side.ts";

export const operations = {
  damageOfPicture,
  makeAvatar,
  optimiseSvg,
  patchError,
  pixelAt,
  pixelHashOf,
  looksAlike,
  showsLogo,
  showsPixels,
  sideBySide,
};

export type Operations = typeof operations;
