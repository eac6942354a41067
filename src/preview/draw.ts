/** From a page to the pixels of a picture. */
import type { Browser, Drawing } from "../browser/index.ts";
import type { MessagesPage, Theme } from "./themes/theme.ts";

/** Device pixels a CSS pixel. */
const SCALE = 2;

/** CSS pixels. Connect folds a message that takes more than 65 % of its tool's window, which is 1024 high. */
const LONGEST_MESSAGE = 665;

/**
 * Draws messages as Connect's documentation shows them; when one is too long, all of them folded.
 * @param page The theme's page with the messages.
 * @throws UserError `picture-too-tall`; MachineError `browser-failed`.
 */
export function drawPage(browser: Browser, page: MessagesPage, theme: Theme): Promise<Drawing> {
  const fold = { selector: theme.content, above: LONGEST_MESSAGE, body: page.folded };
  return browser.drawPage(page, { ...theme.frame, scale: SCALE, fold });
}
