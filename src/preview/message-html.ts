/** A message's Markdown as HTML, with what this tree knows. */
import { treeEmoji } from "../checkout/index.ts";
import type { Checkout } from "../checkout/model.ts";
import type { SentMessage } from "../engine/types.ts";
import { readTextIfExists, resolveInside } from "../host/files.ts";
import { type MarkdownDialect, parseMarkdownDialect, renderMarkdown } from "../markdown/index.ts";
import { PICTURE_DATE } from "./page.ts";

/** The tree's own renderer. */
const RENDERER = "zerver/lib/markdown/__init__.py";

/** Renders a message. The HTML is safe whatever the message says. */
export type MessageHtml = (message: Pick<SentMessage, "content" | "stream">) => string;

/**
 * Reads what rendering needs of a tree, and gives the function that renders its messages: with the dialect
 * and the emoji of the tree, at the moment that every picture shows, and with links to the stream the message goes to.
 */
export async function messageHtml({ root }: Checkout): Promise<MessageHtml> {
  const [emoji, dialect] = await Promise.all([treeEmoji(root), treeDialect(root)]);
  return ({ content, stream }) =>
    renderMarkdown(content, {
      now: PICTURE_DATE,
      ...(emoji && { emoji }),
      ...(dialect && { dialect }),
      ...(stream !== undefined && { streams: [{ id: 1, name: stream }] }),
    });
}

async function treeDialect(root: string): Promise<MarkdownDialect | undefined> {
  const source = await readTextIfExists(resolveInside(root, RENDERER));
  return source === undefined ? undefined : parseMarkdownDialect(source);
}
