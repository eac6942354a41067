export { type AvatarsOptions, drawAvatar, makeAvatars } from "./avatars.ts";
export { type CheckOptions, checkScreenshots } from "./check.ts";
export { type BarColours, coloursOfPicture, coloursOfStream, defaultColours } from "./colour.ts";
export { contentAsText } from "./content.ts";
export { drawPage } from "./draw.ts";
export { conflictInFixture, faultInFixture } from "./fixture-conflict.ts";
export {
  furtherHead,
  type LiveRenderContext,
  liveBody,
  liveCard,
  liveHead,
  styleSheets,
} from "./live.ts";
export { optimiseLogos } from "./logos.ts";
export { type MessageHtml, messageHtml } from "./message-html.ts";
export { otherIntegrations } from "./other-integrations.ts";
export { type MessageTarget, otherPictures } from "./other-pictures.ts";
export {
  type PageMessage,
  PICTURE_DATE,
  PICTURE_TIME,
  type Recipient,
  standalonePage,
} from "./page.ts";
export {
  deliveryConfigFor,
  type PictureConfig,
  type Pictured,
  plainConfig,
  requestFor,
} from "./request.ts";
export type { ImageResult, MadeImage } from "./result.ts";
export { type Delivers, type PictureTarget, pageMessages } from "./scene.ts";
export { makeScreenshots, type ScreenshotsOptions } from "./screenshot.ts";
export { standalone } from "./standalone.ts";
export { builtinTheme } from "./themes/builtin.ts";
export { type ChosenTheme, chooseTheme } from "./themes/choose.ts";
export type { Theme, ThemeName } from "./themes/theme.ts";
