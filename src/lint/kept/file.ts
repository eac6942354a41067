/** Files of the cache folder that say by themselves whether they are whole. */
import { join } from "node:path";
import { cacheDir } from "../../host/cache.ts";
import { digest } from "../../host/checksum.ts";
import { readTextIfExists, removePath } from "../../host/files.ts";
import { filesNow } from "../../host/read-now.ts";
import { unrecorded } from "../../host/reads.ts";
import { markAsUsed } from "../../host/touch.ts";
import { writeOutput } from "../../host/write.ts";

/** Some trees in some states, and what was kept about texts and pictures; each has some 100 KB. */
const MAX_BYTES = 100e6;
const MAX_FILES = 60;
/** Nobody writes at one file that long. */
const LONGEST_WRITE_MS = 600_000;

/** Where something is kept. */
export function keptPath(name: string): string {
  return join(cacheDir("lint"), `${name}.json`);
}

/** Reads what `writeKept` wrote; undefined when there is nothing or it is damaged, so that it is made again. */
export async function readKept(path: string): Promise<unknown> {
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
export async function writeKept(path: string, value: unknown): Promise<void> {
  const json = JSON.stringify(value);
  try {
    await writeOutput(path, `${digest([json])}\n${json}`);
    await removeOld();
  } catch {
    // The next run finds what this one found.
  }
}

/** Keeps what was used last, and clears away what a killed process was writing. */
async function removeOld(): Promise<void> {
  const files = filesNow(cacheDir("lint")).sort((a, b) => b.modifiedMs - a.modifiedMs);
  let bytes = 0;
  for (const [index, { path, size, modifiedMs }] of files.entries()) {
    bytes += size;
    const left = path.endsWith(".partial") && modifiedMs < Date.now() - LONGEST_WRITE_MS;
    if (left || index >= MAX_FILES || bytes > MAX_BYTES) await removePath(path);
  }
}
