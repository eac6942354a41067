/** The documentation pictures of integrations: fixture, delivery, message, picture. */
import type { Browser } from "../browser/index.ts";
import type { Checkout } from "../checkout/model.ts";
import { MachineError, UserError } from "../errors.ts";
import { readBytesIfExists, resolveInside } from "../host/files.ts";
import { pictureIn, pngFacts, samePixels, stamped, stampOf, svgAround } from "../image/index.ts";
import { drawMessages } from "./draw.ts";
import { inLanes, oneByOne } from "./lanes.ts";
import { messageHtml } from "./message-html.ts";
import { changeTo, type ImageResult, type MadeImage, withoutImage } from "./result.ts";
import { type Delivers, type PictureTarget, type Stage, sceneOf } from "./scene.ts";
import { InputHashes, pageHash } from "./stamp.ts";
import type { Theme } from "./themes/theme.ts";

export interface ScreenshotsOptions {
  checkout: Checkout;
  engine: Delivers;
  browser: Browser;
  targets: readonly PictureTarget[];
  theme: Theme;
  /** Called after each picture. */
  onImage?: (result: ImageResult) => void;
  signal?: AbortSignal;
}

/**
 * Makes the pictures of the targets. A target whose view fails is a `failed` result; a machine that cannot
 * draw at all is an exception.
 * @returns The results in the order of the targets.
 */
export async function makeScreenshots(options: ScreenshotsOptions): Promise<MadeImage[]> {
  const { checkout, browser, targets, theme, onImage, signal } = options;
  const studio: Studio = {
    checkout,
    browser,
    theme,
    engine: oneByOne(options.engine),
    html: await messageHtml(checkout),
    inputs: new InputHashes(checkout, theme),
  };
  return inLanes(targets, signal, async (target) => {
    const image = await screenshotOf(target, studio);
    onImage?.(image.result);
    return image;
  });
}

/** What pictures are made with. */
export interface Studio extends Stage {
  browser: Browser;
  inputs: InputHashes;
}

async function screenshotOf(target: PictureTarget, studio: Studio): Promise<MadeImage> {
  const { name } = target.integration;
  const path = target.entry.imagePath;
  try {
    const existing = await readBytesIfExists(resolveInside(studio.checkout.root, path));
    const { bytes, width, height } = await makeScreenshot(target, studio, existing);
    const same = existing !== undefined && (await isSame(bytes, existing));
    const status = same ? "unchanged" : "written";
    const size = (same ? existing : bytes).length;
    const result = { integration: name, path, width, height, bytes: size, status } as const;
    return same ? { result } : { result, change: changeTo(path, bytes, existing) };
  } catch (error) {
    if (!(error instanceof UserError) || error instanceof MachineError) throw error;
    return withoutImage(name, path, "failed", error);
  }
}

/** A picture's bytes: a PNG, or an SVG around it when its name asks for one. */
export interface Screenshot {
  bytes: Buffer;
  /** Device pixels. */
  width: number;
  height: number;
}

/**
 * Makes one picture: delivers the fixture as Connect's own tool does, and draws the last message.
 * @param existing The picture that is there now, whose stream colour is kept.
 * @throws UserError `delivery-failed` when the view refuses the payload, `no-message` when it sends nothing.
 */
export async function makeScreenshot(
  target: PictureTarget,
  studio: Studio,
  existing: Uint8Array | undefined,
): Promise<Screenshot> {
  const messages = [await sceneOf(target, studio, existing)];
  const drawn = await drawMessages(studio.browser, messages, studio.theme);
  const { width, height } = await pngFacts(drawn);
  const page = await pageHash(messages, studio.theme);
  const stamp = { ...(await studio.inputs.of(target)), page };
  const png = stamped(drawn, stamp);
  const bytes = target.entry.imageName.endsWith(".svg") ? svgAround(png, width, height) : png;
  return { bytes, width, height };
}

/**
 * Whether a new picture says nothing that the old one does not. An old one whose stamp says that it was made from
 * something else is replaced even when it looks the same, or it would count as stale for ever.
 */
async function isSame(made: Buffer, existing: Buffer): Promise<boolean> {
  const [before, after] = [stampOf(existing), stampOf(made)];
  if (
    before &&
    after &&
    (["data", "form", "page"] as const).some((key) => before[key] !== after[key])
  ) {
    return false;
  }
  // What is there cannot be read: it is replaced.
  return samePixels(pictureIn(made), pictureIn(existing)).catch(() => false);
}
