/** Whether a test can read a fixture at all. */
import { isUtf8 } from "node:buffer";
import type { Checkout, Fixture } from "../../checkout/model.ts";
import { readBytes, resolveInside } from "../../host/files.ts";
import { shellCommand } from "../../host/shell-command.ts";
import { textParts } from "../../payload/index.ts";

/**
 * Why no test can read a fixture, as half a sentence with what to do.
 * @param name The integration.
 * @returns Undefined where a test can.
 */
export async function unreadable(
  { root }: Checkout,
  name: string,
  { path }: Fixture,
): Promise<string | undefined> {
  const bytes = await readBytes(resolveInside(root, path));
  if (isUtf8(bytes)) return undefined;
  const parts = textParts(bytes);
  if (!parts) return "tests read fixtures as UTF-8, which it is not";
  const fix = shellCommand("connect-webhook", "lint", name, "--fix");
  return `tests read fixtures as UTF-8, and it has parts that are no text, which \`${fix}\` leaves out`;
}
