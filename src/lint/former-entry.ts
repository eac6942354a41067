/** The registry entry that an integration has on the base of the branch under review. */
import { type EntryAddress, readAddresses } from "../checkout/entries.ts";
import { moduleFile } from "../checkout/names.ts";
import { UserError } from "../errors.ts";
import type { LintTarget } from "./target.ts";

/**
 * What the entry of an integration said on the base: that of its name, or of the view that went to where its view is.
 * @returns Undefined where no branch is under review, or the base has no such entry.
 */
export async function formerEntry(target: LintTarget): Promise<EntryAddress | undefined> {
  const { session, checkout, files, name } = target;
  const text = await session.textOnBase(checkout.registryPath);
  if (text === undefined) return undefined;
  const entries = session.once("entries on the base", () => addressesIn(text));
  const formerView = files.viewFile === undefined ? undefined : session.formerName(files.viewFile);
  return (
    entries.find((entry) => entry.name === name) ??
    entries.find(({ viewModule }) => moduleFile(viewModule) === formerView)
  );
}

function addressesIn(text: string): EntryAddress[] {
  try {
    return readAddresses(text);
  } catch (error) {
    // A registry that is not understood says nothing of what was before.
    if (error instanceof UserError) return [];
    throw error;
  }
}
