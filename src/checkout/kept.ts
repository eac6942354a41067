/**
 * What was read of a tree, kept in the cache folder until something that it was read from changes: most of the start of a
 * command would be parsing the registry.
 */
import { programIdentity } from "../host/assets.ts";
import { digest } from "../host/checksum.ts";
import { keptPath, packed, readKept, unpacked, writeKept } from "../host/kept.ts";
import { type Read, Reads, recordReads } from "../host/reads.ts";
import { ReadsAgain } from "../host/reads-again.ts";
import type { Checkout } from "./model.ts";

interface Contents {
  readonly reads: readonly Read[];
  /** What `packed` made of it. */
  readonly checkout: string;
}

/**
 * What is kept of a tree where it still holds, else what is read now.
 * @param root Its absolute root.
 * @param read Reads it.
 */
export async function keptCheckout(root: string, read: () => Promise<Checkout>): Promise<Checkout> {
  const program = programIdentity();
  if (program === undefined) return read();
  const path = keptPath("checkout", digest([program, root]));
  const kept = (await readKept(path)) as Contents | undefined;
  if (kept && (await holds(kept))) return unpacked(kept.checkout) as Checkout;
  const reads = new Reads();
  const checkout = await recordReads(reads, read);
  const all = reads.all();
  // A tree that changed while it was read is read again the next time.
  if (all) {
    const contents: Contents = { reads: all, checkout: packed(checkout) };
    await writeKept(path, contents);
  }
  return checkout;
}

async function holds({ reads }: Contents): Promise<boolean> {
  const again = new ReadsAgain({});
  for (const read of reads) if ((await again.same(read)) === undefined) return false;
  return true;
}
