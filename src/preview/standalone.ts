/** A delivery's messages as one page of their own, in the look of the pictures. */
import type { Checkout } from "../checkout/model.ts";
import type { SentMessage } from "../engine/types.ts";
import { messageHtml } from "./message-html.ts";
import { standalonePage } from "./page.ts";
import { pageMessages, type WebhookTarget } from "./scene.ts";
import { emojiFontFaces } from "./script-fonts.ts";
import type { Theme } from "./themes/theme.ts";

/**
 * @param messages All messages that the delivery led to.
 * @returns HTML that loads nothing and runs nothing.
 */
export async function standalone(
  checkout: Checkout,
  target: WebhookTarget,
  messages: readonly SentMessage[],
  theme: Theme,
): Promise<string> {
  const html = await messageHtml(checkout);
  const shown = await pageMessages(messages, target, { checkout, html });
  const { head, body } = await theme.page(shown);
  const emoji = await emojiFontFaces(body);
  const { clip, width } = theme.frame;
  // No wider than the picture, and as narrow as a phone.
  const reflow = `${await theme.live.styles()}${clip}{max-width:${width}px}`;
  const page = { head: `${head}<style>${emoji}${reflow}</style>`, body };
  return standalonePage(page, `${target.integration.displayName} in Connect`);
}
