/** Options that name a file to write. */
import { basename, dirname, resolve } from "node:path";
import { UserError } from "../errors.ts";
import { exists, isDirectory } from "../host/files.ts";
import { requireWritableKind } from "../host/write.ts";

/**
 * The file that an option names: checked before the long work begins whose result it takes.
 * @param example A file's name for the hint.
 * @returns Its absolute path.
 * @throws UserError `is-a-folder` for a folder or an empty name, `not-a-file` for a pipe or a device,
 *   `no-such-folder` when its folder is not there: a misspelt one would be made.
 */
export function outputFile(cwd: string, name: string, flag: string, example: string): string {
  const target = resolve(cwd, name);
  const isEmpty = name.trim() === "";
  if (isEmpty || isDirectory(target)) {
    throw new UserError(`${isEmpty ? "An empty name" : name} is no file to write to.`, {
      code: "is-a-folder",
      hint: `Give ${flag} the name of a file, such as ${example}.`,
    });
  }
  requireWritableKind(target);
  if (!exists(dirname(target))) {
    throw new UserError(`There is no folder ${dirname(target)} to write ${basename(target)} to.`, {
      code: "no-such-folder",
      hint: `Make it first, or give ${flag} a file in a folder that is there.`,
    });
  }
  return target;
}

/**
 * The folder that an option names, for files of this program; it is made where there is none.
 * @param flag The option without its dashes.
 * @returns Its absolute path.
 * @throws UserError `not-a-folder` for a file or an empty name.
 */
export function outputFolder(cwd: string, name: string, flag: string): string {
  const target = resolve(cwd, name);
  const isEmpty = name.trim() === "";
  if (!isEmpty && (!exists(target) || isDirectory(target))) return target;
  throw new UserError(`${isEmpty ? "An empty name" : name} is no folder to write to.`, {
    code: "not-a-folder",
    hint: `Give --${flag} the name of a folder, such as pictures.`,
  });
}
