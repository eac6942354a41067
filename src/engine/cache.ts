/**
 * The cache of booted Pythons. It holds four kinds of files:
 * - snapshots: the whole memory of a child that has loaded the harness and a checkout's library, which makes the next
 *   start ten times faster;
 * - registries: the code of registries that go with them (see registry_code.py);
 * - V8's code of Pyodide;
 * - the memory of a child that has loaded the harness and nothing else, where a start without a snapshot begins.
 *
 * They are only ever a shortcut: a missing, foreign or broken one is ignored and made again. The first two are made by
 * children that run a checkout's code, the others by one that runs our own library and never a stranger's. So each begins with a seal that this process writes: the key, a hash of all that
 * went into it. It is opened here, and given only to a child that works for the same key; none reads this folder.
 */
import { basename, join } from "node:path";
import { cacheDir } from "../host/cache.ts";
import { environment } from "../host/environment.ts";
import { isFile } from "../host/files.ts";
import {
  closeFile,
  makeOwnFolder,
  openOwnFile,
  readOpen,
  readStart,
  removeNow,
} from "../host/own-files.ts";
import { type FileFacts, filesNow } from "../host/read-now.ts";
import { markAsUsed } from "../host/touch.ts";
import { trimCache } from "../host/trim-cache.ts";
import { writeCached } from "../host/unpack.ts";
import { SEAL_BYTES } from "./places.ts";

/** Some trees (or states of one) stay fast; each is about 35 MB. */
const MAX_BYTES = 200e6;
/** What a child may hand over to be kept. */
const MAX_FILE_BYTES = 150e6;

/** How the names of each kind end. */
const SUFFIXES = { code: ".v8", base: ".base", snapshot: ".snapshot", registry: ".code" } as const;

/** What is kept. */
export type Kind = keyof typeof SUFFIXES;

/**
 * Whether starts may be fast by means that are not public (see child/fast-start), and so by what is cached.
 * CONNECT_WEBHOOK_PLAIN_START=1 says no, for a machine on which they go wrong.
 */
export function isFastStart(): boolean {
  return environment("CONNECT_WEBHOOK_PLAIN_START") !== "1";
}

/** Whether what a start makes can be kept for the next one. */
export function canStore(): boolean {
  return isFastStart() && makeOwnFolder(folder());
}

function folder(): string {
  return cacheDir("engine");
}

function pathOf(kind: Kind, key: string): string {
  return join(folder(), `${key}${SUFFIXES[kind]}`);
}

/** What a file begins with: of what kind it is, its key, and its whole length. */
function sealOf(kind: Kind, key: string, length: number): Buffer {
  const seal = Buffer.alloc(SEAL_BYTES);
  seal.write(`${kind.padEnd(8)} ${key} ${length}\n`);
  return seal;
}

/** Whether there is such a file; whether it can be used is not known before it is opened. */
export function isCached(kind: Kind, key: string): boolean {
  return isFastStart() && isFile(pathOf(kind, key));
}

/**
 * Opens a file of the cache, to be given to a child. One that is not what it says is removed.
 * @returns A descriptor that the caller closes; undefined when there is none.
 */
export function openCached(kind: Kind, key: string): number | undefined {
  if (!isFastStart()) return undefined;
  const path = pathOf(kind, key);
  const file = makeOwnFolder(folder()) ? openOwnFile(path) : undefined;
  if (file && readStart(file.descriptor, SEAL_BYTES).equals(sealOf(kind, key, file.length))) {
    markAsUsed(path);
    return file.descriptor;
  }
  if (file) closeFile(file.descriptor);
  removeNow(path);
  return undefined;
}

/** Reads a file of the cache; undefined when there is none. */
export function readCached(kind: Kind, key: string): Uint8Array | undefined {
  const descriptor = openCached(kind, key);
  if (descriptor === undefined) return undefined;
  try {
    return readOpen(descriptor).subarray(SEAL_BYTES);
  } finally {
    closeFile(descriptor);
  }
}

/** The key of the snapshot that was used last. */
export function lastSnapshot(): string | undefined {
  const [last] = isFastStart() ? endingIn(SUFFIXES.snapshot, filesNow(folder())) : [];
  return last && basename(last.path, SUFFIXES.snapshot);
}

/** Stores a file and removes those that were not used for longest. A cache that cannot be written is no error. */
export async function storeCached(kind: Kind, key: string, bytes: Uint8Array): Promise<void> {
  if (bytes.length > MAX_FILE_BYTES || !canStore()) return;
  try {
    const seal = sealOf(kind, key, SEAL_BYTES + bytes.length);
    await writeCached(pathOf(kind, key), [seal, bytes]);
    const suffixes = Object.values(SUFFIXES);
    const counts = (path: string) => suffixes.some((suffix) => path.endsWith(suffix));
    await trimCache(folder(), { bytes: MAX_BYTES, counts });
  } catch {
    // A full disk or a read-only home only costs speed.
  }
}

/** Removes a file that turned out to be of no use. */
export function dropCached(kind: Kind, key: string): void {
  removeNow(pathOf(kind, key));
}

/** Those of a kind, the one that was used last first. */
function endingIn(suffix: string, files: readonly FileFacts[]): FileFacts[] {
  const found = files.filter(({ path }) => path.endsWith(suffix));
  return found.sort((a, b) => b.modifiedMs - a.modifiedMs);
}
