/** Reads the emoji that a Connect tree knows. */
import { type EmojiEntry, type EmojiTable, emojiTable } from "./table.ts";

const ENTRY =
  /"(?<code>[0-9a-f]{4,6}(?:-[0-9a-f]{4,6})*)"\s*:\s*\{\s*"canonical_name"\s*:\s*"(?<name>[^"\\]+)"\s*,\s*"aliases"\s*:\s*\[(?<aliases>[^\]]*)\]/g;

/**
 * Builds a table of emoji from a tree's `tools/setup/emoji/emoji_names.py`.
 * @param pythonSource The file's text. It is searched for entries, not run.
 * @returns The table; without names when the text holds no entry of the known form.
 */
export function parseEmojiNames(pythonSource: string): EmojiTable {
  const entries: EmojiEntry[] = [];
  for (const { groups } of pythonSource.matchAll(ENTRY)) {
    const aliases = [...(groups?.aliases ?? "").matchAll(/"([^"\\]+)"/g)];
    entries.push([
      groups?.code ?? "",
      groups?.name ?? "",
      ...aliases.map((alias) => alias[1] ?? ""),
    ]);
  }
  return emojiTable(entries);
}
