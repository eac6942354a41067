/**
 * The cache of booted Pythons. A snapshot is the whole memory of a child that has loaded the harness and the
 * checkout's library; it makes the next start ten times faster. It is only ever a shortcut: a missing, foreign or
 * broken one is ignored and made again.
 */
import { join } from "node:path";
import { cacheDir } from "../host/cache.ts";
import { fileStat, isFile, listDirectory, removePath } from "../host/files.ts";
import { markAsUsed } from "../host/touch.ts";
import { writeCached } from "../host/unpack.ts";

/** As many trees (or states of one) stay fast; each is about 40 MB. */
const KEPT = 4;
const SUFFIX = ".snapshot";

/** The folder with the snapshots. */
export function snapshotFolder(): string {
  return cacheDir("engine");
}

function pathOf(key: string): string {
  return join(snapshotFolder(), `${key}${SUFFIX}`);
}

/** The file of a snapshot, or undefined when there is none. */
export function findSnapshot(key: string): string | undefined {
  const path = pathOf(key);
  if (!isFile(path)) return undefined;
  markAsUsed(path);
  return path;
}

/** Stores a snapshot and removes those that were not used for longest. A cache that cannot be written is no error. */
export async function storeSnapshot(key: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeCached(pathOf(key), bytes);
    await prune();
  } catch {
    // A full disk or a read-only home only costs speed.
  }
}

/** Removes a snapshot that turned out to be of no use. */
export async function dropSnapshot(key: string): Promise<void> {
  await removePath(pathOf(key)).catch(() => undefined);
}

async function prune(): Promise<void> {
  const entries = await listDirectory(snapshotFolder());
  const found = entries
    .filter(({ name }) => name.endsWith(SUFFIX))
    .map(({ name }) => join(snapshotFolder(), name))
    .map((path) => ({ path, modifiedMs: fileStat(path)?.modifiedMs ?? 0 }))
    .sort((a, b) => b.modifiedMs - a.modifiedMs);
  for (const { path } of found.slice(KEPT)) await removePath(path);
}
