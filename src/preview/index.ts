export { type AvatarsOptions, drawAvatar, makeAvatars } from "./avatars.ts";
export { type BarColours, coloursOfPicture, coloursOfStream, defaultColours } from "./colour.ts";
export { drawMessages } from "./draw.ts";
export {
  messagePage,
  type PageMessage,
  PICTURE_DATE,
  PICTURE_TIME,
  type Recipient,
  standalonePage,
} from "./page.ts";
export type { ImageResult, MadeImage } from "./result.ts";
export {
  type Delivers,
  makeScreenshot,
  makeScreenshots,
  type PictureTarget,
  type Screenshot,
  type ScreenshotOptions,
  type ScreenshotsOptions,
} from "./screenshot.ts";
