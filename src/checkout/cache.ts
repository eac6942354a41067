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
import { type Read, Reads, recordReads } from "../host/reads.ts";
import { ReadsVerifier } from "../host/verify-reads.ts";
import type { Checkout } from "./model.ts";

interface Contents {
  /** About paths relative to the root. */
  readonly reads: readonly Read[];
  /** What `packed` made of it. */
  readonly checkout: string;
}

/**
 * What is kept of a tree where it still holds, else what is read now.
 * @param root Its absolute root.
 * @param state What it depends on besides files.
 * @param read Reads it.
 */
export async function cachedCheckout(
  root: string,
  state: readonly string[],
  read: () => Promise<Checkout>,
): Promise<Checkout> {
  const path = cachePath("checkout", digest(state));
  const cached = (await readCachedJson(path)) as Contents | undefined;
  if (cached && (await holds(root, cached)))
    return { ...(unpacked(cached.checkout) as Checkout), root };
  const reads = new Reads();
  const checkout = await recordReads(reads, read);
  const all = reads.all();
  // A tree that changed while it was read is read again the next time.
  if (all?.every(({ about }) => isInside(root, about))) {
    const placed = all.map((one) => ({ ...one, about: relative(root, one.about) }));
    const contents: Contents = { reads: placed, checkout: packed(checkout) };
    await writeCachedJson(path, contents);
  }
  return checkout;
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
