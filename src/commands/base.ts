/** The tree as the base has it. */
import { openCheckout } from "../checkout/index.ts";
import type { Checkout } from "../checkout/model.ts";
import { revisionOf } from "../checkout/revision.ts";
import { UserError } from "../errors.ts";

export interface Base {
  /** Undefined when there is none, or it cannot be read. */
  readonly checkout: Checkout | undefined;
  /** Why not, for the reviewer. */
  readonly notes: readonly string[];
  release(): Promise<void>;
}

/**
 * Opens the tree of a commit. A base that cannot be read is no reason to show nothing.
 * @throws UserError when git cannot give its files.
 */
export async function openBase(root: string, commit: string): Promise<Base> {
  const revision = await revisionOf(root, commit);
  if (!revision) {
    const note = "The base has no Connect tree at this path, so everything is new.";
    return { checkout: undefined, notes: [note], release: async () => undefined };
  }
  try {
    return {
      checkout: await openCheckout(revision.root),
      notes: [],
      release: revision.release,
    };
  } catch (error) {
    if (!(error instanceof UserError)) {
      await revision.release();
      throw error;
    }
    const note = `The base cannot be compared, so everything looks new: ${error.message}`;
    return { checkout: undefined, notes: [note], release: revision.release };
  }
}
