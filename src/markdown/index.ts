/**
 * Message Markdown as Connect renders it.
 *
 * The stages are those of Connect's server: the text is prepared and fences are set aside, block
 * processors build a tree, inline patterns work through its texts in order of priority, and the
 * finished tree is written as HTML. Only this module's own tags and attributes can come out.
 */
import { parseBlocks } from "./blocks/parser.ts";
import { insertBreaks } from "./breaks.ts";
import { bundledEmoji } from "./emoji/bundled.ts";
import type { EmojiTable } from "./emoji/table.ts";
import { setFencesAside } from "./fences.ts";
import { processInlines } from "./inline/engine.ts";
import { inlinePatterns } from "./inline/patterns.ts";
import { separateLists, splitNormalised } from "./lines.ts";
import type { MarkdownOptions } from "./options.ts";
import { insertPreviews } from "./previews/insert.ts";
import { serialise } from "./serialise.ts";
import { Stash } from "./stash.ts";
import { isBlank, strip } from "./whitespace.ts";

export { type MarkdownDialect, parseMarkdownDialect } from "./dialect.ts";
export { bundledEmoji } from "./emoji/bundled.ts";
export { nameElsewhere } from "./emoji/other-names.ts";
export { parseEmojiNames } from "./emoji/parse.ts";
export type { EmojiTable } from "./emoji/table.ts";
export { escapeHtml } from "./escape.ts";
export { endsInFence } from "./fences.ts";
export type { Linkifier, MarkdownOptions, MediaAddresses, NamedId } from "./options.ts";

/**
 * Renders a message as Connect does (`zerver/lib/markdown/__init__.py`).
 * @param source The message's Markdown. It need not be trusted.
 * @param options What names, emoji and addresses are known.
 * @returns HTML that consists of allow-listed tags, attributes and URL schemes only.
 */
export function renderMarkdown(source: string, options: MarkdownOptions = {}): string {
  if (isBlank(source)) return "";
  const stash = new Stash();
  const lines = splitNormalised(separateLists(source.split("\n")));
  const root = parseBlocks(setFencesAside(lines, stash, options.defaultCodeLanguage), stash);
  processInlines(root, inlinePatterns({ emoji: bundledEmoji(), ...options }));
  insertBreaks(root);
  if (options.previews !== false) insertPreviews(root, options);
  stash.restore(root);
  return strip(serialise(root));
}

/** A name of an emoji by itself: what a time, an address or a namespace has between colons is none. */
const NAMED = /(?<![\w:/}]):(?<name>[a-z][a-z0-9_+-]*):(?![\w:/{])/g;

/**
 * The names between colons that a message shows as they are, because there is no such emoji. Code, addresses and the
 * like are left out, as Connect makes no emoji of them.
 * @param source The message's Markdown. It need not be trusted.
 * @param emoji What emoji there are.
 */
export function unknownEmoji(source: string, emoji: EmojiTable): string[] {
  const meant = new Set([...source.matchAll(NAMED)].map(({ groups }) => groups?.name ?? ""));
  if ([...meant].every((name) => emoji.codes.has(name))) return [];
  const shown = new Set<string>();
  renderMarkdown(source, { emoji, onUnknownEmoji: (name) => shown.add(name) });
  return [...meant].filter((name) => shown.has(name));
}
