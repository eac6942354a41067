/** Files of the cache folder that hold what was found once, and say by themselves whether they are whole. */
import { dirname, join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { cacheDir } from "./cache.ts";
import { digest } from "./checksum.ts";
import { readTextIfExists, removePath } from "./files.ts";
import { filesNow } from "./read-now.ts";
import { unrecorded } from "./reads.ts";
import { markAsUsed } from "./touch.ts";
import { writeOutput } from "./write.ts";

/** For each kind: some trees in some states; each has some 100 KB. */
const MAX_BYTES = 100e6;
const MAX_FILES = 60;
/** Nobody writes at one file that long. */
const LONGEST_WRITE_MS = 600_000;

/**
 * Where something is kept.
 * @param kind What it is, such as `lint`: a folder of the cache, whose oldest files go when there are too many.
 */
export function cachePath(kind: string, name: string): string {
  return join(cacheDir(kind), `${name}.json`);
}

/** Reads what `writeCachedJson` wrote; undefined when there is nothing or it is damaged, so that it is made again. */
export async function readCachedJson(path: string): Promise<unknown> {
  try {
    const text = await unrecorded(() => readTextIfExists(path));
    if (text === undefined) return undefined;
    const end = text.indexOf("\n");
    const json = text.slice(end + 1);
    if (text.slice(0, end) !== digest([json])) return undefined;
    markAsUsed(path);
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/**
 * Writes a file as a whole: of two runs that end at once, the one that ends last is kept. A cache that cannot be written
 * costs time, and nothing else.
 */
export async function writeCachedJson(path: string, value: unknown): Promise<void> {
  const json = JSON.stringify(value);
  try {
    await writeOutput(path, `${digest([json])}\n${json}`);
    await removeOld(dirname(path));
  } catch {
    // The next run finds what this one found.
  }
}

/** Keeps what was used last, and clears away what a killed process was writing. */
async function removeOld(folder: string): Promise<void> {
  const files = filesNow(folder).sort((a, b) => b.modifiedMs - a.modifiedMs);
  let bytes = 0;
  for (const [index, { path, size, modifiedMs }] of files.entries()) {
    bytes += size;
    const left = path.endsWith(".partial") && modifiedMs < Date.now() - LONGEST_WRITE_MS;
    if (left || index >= MAX_FILES || bytes > MAX_BYTES) await removePath(path);
  }
}

/** Plain data that JSON cannot hold, such as sets, as a text in it. */
export function packed(data: unknown): string {
  return serialize(data).toString("base64");
}

/** The data that `packed` was given. */
export function unpacked(text: string): unknown {
  return deserialize(Buffer.from(text, "base64"));
}
