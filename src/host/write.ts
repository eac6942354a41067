/** Writing a file that the user named, outside of any plan of changes: an exported page, a comparison. */
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { fileError } from "./files.ts";
import { partialOf } from "./partial.ts";

/**
 * Writes a file whole or not at all, over whatever is there. Its folder is made when it is missing.
 * @param path The file, relative to the current folder or absolute.
 * @throws UserError or MachineError when it cannot be written.
 */
export async function writeOutput(path: string, content: Uint8Array | string): Promise<void> {
  const target = resolve(path);
  const partial = partialOf(target);
  try {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(partial, content);
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw fileError(error, "write the file", target);
  }
}
