/**
 * The cache of booted Pythons. A snapshot is the whole memory of a child that has loaded the harness and the
 * checkout's library; it makes the next start ten times faster. It is only ever a shortcut: a missing, foreign or
 * broken one is ignored and made again. Beside it lies the code of registries that go with it: see kept_code.py.
 */
import { join } from "node:path";
import { cacheDir } from "../host/cache.ts";
import { isFile, removePath } from "../host/files.ts";
import { type FileFacts, filesNow } from "../host/read-now.ts";
import { markAsUsed } from "../host/touch.ts";
import { writeCached } from "../host/unpack.ts";

/** Some trees (or states of one) stay fast; each is about 35 MB. */
const MAX_BYTES = 200e6;
/** How `writeCached` names what is not whole yet, and how long nobody writes at one. */
const PARTIAL = ".partial";
const LONGEST_WRITE_MS = 600_000;
const SUFFIX = ".snapshot";
const CODE_SUFFIX = ".code";

/** The folder with the snapshots. */
export function snapshotFolder(): string {
  return cacheDir("engine");
}

function pathOf(key: string, suffix = SUFFIX): string {
  return join(snapshotFolder(), `${key}${suffix}`);
}

/** The file of a snapshot, or undefined when there is none. */
export function findSnapshot(key: string): string | undefined {
  return findFile(pathOf(key));
}

/** The file with a registry's code, or undefined when there is none. */
export function findCode(key: string): string | undefined {
  return findFile(pathOf(key, CODE_SUFFIX));
}

function findFile(path: string): string | undefined {
  if (!isFile(path)) return undefined;
  markAsUsed(path);
  return path;
}

/** The file of the snapshot that was used last. */
export function lastSnapshot(): string | undefined {
  return endingIn(SUFFIX, filesNow(snapshotFolder()))[0]?.path;
}

/** Stores a snapshot and removes those that were not used for longest. A cache that cannot be written is no error. */
export function storeSnapshot(key: string, bytes: Uint8Array): Promise<void> {
  return store(pathOf(key), bytes);
}

/** Stores a registry's code. */
export function storeCode(key: string, bytes: Uint8Array): Promise<void> {
  return store(pathOf(key, CODE_SUFFIX), bytes);
}

async function store(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeCached(path, bytes);
    await prune();
  } catch {
    // A full disk or a read-only home only costs speed.
  }
}

/** Removes a snapshot that turned out to be of no use. */
export async function dropSnapshot(key: string): Promise<void> {
  await removePath(pathOf(key)).catch(() => undefined);
}

/** Keeps what was used last, within a size; and clears away what a killed process was writing. */
async function prune(): Promise<void> {
  const files = filesNow(snapshotFolder());
  const left = files.filter(({ path, modifiedMs }) => {
    return path.endsWith(PARTIAL) && modifiedMs < Date.now() - LONGEST_WRITE_MS;
  });
  for (const { path } of left) await removePath(path);
  const newest = [SUFFIX, CODE_SUFFIX].flatMap((suffix) => endingIn(suffix, files));
  let bytes = 0;
  for (const [index, { path, size }] of newest.entries()) {
    bytes += size;
    if (index > 0 && bytes > MAX_BYTES) await removePath(path);
  }
}

/** Those of a kind, the one that was used last first. */
function endingIn(suffix: string, files: readonly FileFacts[]): FileFacts[] {
  const found = files.filter(({ path }) => path.endsWith(suffix));
  return found.sort((a, b) => b.modifiedMs - a.modifiedMs);
}
