/** What is about to be published can still be kept back; what is in the history has been seen. */
import type { Leak } from "../payload/secrets/index.ts";
import type { LintSession } from "./session.ts";

/** Those credentials of vendors that a file has only since the change under review. */
export async function newSecrets(
  session: LintSession,
  path: string,
  leaks: readonly Leak[],
): Promise<ReadonlySet<Leak>> {
  const sure = leaks.filter(({ isVendors }) => isVendors);
  if (sure.length === 0) return new Set();
  if (session.isNew(path)) return new Set(sure);
  const before = await session.textBefore(session.formerName(path) ?? path);
  return new Set(before === undefined ? [] : sure.filter((leak) => !leak.isIn(before)));
}
