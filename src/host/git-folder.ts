/** Keeping writes out of git's own folder, whose hooks and settings are programs to run. */
import { relative } from "node:path";
import { UserError } from "../errors.ts";
import { realPath, resolveInside } from "./files.ts";

/** What some file systems leave out of names (HFS+), so that `.g<U+200C>it` is `.git`. */
const IGNORED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/**
 * Whether a path leads to or through something called `.git`, the way any file system reads it: Windows ignores case,
 * blanks and dots at the end and what follows a colon, and has the short name `git~1`.
 * @param path A path relative to a tree.
 */
export function namesGit(path: string): boolean {
  return path.split(/[/\\]/).some((part) => {
    const name = part
      .replace(IGNORED, "")
      .replace(/:.*/s, "")
      .replace(/(?<![. ])[. ]+$/, "");
    return /^(?:\.git|git~\d+)$/i.test(name);
  });
}

/**
 * Joins path parts to a root for writing there: as `resolveInside`, and never git's own folder, links included.
 * @param root An absolute folder.
 * @throws UserError `outside-root` or `inside-git`.
 */
export function resolveToWrite(root: string, ...parts: string[]): string {
  const target = resolveInside(root, ...parts);
  refuseGit(relative(root, target));
  refuseGit(relative(realPath(root), realPath(target)));
  return target;
}

/** @throws UserError `inside-git` for a path, relative to a tree, that leads there. */
export function refuseGit(path: string): void {
  if (!namesGit(path)) return;
  throw new UserError(`The path ${path} leads into git's own folder.`, {
    code: "inside-git",
    hint: "Nothing is ever written there; use another path.",
  });
}
