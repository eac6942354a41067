export { AVATAR_SIZE, type AvatarOptions, makeAvatar } from "./avatar.ts";
export { isPng, pngSize } from "./chunks.ts";
export {
  type Area,
  compareImages,
  type ImageDifference,
  patchError,
  sameLook,
  showsPixels,
} from "./compare.ts";
export { optimiseSvg } from "./optimise-svg.ts";
export { isPlaceholder, placeholderLogo } from "./placeholder.ts";
export { type Pixels, pixelAt, pngFacts, pngOf } from "./png.ts";
export { sideBySide } from "./side-by-side.ts";
export { type Stamp, stamped, stampOf } from "./stamp.ts";
export { inspectSvg, type SvgFacts } from "./svg.ts";
export { pictureIn, svgAround } from "./svg-picture.ts";
