/** Symbolic links, and copies of files as what they are. */
import { chmod, chown, copyFile, lstat, readlink, stat, symlink } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { fileError, isMissing, systemCode } from "./file-error.ts";
import { readBytesIfExists } from "./files.ts";
import { asking, NOTHING, noteUnrepeatable } from "./reads.ts";

/**
 * Where a symbolic link points, as an absolute path; the target need not exist.
 * @returns Undefined when the path is no link or is not there.
 */
export async function linkTarget(path: string): Promise<string | undefined> {
  const answer = asking("link", path);
  try {
    const target = resolve(dirname(path), await readlink(path));
    answer?.(target);
    return target;
  } catch (error) {
    if (!isMissing(error) && !["EINVAL", "UNKNOWN"].includes(systemCode(error) ?? "")) throw error;
    answer?.(NOTHING);
    return undefined;
  }
}

/**
 * The bytes of a file, or the text of a symbolic link, whether or not what it names is there.
 * @returns Undefined when there is nothing at the path.
 * @throws UserError or MachineError when that cannot be told.
 */
export async function readEntry(path: string): Promise<Buffer | undefined> {
  noteUnrepeatable(path);
  try {
    if ((await lstat(path)).isSymbolicLink()) return Buffer.from(await readlink(path));
  } catch (error) {
    if (!isMissing(error)) throw fileError(error, "look at", path);
  }
  return readBytesIfExists(path);
}

/**
 * Copies a file with its mode and owner.
 * @param options `links`: a symbolic link is copied as a link, with the same text.
 */
export async function copyEntry(
  from: string,
  to: string,
  options: { links: boolean },
): Promise<void> {
  const isLink = options.links && (await lstat(from)).isSymbolicLink();
  if (isLink) return symlink(await readlink(from), to);
  await copyFile(from, to);
  await takeModeAndOwner(from, to);
}

/** Gives a file the mode and, where that is allowed, the owner of another one: root must not take a user's files. */
export async function takeModeAndOwner(from: string, to: string): Promise<void> {
  const { mode, uid, gid } = await stat(from);
  // Only root may give a file away. Everybody else has made it as its owner.
  await chown(to, uid, gid).catch(() => undefined);
  await chmod(to, mode);
}
