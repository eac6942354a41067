/** Work that a new integration can do without. */
import { UserError } from "../../errors.ts";
import type { Context } from "../define.ts";

/**
 * Does something that the machine or the tree may refuse; then it warns, and gives undefined.
 * @param warning The warning, from the sentence that says what is wrong.
 */
export async function tolerate<T>(
  work: () => Promise<T>,
  warning: (reason: string) => string,
  { out, signal }: Context,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof UserError)) throw error;
    out.warn(warning(error.message));
    if (error.hint !== undefined) out.say(`  ${error.hint}`);
    return undefined;
  }
}
