/** From messages to the bytes of a picture. */
import type { Browser } from "../browser/index.ts";
import { optimisePng } from "../image/index.ts";
import { messagePage, type PageMessage } from "./page.ts";

/** Width of a picture in CSS pixels, and device pixels a CSS pixel: pictures are 1520 px wide. */
const WIDTH = 760;
const SCALE = 2;

/** CSS pixels. Connect folds a message that takes more than 65 % of its tool's window, which is 1024 high. */
const LONGEST_MESSAGE = 665;

/**
 * Draws messages as Connect's documentation shows them; when one is too long, all of them folded.
 * @returns An optimised PNG, 1520 pixels wide.
 * @throws UserError `picture-too-tall`; MachineError `browser-failed`.
 */
export async function drawMessages(
  browser: Browser,
  messages: readonly PageMessage[],
): Promise<Buffer> {
  const [whole, folded] = await Promise.all([
    messagePage(messages),
    messagePage(messages, { condensed: true }),
  ]);
  const fold = { selector: ".content", above: LONGEST_MESSAGE, page: folded };
  const png = await browser.drawPage(whole, { clip: ".picture", width: WIDTH, scale: SCALE, fold });
  return optimisePng(png);
}
