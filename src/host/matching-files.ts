import { isAbsolute } from "node:path";
import { glob } from "tinyglobby";

/**
 * The files that a pattern fits, sorted.
 * @param pattern With `*`, `?`, `**`, `[…]` or `{…}`, relative to the folder or absolute.
 * @param folder Absolute.
 */
export async function matchingFiles(pattern: string, folder: string): Promise<string[]> {
  const found = await glob(pattern, {
    cwd: folder,
    expandDirectories: false,
    followSymbolicLinks: false,
    absolute: isAbsolute(pattern),
  });
  return found.sort();
}
