/** Saying which pictures are stale, without a browser where that can be known. */
import type { Browser } from "../browser/index.ts";
import type { Checkout } from "../checkout/model.ts";
import { MachineError, UserError } from "../errors.ts";
import { readBytesIfExists, resolveInside } from "../host/files.ts";
import {
  isAsStamped,
  patchError,
  pictureIn,
  pixelHashOf,
  pngFacts,
  type Stamp,
  stampOf,
} from "../image/index.ts";
import { mapConcurrently } from "./concurrency.ts";
import { drawCard, isWholeCard } from "./draw.ts";
import { messageHtml } from "./message-html.ts";
import { type ImageResult, withoutImage } from "./result.ts";
import { type Delivers, type PictureTarget, type RenderContext, sceneOf } from "./scene.ts";
import { InputHashes, pageHash } from "./stamp.ts";
import type { Theme } from "./themes/theme.ts";

export interface CheckOptions {
  checkout: Checkout;
  targets: readonly PictureTarget[];
  theme: Theme;
  /** Asked only when what a picture was made from has changed, or it was made elsewhere. */
  engine: Delivers;
  /** Asked only for a picture that was made elsewhere. */
  browser: () => Promise<Browser>;
  /** Called after each picture. */
  onImage?: (result: ImageResult) => void;
  signal?: AbortSignal;
}

/**
 * How far a picture that was made elsewhere may be off, by `patchError`. Connect's own pictures of an unchanged
 * message are below 9; one more or another word is above 30.
 */
const TOLERANCE = 12;

/** Device pixels: blocks of text can be a CSS pixel higher or lower. */
const HEIGHT_TOLERANCE = 2;

/** Where a picture tells its time, in device pixels: Connect's own show when they were made. */
const TIME_AREA = { left: 1340, top: 84, width: 170, height: 60 };

interface Checker extends RenderContext {
  signal: AbortSignal | undefined;
  inputs: InputHashes;
  browser: CheckOptions["browser"];
}

/**
 * Checks the pictures of the targets: `unchanged`, `stale` or `missing`, or `failed` when the message cannot be made.
 * @returns The results in the order of the targets.
 */
export async function checkScreenshots(options: CheckOptions): Promise<ImageResult[]> {
  const { checkout, targets, theme, browser, engine, onImage, signal } = options;
  const checker: Checker = {
    checkout,
    browser,
    theme,
    engine,
    html: await messageHtml(checkout),
    inputs: new InputHashes(checkout, theme),
    signal,
  };
  return mapConcurrently(targets, signal, async (target) => {
    const result = await checkOne(target, checker);
    onImage?.(result);
    return result;
  });
}

async function checkOne(target: PictureTarget, checker: Checker): Promise<ImageResult> {
  const { imagePath: path } = target.entry;
  const { name } = target.integration;
  try {
    const picture = await readBytesIfExists(resolveInside(checker.checkout.root, path));
    if (picture === undefined) return withoutImage(name, path, "missing").result;
    const size = await pngFacts(pictureIn(picture)).catch(() => undefined);
    const found = { integration: name, path, width: 0, height: 0, ...size, bytes: picture.length };
    const reason = size
      ? await whyStale(target, picture, checker)
      : "It is not a readable picture.";
    return reason === undefined
      ? { ...found, status: "unchanged" }
      : { ...found, status: "stale", reason };
  } catch (error) {
    if (!(error instanceof UserError) || error instanceof MachineError) throw error;
    return withoutImage(name, path, "failed", error).result;
  }
}

/** Whether a picture shows what was drawn, also when it was packed anew since. */
async function isWhole(picture: Buffer, stamp: Stamp): Promise<boolean> {
  if (isAsStamped(picture)) return true;
  // What cannot be unpacked is damaged.
  const hash = await pixelHashOf(pictureIn(picture)).catch(() => undefined);
  return hash === stamp.pixels;
}

/** Undefined for a picture that is up to date. */
async function whyStale(
  target: PictureTarget,
  picture: Buffer,
  checker: Checker,
): Promise<string | undefined> {
  const found = stampOf(picture);
  if (found !== undefined && !(await isWhole(picture, found))) {
    return "It was changed after it was drawn.";
  }
  // A picture that shows no whole message is drawn and compared, whatever its stamp says.
  const isCard = found !== undefined && (await isWholeCard(pictureIn(picture), checker.theme));
  const stamp = isCard ? found : undefined;
  if (stamp !== undefined && stamp.inputs === (await checker.inputs.of(target)).inputs) {
    return undefined;
  }
  const page = await checker.theme.page([await sceneOf(target, checker, picture)]);
  if (stamp !== undefined) {
    if (stamp.page === pageHash(page)) return undefined;
    return "What it shows has changed since it was drawn.";
  }
  const drawn = await drawCard(await checker.browser(), page, checker.theme);
  const existing = pictureIn(picture);
  const { width, height } = await pngFacts(existing);
  if (width !== drawn.width || Math.abs(height - drawn.height) > HEIGHT_TOLERANCE) {
    return "Its size differs from the size with which it would be drawn now.";
  }
  const error = await patchError(existing, drawn, TIME_AREA, { signal: checker.signal });
  return error > TOLERANCE ? "It looks different from what would be drawn now." : undefined;
}
