/** The emoji of a tree, and what to use in the place of those that it does not have. */
import { readTextIfExists, resolveInside } from "../host/files.ts";
// Not from markdown/index.ts: no start of a command has to wait for all of that.
import { nameElsewhere } from "../markdown/emoji/other-names.ts";
import { parseEmojiNames } from "../markdown/emoji/parse.ts";
import type { EmojiTable } from "../markdown/emoji/table.ts";
import { nearestNames } from "./names.ts";

/** Where a tree keeps the names of its emoji. */
export const EMOJI_NAMES = "tools/setup/emoji/emoji_names.py";

/** @returns Undefined when the tree has no list, or one that is written in another way. */
export async function treeEmoji(root: string): Promise<EmojiTable | undefined> {
  const source = await readTextIfExists(resolveInside(root, EMOJI_NAMES));
  return source === undefined ? undefined : emojiIn(source);
}

/** The emoji that a list names; undefined when it is written in another way, and seems to have none. */
export function emojiIn(source: string): EmojiTable | undefined {
  const table = parseEmojiNames(source);
  return table.codes.size > 0 ? table : undefined;
}

/** What to write in the place of an emoji that a tree does not have, as a sentence. */
export function emojiAdvice(name: string, emoji: EmojiTable): string {
  const elsewhere = nameElsewhere(name, emoji);
  if (elsewhere !== undefined) return `Connect calls it \`:${elsewhere}:\`.`;
  const near = nearestNames(name, [...emoji.codes.keys()], 2).map((one) => `\`:${one}:\``);
  if (near.length > 0) return `Did you mean ${near.join(" or ")}?`;
  return "Use a name that the emoji picker shows.";
}
