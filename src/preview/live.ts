/** Messages for a page that stays open: its head once, then the inside of its body for each delivery. */
import type { Checkout, Integration } from "../checkout/model.ts";
import type { SentMessage } from "../engine/types.ts";
import { escapeHtml } from "../markdown/index.ts";
import type { MessageHtml } from "./message-html.ts";
import { plainConfig } from "./request.ts";
import { pageMessages } from "./scene.ts";
import type { Theme } from "./themes/theme.ts";

/**
 * The head: styles and fonts, the same for all messages, and as `meta[name=picture]` where the messages are on the page.
 */
export async function liveHead(theme: Theme): Promise<string> {
  const { head } = await theme.page([]);
  return `${head}<meta name="picture" content="${escapeHtml(JSON.stringify(theme.frame))}">`;
}

/** What messages are drawn with. */
export interface LiveRenderContext {
  checkout: Checkout;
  html: MessageHtml;
  theme: Theme;
}

/**
 * Draws messages.
 * @returns HTML that loads nothing and runs nothing. Styles that only some messages need come with them.
 */
export async function liveBody(
  context: LiveRenderContext,
  integration: Integration,
  messages: readonly SentMessage[],
): Promise<string> {
  const { theme } = context;
  const entry = plainConfig(integration, "", context.checkout.dialect.imageRoot);
  const shown = await pageMessages(messages, { integration, entry }, context);
  const [{ head, body }, common] = await Promise.all([theme.page(shown), theme.page([])]);
  return head.slice(common.head.length) + body;
}
