/** Folders and files that only this user can have written: what is read from them is believed. */
import {
  chmodSync,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  type Stats,
  unlinkSync,
} from "node:fs";

const OTHERS = 0o077;
const OTHERS_WRITE = 0o022;

/**
 * Makes a folder that other users can neither read nor write.
 * @returns False where that cannot be: it is a link, no folder, or somebody else's.
 */
export function makeOwnFolder(path: string): boolean {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const stat = lstatSync(path);
    if (!stat.isDirectory() || !isOwn(stat)) return false;
    if (process.platform !== "win32" && (stat.mode & OTHERS) !== 0) chmodSync(path, 0o700);
    return true;
  } catch {
    return false;
  }
}

/**
 * Opens a file to read, if it is this user's own and no link.
 * @returns Its descriptor and its length in bytes; undefined when there is no such file.
 */
export function openOwnFile(path: string): { descriptor: number; length: number } | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    const stat = fstatSync(descriptor);
    const foreign = process.platform !== "win32" && (stat.mode & OTHERS_WRITE) !== 0;
    if (stat.isFile() && isOwn(stat) && !foreign) return { descriptor, length: stat.size };
  } catch {
    // As if there were none.
  }
  if (descriptor !== undefined) closeSync(descriptor);
  return undefined;
}

/** Reads some bytes of an open file from its beginning on; fewer where it is shorter. */
export function readStart(descriptor: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, readSync(descriptor, bytes, 0, length, 0));
}

/** Reads an open file of which nothing was read but by `readStart`. */
export function readOpen(descriptor: number): Buffer {
  return readFileSync(descriptor);
}

/** Removes a file, or a link and not what it leads to. One that cannot be removed stays. */
export function removeNow(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It is not read either.
  }
}

/** Closes a descriptor. */
export function closeFile(descriptor: number): void {
  closeSync(descriptor);
}

function isOwn({ uid }: Stats): boolean {
  return process.getuid === undefined || uid === process.getuid();
}
