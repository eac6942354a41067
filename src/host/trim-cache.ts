/** How much stays in the cache folder. */
import { removePath } from "./files.ts";
import { PARTIAL } from "./partial.ts";
import { filesNow } from "./read-now.ts";

/** What a folder of the cache may hold. */
export interface CacheLimits {
  bytes: number;
  files?: number;
  /** Which of its files count; all when left out. */
  counts?(path: string): boolean;
}

/** Nobody writes at one file that long. */
const LONGEST_WRITE_MS = 600_000;

/** Keeps what was used last, within limits, and clears away what a killed process was writing. */
export async function trimCache(folder: string, limits: CacheLimits): Promise<void> {
  const { bytes, files: most = Number.POSITIVE_INFINITY, counts = () => true } = limits;
  const isPartial = (path: string): boolean => path.endsWith(PARTIAL);
  const newest = filesNow(folder)
    .filter(({ path }) => isPartial(path) || counts(path))
    .sort((a, b) => b.modifiedMs - a.modifiedMs);
  let sum = 0;
  for (const [index, { path, size, modifiedMs }] of newest.entries()) {
    sum += size;
    const isLeft = modifiedMs < Date.now() - LONGEST_WRITE_MS;
    const isTooMuch = index >= most || (index > 0 && sum > bytes);
    if (isPartial(path) ? isLeft : isTooMuch) await removePath(path);
  }
}
