/** Files of the cache folder that hold what was found once, and say by themselves whether they are whole. */
import { dirname, join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { cacheDir } from "./cache.ts";
import { digest } from "./checksum.ts";
import { readTextIfExists } from "./files.ts";
import { unrecorded } from "./reads.ts";
import { markAsUsed } from "./touch.ts";
import { trimCache } from "./trim-cache.ts";
import { writeOutput } from "./write.ts";

/** For each kind: some trees in some states; each has some 100 KB. */
const MAX_BYTES = 100e6;
const MAX_FILES = 60;

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
    await trimCache(dirname(path), { bytes: MAX_BYTES, files: MAX_FILES });
  } catch {
    // The next run finds what this one found.
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
