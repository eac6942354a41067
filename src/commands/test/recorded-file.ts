/** One integration's `tests.py` while it is being recorded. */
import { join } from "node:path";
import type { Checkout, Integration } from "../../checkout/model.ts";
import { syntaxErrorOf } from "../../checkout/syntax-error.ts";
import { UserError } from "../../errors.ts";
import { applyChanges } from "../../host/changes.ts";
import { readBytesIfExists } from "../../host/files.ts";
import { parseModule } from "../../python/parse-module.ts";
import type { PythonModule } from "../../python/syntax.ts";

/** The file's path, its bytes as planned against, and what it says. */
export interface RecordedFile {
  path: string;
  bytes: Buffer;
  module: PythonModule;
}

/**
 * Reads a `tests.py` that can be edited.
 * @throws UserError when it is not there, no UTF-8, or no Python.
 */
export async function readTests(
  { root }: Checkout,
  { testsFile, name }: Integration,
): Promise<RecordedFile> {
  const bytes = await readBytesIfExists(join(root, testsFile));
  const code = "cannot-record";
  if (bytes === undefined) {
    throw new UserError(`${name} has no ${testsFile}.`, {
      code,
      hint: "Write one with a WebhookTestCase; `connect-webhook new` makes it for a new integration.",
    });
  }
  const text = bytes.toString("utf8");
  const hint = "Repair the file first.";
  if (!Buffer.from(text).equals(bytes)) {
    throw new UserError(`${testsFile} is not UTF-8.`, { code, hint });
  }
  const module = parseModule(text);
  const problem = syntaxErrorOf(module);
  if (problem) {
    const message = `${testsFile} is not valid Python: line ${problem.line}: ${problem.message}.`;
    throw new UserError(message, { code, hint });
  }
  return { path: testsFile, bytes, module };
}

/** Writes another text in its place. */
export function writeTests(
  { root }: Checkout,
  { path, bytes }: RecordedFile,
  text: string,
): Promise<void> {
  const content = Buffer.from(text);
  return applyChanges(root, [{ path, kind: "update", content, expected: bytes }]);
}
