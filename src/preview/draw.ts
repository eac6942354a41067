/** From messages to the bytes of a picture. */
import type { Browser } from "../browser/index.ts";
import { optimisePng } from "../image/index.ts";
import type { PageMessage } from "./page.ts";
import type { Theme } from "./themes/theme.ts";

/** Device pixels a CSS pixel. */
const SCALE = 2;

/** CSS pixels. Connect folds a message that takes more than 65 % of its tool's window, which is 1024 high. */
const LONGEST_MESSAGE = 665;

/**
 * Draws messages as Connect's documentation shows them; when one is too long, all of them folded.
 * @returns An optimised PNG.
 * @throws UserError `picture-too-tall`; MachineError `browser-failed`.
 */
export async function drawMessages(
  browser: Browser,
  messages: readonly PageMessage[],
  theme: Theme,
): Promise<Buffer> {
  const [whole, folded] = await Promise.all([
    theme.page(messages),
    theme.page(messages, { condensed: true }),
  ]);
  const fold = { selector: theme.content, above: LONGEST_MESSAGE, page: folded };
  const png = await browser.drawPage(whole, { ...theme.frame, scale: SCALE, fold });
  return optimisePng(png);
}
