/** Files and folders that appear whole or not at all, so that several processes may make the same one. */
import { randomInt } from "node:crypto";
import { mkdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** How the name of what is not whole yet ends. */
export const PARTIAL = ".partial";

/**
 * Where a file is made before it takes its place: beside it, hidden, and under a name that nobody else uses, be it
 * another process or another part of this one.
 * @param target The file or folder to make.
 */
export function partialOf(target: string): string {
  // A name may have 255 bytes, and four of them a character.
  const name = basename(target).slice(0, 50);
  return join(dirname(target), `.${name}.${randomInt(2 ** 40)}${PARTIAL}`);
}

/**
 * Makes a file or a folder beside its place and moves it there. The folder that it is in is made when it is missing.
 * @param make Makes it at the path that it is given.
 * @throws The system's own error, which names the target.
 */
export async function makeWhole(
  target: string,
  make: (partial: string) => Promise<void>,
): Promise<void> {
  const partial = partialOf(target);
  try {
    await mkdir(dirname(target), { recursive: true });
    await make(partial);
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { recursive: true, force: true }).catch(() => undefined);
    const failure = error as NodeJS.ErrnoException;
    if (failure.path === partial) failure.path = target;
    throw failure;
  }
}
