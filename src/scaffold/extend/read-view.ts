/** The files of the view that is extended. */
import { join } from "node:path";
import { syntaxErrorIn } from "../../checkout/syntax-error.ts";
import { UserError } from "../../errors.ts";
import { readBytesIfExists } from "../../host/files.ts";
import type { ExtendInput } from "./model.ts";

/**
 * Reads the view's files, by path.
 * @throws UserError `no-view`, `broken-view`.
 */
export async function readView({
  checkout,
  integration,
  files,
}: ExtendInput): Promise<Map<string, { bytes: Buffer; text: string }>> {
  const read = new Map<string, { bytes: Buffer; text: string }>();
  if (files.viewFile === undefined) {
    throw new UserError(`${integration.name} has no view to extend.`, {
      code: "no-view",
      hint: `\`connect-webhook show ${integration.name}\` says where it should be.`,
    });
  }
  for (const path of files.viewFiles) {
    const bytes = await readBytesIfExists(join(checkout.root, path));
    if (!bytes) continue;
    const text = bytes.toString("utf8");
    const problem = Buffer.from(text).equals(bytes)
      ? syntaxErrorIn(text)
      : { line: 1, message: "it is not UTF-8" };
    if (problem) {
      const said = `${path} is not valid Python: line ${problem.line}: ${problem.message}.`;
      throw new UserError(said, { code: "broken-view", hint: "Repair the file first." });
    }
    read.set(path, { bytes, text });
  }
  return read;
}
