/** Options that name a file to write. */
import { basename, dirname, resolve } from "node:path";
import { UserError } from "../errors.ts";
import { exists, isDirectory } from "../host/files.ts";
import { requireWritableKind } from "../host/write.ts";
import { printableLine } from "../ui/steering.ts";

/**
 * The file that an option names: checked before the long work begins whose result it takes.
 * @param example A file's name for the hint.
 * @returns Its absolute path.
 * @throws UserError `control-character`, `is-a-folder` for a folder or an empty name, `not-a-file` for a pipe or a device,
 *   `no-such-folder` when its folder is not there: a misspelt one would be made.
 */
export function outputFile(cwd: string, name: string, flag: string, example: string): string {
  requireShownName(name, flag);
  const target = resolve(cwd, name);
  const isEmpty = name.trim() === "";
  if (isEmpty || isDirectory(target)) {
    throw new UserError(`${isEmpty ? "An empty name" : name} is not a file to write to.`, {
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
 * @throws UserError `control-character`, or `not-a-folder` for a file or an empty name.
 */
export function outputFolder(cwd: string, name: string, flag: string): string {
  requireShownName(name, `--${flag}`);
  const target = resolve(cwd, name);
  const isEmpty = name.trim() === "";
  if (!isEmpty && (!exists(target) || isDirectory(target))) return target;
  throw new UserError(`${isEmpty ? "An empty name" : name} is not a folder to write to.`, {
    code: "not-a-folder",
    hint: `Give --${flag} the name of a folder, such as pictures.`,
  });
}

/**
 * Refuses a name that a terminal cannot show: it is a slip, and trouble for whatever lists the folder later.
 * @param flag The option or command that the name was given to.
 * @throws UserError `control-character`.
 */
export function requireShownName(name: string, flag: string): void {
  if (!/\p{Cc}/u.test(name)) return;
  throw new UserError(`${printableLine(name)} is not a name: it contains a control character.`, {
    code: "control-character",
    hint: `Leave it out of what ${flag} is given.`,
  });
}
