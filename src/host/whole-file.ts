/**
 * Reading a file to its end. A tree is a stranger's: a link in it may lead to a device that never ends, or to a pipe that
 * nobody writes to.
 */
import {
  closeSync,
  constants,
  createReadStream,
  fstatSync,
  openSync,
  readFileSync,
  type Stats,
} from "node:fs";
import { open } from "node:fs/promises";
import { Socket } from "node:net";
import { UserError } from "../errors.ts";

/** No file that is read as a whole is nearly as large. */
const MAX_BYTES = 512e6;
/** Opening a pipe, and reading what looks like a file and is none, would wait for ever. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * Reads a file's bytes.
 * @throws UserError `no-file` or `file-too-large`, or the system's own error.
 */
export async function readWhole(path: string): Promise<Buffer> {
  const file = await open(path, FLAGS);
  try {
    requireFile(await file.stat(), path);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/**
 * Opens what a user named, a pipe too. A thread that waits for a pipe cannot be ended, and the program not before it: so
 * the system says when there is something to read.
 */
export function openStream(path: string): AsyncIterable<Buffer> {
  const fd = openSync(path, FLAGS);
  // Once only: what is in a pipe is lost when nobody has it open.
  if (fstatSync(fd).isFIFO()) return new Socket({ fd, readable: true, writable: false });
  return createReadStream(path, { fd });
}

/** As readWhole, without waiting. */
export function readWholeNow(path: string): Buffer {
  const file = openSync(path, FLAGS);
  try {
    requireFile(fstatSync(file), path);
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

/** A folder is none either: reading it fails in the system's own words. */
function requireFile(stat: Stats, path: string): void {
  if (!stat.isFile() && !stat.isDirectory()) {
    throw new UserError(`${path} is a device or a pipe, not a file.`, {
      code: "no-file",
      hint: "Put a file in its place, or take the link away.",
    });
  }
  if (stat.size > MAX_BYTES) throw tooLarge(path, MAX_BYTES);
}

/** @param maxBytes How many are read at most. */
export function tooLarge(path: string, maxBytes: number): UserError {
  return new UserError(`${path} is larger than ${Math.round(maxBytes / 1e6)} MB.`, {
    code: "file-too-large",
    hint: "Check that it is the right file.",
  });
}
