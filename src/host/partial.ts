/** The name of a file that is not whole yet. */
import { randomInt } from "node:crypto";
import { basename, dirname, join } from "node:path";

/**
 * Where a file is made before it takes its place: beside it, hidden, and under a name that nobody else uses, be it
 * another process or another part of this one.
 * @param target The file or folder to make.
 */
export function partialOf(target: string): string {
  // A name may have 255 bytes, and four of them a character.
  const name = basename(target).slice(0, 50);
  return join(dirname(target), `.${name}.${randomInt(2 ** 40)}.partial`);
}
