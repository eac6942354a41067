/** Python that a command puts into a file of the author's, as the tree's formatter writes it. */
import { diffArrays } from "diff";
import type { Checkout } from "../checkout/model.ts";
import { readTextIfExists, resolveInside } from "../host/files.ts";
import { syntaxProblems } from "../python/source.ts";

/** Insertions and deletions that are looked for between two forms of a file; the work grows with their square. */
const MOST_EDITS = 2_000;

/**
 * Formats what was put into a Python file: all of it, where it was formatted before. Whoever wrote it in another form
 * keeps that, and only lines that are entirely new are formatted.
 * @param before The file before anything was put in.
 * @returns The text as it is where the tree runs no formatter.
 */
export async function formatWritten(
  checkout: Pick<Checkout, "root" | "dialect">,
  before: string,
  text: string,
): Promise<string> {
  if (before === text) return text;
  const formatter = await openFormatter(checkout);
  if (!formatter) return text;
  try {
    const formatted = await formatter.format(text);
    if ((await formatter.format(before)) === before) return formatted;
    return onlyNewLines(before, text, formatted);
  } catch {
    // What ruff cannot read, or not with the tree's settings, stays as it was put in.
    return text;
  } finally {
    await formatter.close();
  }
}

interface Formatter {
  format(text: string): Promise<string>;
  close(): Promise<void>;
}

/** Ruff stands in for black as well, whose only setting in these trees is the length of a line. */
async function openFormatter({
  root,
  dialect,
}: Pick<Checkout, "root" | "dialect">): Promise<Formatter | undefined> {
  const { formatterIn, openRuff } = await import("../lint/ruff.ts");
  const name = formatterIn((await readTextIfExists(resolveInside(root, "tools/lint"))) ?? "");
  if (name === "black") {
    const { formatPython } = await import("../scaffold/python/format.ts");
    const format = (text: string) => formatPython(text, dialect.registry.lineLength);
    return { format, close: async () => {} };
  }
  const ruff = name === "ruff" ? await openRuff(root) : undefined;
  return typeof ruff === "object" ? ruff : undefined;
}

/** Takes over of a formatted text what concerns lines that are new, and not a part of one that was there. */
function onlyNewLines(before: string, text: string, formatted: string): string {
  const lines = text.split("\n");
  const isNew = newLines(before.split("\n"), lines);
  const parts = diffArrays(lines, formatted.split("\n"), { maxEditLength: MOST_EDITS });
  if (!isNew || !parts) return text;
  const made: string[] = [];
  let at = 0;
  for (const [index, { value, added, removed }] of parts.entries()) {
    if (added) {
      // What takes the place of lines was dealt with there.
      const isAlone = !parts[index - 1]?.removed;
      if (isAlone && (isNew.has(at - 1) || isNew.has(at))) made.push(...value);
      continue;
    }
    const next = parts[index + 1];
    const isMine = removed && value.every((_, offset) => isNew.has(at + offset));
    if (!isMine) made.push(...value);
    else if (next?.added) made.push(...next.value);
    at += value.length;
  }
  const joined = made.join("\n");
  return syntaxProblems(joined).length === 0 ? joined : text;
}

/** The places of the lines of a text that stand between lines that were there before, and in the place of none. */
function newLines(before: readonly string[], lines: readonly string[]): Set<number> | undefined {
  const parts = diffArrays([...before], [...lines], { maxEditLength: MOST_EDITS });
  if (!parts) return undefined;
  const found = new Set<number>();
  let at = 0;
  for (const [index, { value, added, removed }] of parts.entries()) {
    if (removed) continue;
    const isChange = parts[index - 1]?.removed || parts[index + 1]?.removed;
    if (added && !isChange) for (const offset of value.keys()) found.add(at + offset);
    at += value.length;
  }
  return found;
}
