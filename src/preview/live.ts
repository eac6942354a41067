/** Messages for a page that stays open: its head once, then the inside of its body for each delivery. */
import type { Checkout, Integration } from "../checkout/model.ts";
import type { SentMessage } from "../engine/types.ts";
import type { MessageHtml } from "./message-html.ts";
import { plainConfig } from "./request.ts";
import { pageMessage } from "./scene.ts";
import { builtinTheme } from "./themes/builtin.ts";

/** The head: styles and fonts, the same for all messages. */
export async function liveHead(): Promise<string> {
  return (await builtinTheme.page([])).head;
}

/**
 * Draws messages.
 * @returns HTML that loads nothing and runs nothing. Styles that only some messages need come with them.
 */
export async function liveBody(
  stage: { checkout: Checkout; html: MessageHtml },
  integration: Integration,
  messages: readonly SentMessage[],
): Promise<string> {
  const entry = plainConfig(integration, "", stage.checkout.dialect.imageRoot);
  const shown = await Promise.all(
    messages.map((message) => pageMessage(message, { integration, entry }, stage)),
  );
  const [{ head, body }, common] = await Promise.all([builtinTheme.page(shown), liveHead()]);
  return head.slice(common.length) + body;
}
