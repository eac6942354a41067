/** Writing a file that the user named, outside of any plan of changes: an exported page, a comparison. */
import { lstatSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { UserError } from "../errors.ts";
import { fileError } from "./file-error.ts";
import { kindOfPath, realPath } from "./files.ts";
import { makeWhole } from "./partial.ts";
import { NOTHING } from "./reads.ts";

/**
 * Writes a file whole or not at all, over the file that is there. Its folder is made when it is missing; a link stays,
 * and the file that it leads to is written.
 * @param path The file, relative to the current folder or absolute.
 * @throws UserError `not-a-file` for a folder, a pipe or a device; UserError or MachineError when it cannot be written.
 */
export async function writeOutput(path: string, content: Uint8Array | string): Promise<void> {
  const target = realPath(resolve(path));
  requireWritableKind(target);
  await writeInPlace(target, content);
}

/**
 * Writes a file that nobody named, such as a page with a usual name: as `writeOutput`, but a link is never followed,
 * because it may be a stranger's and lead anywhere.
 * @param path The file; the folder that it is in is one that the user chose.
 * @throws UserError `output-is-link`; otherwise as `writeOutput`.
 */
export async function writeDefaultOutput(path: string, content: string): Promise<void> {
  requireNoLink(path);
  requireWritableKind(path);
  // A link that comes to be there after that is replaced, not followed.
  await writeInPlace(resolve(path), content);
}

/**
 * Refuses a link where a file is to be written that the user did not name.
 * @throws UserError `output-is-link`.
 */
export function requireNoLink(path: string): void {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  throw new UserError(`${basename(path)} is a link, which may lead anywhere.`, {
    code: "output-is-link",
    hint: "Name a file with --out, or delete the link.",
  });
}

async function writeInPlace(target: string, content: Uint8Array | string): Promise<void> {
  try {
    await makeWhole(target, (partial) => writeFile(partial, content, { flag: "wx" }));
  } catch (error) {
    throw fileError(error, "write the file", target);
  }
}

/**
 * Refuses what is no file: writing would put one in the place of a device such as /dev/null.
 * @throws UserError `not-a-file`.
 */
export function requireWritableKind(target: string): void {
  const kind = kindOfPath(target);
  if (kind === "file" || kind === NOTHING) return;
  throw new UserError(`${target} is not a file to write to.`, {
    code: "not-a-file",
    hint: "Give the name of a file.",
  });
}
