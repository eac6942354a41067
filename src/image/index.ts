export { AVATAR_SIZE, type AvatarOptions, makeAvatar } from "./avatar.ts";
export {
  type Area,
  compareImages,
  type ImageDifference,
  patchError,
  SAME_LOOK_DB,
} from "./compare.ts";
export { noteOf, withNote } from "./note.ts";
export { isPlaceholder, placeholderLogo } from "./placeholder.ts";
export { isPng, optimisePng, pixelAt, pngFacts } from "./png.ts";
export { sideBySide } from "./side-by-side.ts";
export { inspectSvg, type SvgFacts } from "./svg.ts";
