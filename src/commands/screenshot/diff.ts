/** The comparisons that `--diff` writes. */
import { join } from "node:path";
import { pictureIn, sideBySide } from "../../image/index.ts";
import type { MadeImage } from "../../preview/index.ts";

/**
 * Draws old, new and difference of each picture that replaces another one.
 * @param folder Where they go; each is named after its picture's folder and name.
 * @param write Writes a file.
 * @returns How many there are.
 */
export async function comparisons(
  made: readonly MadeImage[],
  folder: string,
  write: (path: string, content: Uint8Array) => Promise<void>,
): Promise<number> {
  let written = 0;
  for (const { change } of made) {
    if (change?.expected === undefined || change.content === undefined) continue;
    const name = change.path
      .split("/")
      .slice(-2)
      .join("-")
      .replace(/\.\w+$/, ".png");
    const [before, after] = [pictureIn(change.expected), pictureIn(change.content)];
    // What is there may be no picture at all; then there is nothing to compare with.
    const picture = await sideBySide(before, after).catch(() => undefined);
    if (picture === undefined) continue;
    await write(join(folder, name), picture);
    written += 1;
  }
  return written;
}
