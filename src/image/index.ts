export { damageOfCard } from "./card.ts";
export type { Area } from "./child/compare.ts";
export { isPng, pngSize } from "./chunks.ts";
export { TooCostlyError } from "./client.ts";
export {
  type AvatarOptions,
  looksAlike,
  makeAvatar,
  optimiseSvg,
  patchError,
  pixelAt,
  pixelHashOf,
  showsLogo,
  showsPixels,
  showsWholeCard,
  sideBySide,
} from "./pictures.ts";
export { isPlaceholder, placeholderLogo } from "./placeholder.ts";
export { type Pixels, pngFacts, pngOf } from "./png.ts";
export { AVATAR_SIZE } from "./sizes.ts";
export { isAsStamped, pixelHash, type Stamp, stamped, stampOf } from "./stamp.ts";
export { inspectSvg, isSquare, type SvgFacts, svgSize } from "./svg.ts";
export { pictureIn, svgAround } from "./svg-picture.ts";
