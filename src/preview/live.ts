/** Messages for a page that stays open: its head once, then the inside of its body for each delivery. */
import type { Checkout, Integration } from "../checkout/model.ts";
import type { SentMessage } from "../engine/types.ts";
import { escapeHtml } from "../markdown/index.ts";
import { darkBarOf } from "./colour.ts";
import type { MessageHtml } from "./message-html.ts";
import type { PageMessage } from "./page.ts";
import { plainConfig } from "./request.ts";
import { pageMessages } from "./scene.ts";
import type { Theme } from "./themes/theme.ts";

/**
 * The head: styles and fonts, the same for all messages, and as `meta[name=picture]` where the messages are on the page.
 */
export async function liveHead(theme: Theme): Promise<string> {
  const { head } = await theme.page([]);
  const { dark } = theme.live;
  const styles = await theme.live.styles();
  const scheme =
    dark === undefined ? "" : `:root{color-scheme:light}:root.${dark}{color-scheme:dark}`;
  const stated = escapeHtml(JSON.stringify({ ...theme.frame, dark }));
  return `${head}<style>${styles}${scheme}</style><meta name="picture" content="${stated}">`;
}

/** The style sheets of a head. */
export function styleSheets(head: string): string[] {
  return [...head.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, css = ""]) => css);
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
  const body = await liveCard(context, integration, messages);
  return (await furtherHead(context.theme, body)) + body;
}

/** The same without those styles. */
export async function liveCard(
  context: LiveRenderContext,
  integration: Integration,
  messages: readonly SentMessage[],
): Promise<string> {
  const { theme } = context;
  const entry = plainConfig(integration, "", context.checkout.dialect.imageRoot);
  const drawn = await pageMessages(messages, { integration, entry }, context);
  const shown = theme.live.dark === undefined ? drawn : drawn.map(inBothColours);
  return (await theme.page(shown)).body;
}

/** What the head of a page with this body has more than that of any: styles of formulas, and fonts of further scripts. */
export async function furtherHead(theme: Theme, body: string): Promise<string> {
  const [head, common] = await Promise.all([theme.head(body), theme.head("")]);
  return head.slice(common.length);
}

/** The bar's colour stands in the message itself, so it has to be one for light and one for dark. */
function inBothColours(message: PageMessage): PageMessage {
  const { colours } = message;
  const bar = `light-dark(${colours.bar}, ${darkBarOf(colours)})`;
  return { ...message, colours: { ...colours, bar } };
}
