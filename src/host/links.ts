/** Symbolic links. */
import { readlink } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { systemCode } from "./files.ts";

/**
 * Where a symbolic link points, as an absolute path; the target need not exist.
 * @returns Undefined when the path is no link or is not there.
 */
export async function linkTarget(path: string): Promise<string | undefined> {
  try {
    return resolve(dirname(path), await readlink(path));
  } catch (error) {
    if (["EINVAL", "ENOENT", "ENOTDIR", "UNKNOWN"].includes(systemCode(error) ?? ""))
      return undefined;
    throw error;
  }
}
