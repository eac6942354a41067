/** Copies of what a command is about to delete and nothing else has, so that it can be brought back by hand. */
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { UserError } from "../errors.ts";
import { cacheDir } from "./cache.ts";
import { changedMeanwhile } from "./changes.ts";
import { machineFileError } from "./file-error.ts";
import { fileStat, listDirectory, removePath, resolveInside } from "./files.ts";
import { copyEntry, readEntry } from "./links.ts";

/** How long copies are kept, in days. The next run that makes copies removes older ones. */
export const KEPT_DAYS = 30;

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Copies files into a new folder below the cache folder, at the paths they have in their tree.
 * @param root The tree's absolute folder.
 * @param paths Paths relative to it. Links are copied as links.
 * @param label What the folder is called after the time of day.
 * @returns The absolute path of the new folder.
 * @throws UserError `changed-meanwhile` when a file is gone, MachineError when the copies cannot be made; no copies are
 *   kept then.
 */
export async function keepCopies(
  root: string,
  paths: readonly string[],
  label: string,
): Promise<string> {
  const all = cacheDir("removed");
  const now = new Date().toISOString().replaceAll(/[-:]/g, "").replace(".", "");
  const folder = join(all, `${now}-${label}`);
  try {
    for (const path of paths) {
      const copy = resolveInside(folder, path);
      await mkdir(dirname(copy), { recursive: true });
      const from = join(root, path);
      await copyEntry(from, copy, { links: true }).catch(async (error: unknown) => {
        // Another run may take it away while this one is at it.
        throw (await readEntry(from)) === undefined ? changedMeanwhile(path) : error;
      });
    }
  } catch (error) {
    if (error instanceof UserError) {
      await removePath(folder);
      throw error;
    }
    throw machineFileError(error, "keep copies", folder, "CONNECT_WEBHOOK_CACHE");
  }
  await removeOld(all);
  return folder;
}

async function removeOld(folder: string): Promise<void> {
  for (const { name } of await listDirectory(folder)) {
    const { modifiedMs = 0 } = fileStat(join(folder, name)) ?? {};
    if (Date.now() - modifiedMs > KEPT_DAYS * DAY_MS) await removePath(join(folder, name));
  }
}
