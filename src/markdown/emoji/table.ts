/** What a table of emoji holds. */

/** Known emoji, by name and by character. */
export interface EmojiTable {
  /** Name to code points, such as `tada` to `1f389`; aliases included. */
  readonly codes: ReadonlyMap<string, string>;
  /** Code points to the main name. */
  readonly names: ReadonlyMap<string, string>;
  /** Name to the address of an image, for emoji that have no character. */
  readonly images?: ReadonlyMap<string, string>;
}

/** The image that every server has, besides its own custom emoji. */
const SERVER_IMAGES: ReadonlyMap<string, string> = new Map([
  ["zulip", "/static/generated/emoji/images/emoji/unicode/zulip.png"],
]);

/** One emoji: its code points, then its names, the main one first. */
export type EmojiEntry = readonly [code: string, ...names: string[]];

/**
 * Builds a table.
 * @param entries The emoji; a name that comes twice belongs to the later one.
 */
export function emojiTable(entries: Iterable<EmojiEntry>): EmojiTable {
  const codes = new Map<string, string>();
  const names = new Map<string, string>();
  for (const [code, ...all] of entries) {
    if (all[0] !== undefined) names.set(code, all[0]);
    for (const name of all) codes.set(name, code);
  }
  return { codes, names, images: SERVER_IMAGES };
}
