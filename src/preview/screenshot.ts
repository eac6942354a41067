/** The documentation pictures of integrations: fixture, delivery, message, picture. */
import type { Browser, Drawing } from "../browser/index.ts";
import type { Checkout } from "../checkout/model.ts";
import { MachineError, UserError } from "../errors.ts";
import { resolveInside } from "../host/files.ts";
import { readBytesNow } from "../host/read-now.ts";
import {
  pictureIn,
  pixelHash,
  pngOf,
  type Stamp,
  showsPixels,
  stamped,
  stampOf,
  svgAround,
} from "../image/index.ts";
import { mapConcurrently } from "./concurrency.ts";
import { drawCard } from "./draw.ts";
import { messageHtml } from "./message-html.ts";
import { changeTo, type ImageResult, type MadeImage, withoutImage } from "./result.ts";
import { type Delivers, type PictureTarget, type RenderContext, sceneOf } from "./scene.ts";
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
  const { checkout, browser, targets, theme, engine, onImage, signal } = options;
  const context: ScreenshotContext = {
    checkout,
    browser,
    theme,
    engine,
    html: await messageHtml(checkout),
    inputs: new InputHashes(checkout, theme),
    signal,
  };
  return mapConcurrently(targets, signal, async (target) => {
    const image = await screenshotOf(target, context);
    onImage?.(image.result);
    return image;
  });
}

/** What pictures are made with. */
export interface ScreenshotContext extends RenderContext {
  signal: AbortSignal | undefined;
  browser: Browser;
  inputs: InputHashes;
}

async function screenshotOf(target: PictureTarget, context: ScreenshotContext): Promise<MadeImage> {
  const { name } = target.integration;
  const path = target.entry.imagePath;
  try {
    const existing = readBytesNow(resolveInside(context.checkout.root, path));
    const { drawing, stamp } = await makeScreenshot(target, context, existing);
    const { width, height } = drawing;
    const size = { integration: name, path, width, height };
    if (existing !== undefined && (await isSame(drawing, stamp, existing, context.signal))) {
      return { result: { ...size, bytes: existing.length, status: "unchanged" } };
    }
    const bytes = await fileOf(drawing, stamp, target.entry.imageName);
    return {
      result: { ...size, bytes: bytes.length, status: "written" },
      change: changeTo(path, bytes, existing),
    };
  } catch (error) {
    if (!(error instanceof UserError) || error instanceof MachineError) throw error;
    return withoutImage(name, path, "failed", error);
  }
}

/** A picture, and what it was made from. */
interface Screenshot {
  drawing: Drawing;
  stamp: Stamp;
}

/**
 * Makes one picture: delivers the fixture as Connect's own tool does, and draws the last message.
 * @param existing The picture that is there now, whose stream colour is kept.
 * @throws UserError `delivery-failed` when the view refuses the payload, `no-message` when it sends nothing,
 *   `damaged-picture` when the message is not whole in its picture.
 */
async function makeScreenshot(
  target: PictureTarget,
  context: ScreenshotContext,
  existing: Uint8Array | undefined,
): Promise<Screenshot> {
  const page = await context.theme.page([await sceneOf(target, context, existing)]);
  const [drawing, inputs] = await Promise.all([
    drawCard(context.browser, page, context.theme),
    context.inputs.of(target),
  ]);
  return {
    drawing,
    stamp: { ...inputs, page: pageHash(page), pixels: pixelHash(drawing.pixels) },
  };
}

/** A picture's bytes: a PNG, or an SVG around it when its name asks for one. */
async function fileOf(drawing: Drawing, stamp: Stamp, name: string): Promise<Buffer> {
  const png = stamped(await pngOf(drawing), stamp);
  return name.endsWith(".svg") ? svgAround(png, drawing.width, drawing.height) : png;
}

/**
 * Whether a new picture says nothing that the old one does not. An old one whose stamp says that it was made from
 * something else is replaced even when it looks the same, or it would count as stale for ever.
 */
async function isSame(
  drawing: Drawing,
  stamp: Stamp,
  existing: Buffer,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const before = stampOf(existing);
  const keys = ["data", "form", "page", "pixels"] as const;
  if (before && keys.some((key) => before[key] !== stamp[key])) return false;
  // What is there cannot be read: it is replaced.
  return showsPixels(pictureIn(existing), drawing, { signal }).catch(() => {
    signal?.throwIfAborted();
    return false;
  });
}
