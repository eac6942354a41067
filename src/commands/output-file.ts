/** Options that name a file to write. */
import { resolve } from "node:path";
import { UserError } from "../errors.ts";
import { isDirectory } from "../host/files.ts";
import { requireWritableKind } from "../host/write.ts";

/**
 * The file that an option names: checked before the long work begins whose result it takes.
 * @param example A file's name for the hint.
 * @returns Its absolute path.
 * @throws UserError `is-a-folder` for a folder or an empty name, `not-a-file` for a pipe or a device.
 */
export function outputFile(cwd: string, name: string, flag: string, example: string): string {
  const target = resolve(cwd, name);
  if (name === "" || isDirectory(target)) {
    throw new UserError(`${name === "" ? "An empty name" : name} is no file to write to.`, {
      code: "is-a-folder",
      hint: `Give ${flag} the name of a file, such as ${example}.`,
    });
  }
  requireWritableKind(target);
  return target;
}
