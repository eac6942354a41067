/**
 * What was read of a tree, kept in the cache folder until something that it was read from changes: most of the start of a
 * command would be parsing the registry. It holds in every copy of the tree.
 */
import { join, relative } from "node:path";
import { digest } from "../host/checksum.ts";
import { isInside } from "../host/files.ts";
import {
  cachePath,
  packed,
  readCachedJson,
  unpacked,
  writeCachedJson,
} from "../host/json-cache.ts";
import { noteReads, type Read, Reads, recordReads, unrecorded } from "../host/reads.ts";
import { ReadsVerifier } from "../host/verify-reads.ts";

interface Contents {
  /** About paths relative to the root. */
  readonly reads: readonly Read[];
  /** What `packed` made of what was read. */
  readonly value: string;
}

/**
 * What is cached of a tree where it still holds, else what is read now. It may be asked for while more of the tree is read
 * into the cache: that holds only as long as this does.
 * @param root Its absolute root.
 * @param folder Where in the cache folder it is.
 * @param state What it depends on besides files.
 * @param read Reads it.
 */
export async function cachedOfTree<T>(
  root: string,
  folder: string,
  state: readonly string[],
  read: () => Promise<T>,
): Promise<T> {
  const path = cachePath(folder, digest(state));
  const cached = (await unrecorded(() => readCachedJson(path))) as Contents | undefined;
  if (cached && (await unrecorded(() => holds(root, cached)))) {
    noteReads(cached.reads.map((one) => ({ ...one, about: join(root, one.about) })));
    return unpacked(cached.value) as T;
  }
  const reads = new Reads();
  const found = await recordReads(reads, read);
  const all = reads.all();
  // A tree that changed while it was read is read again the next time.
  if (all?.every(({ about }) => isInside(root, about))) {
    const placed = all.map((one) => ({ ...one, about: relative(root, one.about) }));
    const contents: Contents = { reads: placed, value: packed(found) };
    await unrecorded(() => writeCachedJson(path, contents));
  }
  return found;
}

async function holds(root: string, { reads }: Contents): Promise<boolean> {
  const again = new ReadsVerifier({});
  for (const read of reads) {
    // The marks of a file are those of one copy; in the others its content is looked at.
    const same = await again.same({ ...read, about: join(root, read.about) });
    if (same === undefined) return false;
  }
  return true;
}
