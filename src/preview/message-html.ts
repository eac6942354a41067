/** A message's Markdown as HTML, with what this tree knows. */
import type { Checkout } from "../checkout/model.ts";
import type { SentMessage } from "../engine/types.ts";
import { readTextIfExists, resolveInside } from "../host/files.ts";
import { type EmojiTable, parseEmojiNames, renderMarkdown } from "../markdown/index.ts";
import { PICTURE_DATE } from "./page.ts";

/** Where a tree keeps the names of its emoji. */
const EMOJI_NAMES = "tools/setup/emoji/emoji_names.py";

/** Renders a message. The HTML is safe whatever the message says. */
export type MessageHtml = (message: Pick<SentMessage, "content" | "stream">) => string;

/**
 * Reads what rendering needs of a tree, and gives the function that renders its messages: with the emoji the
 * tree knows, at the moment that every picture shows, and with links to the stream the message goes to.
 */
export async function messageHtml({ root }: Checkout): Promise<MessageHtml> {
  const emoji = await treeEmoji(root);
  return ({ content, stream }) =>
    renderMarkdown(content, {
      now: PICTURE_DATE,
      ...(emoji && { emoji }),
      ...(stream !== undefined && { streams: [{ id: 1, name: stream }] }),
    });
}

async function treeEmoji(root: string): Promise<EmojiTable | undefined> {
  const source = await readTextIfExists(resolveInside(root, EMOJI_NAMES));
  if (source === undefined) return undefined;
  const table = parseEmojiNames(source);
  return table.codes.size > 0 ? table : undefined;
}
