/**
 * Reading and listing files, with the machine's errors turned into sentences.
 *
 * Writing into a user's tree goes through `changes.ts`, never through here.
 */
import { type Dirent, existsSync, readlinkSync, realpathSync, type Stats, statSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { UserError } from "../errors.ts";
import { fileError, systemCode } from "./file-error.ts";
import {
  asking,
  contentAnswer,
  factsAnswer,
  kindAnswer,
  NOTHING,
  namesAnswer,
  noteUnrepeatable,
  sizeAnswer,
} from "./reads.ts";
import { openStream, readWhole, readWholeNow, tooLarge } from "./whole-file.ts";

export interface DirectoryEntry {
  name: string;
  kind: "file" | "directory" | "symlink" | "other";
}

async function guarded<T>(action: string, path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw fileError(error, action, path);
  }
}

/** Reads a file's bytes. Throws UserError or MachineError when that fails. */
export function readBytes(path: string): Promise<Buffer> {
  return guarded("read the file", path, async () => {
    const answer = asking("content", path);
    const bytes = await readWhole(path);
    answer?.(contentAnswer(bytes));
    return bytes;
  });
}

/**
 * Reads a file that a user named, which may be a pipe or a device without an end.
 * @param maxBytes More than this is refused.
 * @throws UserError `file-too-large`, or as `readBytes`.
 */
export function readBytesUpTo(path: string, maxBytes: number): Promise<Buffer> {
  return guarded("read the file", path, async () => {
    noteUnrepeatable(path);
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of openStream(path)) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(path, maxBytes);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  });
}

/** Reads a UTF-8 file. Throws UserError or MachineError when that fails. */
export async function readText(path: string): Promise<string> {
  return (await readBytes(path)).toString("utf8");
}

/** Reads a UTF-8 file, or returns undefined when there is none. */
export async function readTextIfExists(path: string): Promise<string | undefined> {
  const bytes = await readBytesIfExists(path);
  return bytes?.toString("utf8");
}

/** Reads a file, or returns undefined when there is none. */
export async function readBytesIfExists(path: string): Promise<Buffer | undefined> {
  const answer = asking("content", path);
  try {
    const bytes = await readWhole(path);
    answer?.(contentAnswer(bytes));
    return bytes;
  } catch (error) {
    if (!isNothingThere(error)) throw fileError(error, "read the file", path);
    answer?.(NOTHING);
    return undefined;
  }
}

/** Reads a UTF-8 file without waiting; for start-up and small files. */
export function readTextSync(path: string): string {
  const answer = asking("content", path);
  try {
    const bytes = readWholeNow(path);
    answer?.(contentAnswer(bytes));
    return bytes.toString("utf8");
  } catch (error) {
    throw fileError(error, "read the file", path);
  }
}

/** Whether something is at this path. A link that points nowhere is nothing. */
export function exists(path: string): boolean {
  const there = existsSync(path);
  asking("presence", path)?.(String(there));
  return there;
}

export function isDirectory(path: string): boolean {
  return kindOfPath(path) === "folder";
}

export function isFile(path: string): boolean {
  return kindOfPath(path) === "file";
}

/** What is at a path, links followed, as the answer to `kind`. */
export function kindOfPath(path: string): string {
  const answer = asking("kind", path);
  const kind = kindAnswer(statOf(path));
  answer?.(kind);
  return kind;
}

/** System codes that say that there is nothing at a path, or can't be. */
const NOTHING_THERE = ["ENOENT", "ENOTDIR", "ELOOP", "ENAMETOOLONG"];

function isNothingThere(error: unknown): boolean {
  return NOTHING_THERE.includes(systemCode(error) ?? "");
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (isNothingThere(error)) return undefined;
    throw fileError(error, "look at", path);
  }
}

/** Size in bytes and time of the last change in milliseconds, or undefined when there is no file. */
export function fileStat(path: string): { size: number; modifiedMs: number } | undefined {
  const answer = asking("facts", path);
  const stat = statOf(path);
  answer?.(factsAnswer(stat));
  return stat && { size: stat.size, modifiedMs: stat.mtimeMs };
}

/** Size in bytes; 0 when there is no file. */
export function fileSize(path: string): number {
  const answer = asking("size", path);
  const stat = statOf(path);
  answer?.(sizeAnswer(stat));
  return stat?.size ?? 0;
}

function kindOf(entry: Dirent): DirectoryEntry["kind"] {
  if (entry.isFile()) return "file";
  if (entry.isDirectory()) return "directory";
  return entry.isSymbolicLink() ? "symlink" : "other";
}

/** What a folder holds, sorted by name. A folder that is not there holds nothing. */
export async function listDirectory(path: string): Promise<DirectoryEntry[]> {
  const answer = asking("names", path);
  try {
    const found = await readdir(path, { withFileTypes: true });
    const entries = found
      .map((entry) => ({ name: entry.name, kind: kindOf(entry) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    answer?.(namesAnswer(entries));
    return entries;
  } catch (error) {
    if (!isNothingThere(error)) throw fileError(error, "list the folder", path);
    answer?.(namesAnswer([]));
    return [];
  }
}

/**
 * Every file below a folder, as sorted paths relative to it with forward slashes.
 * Links to files count; links to folders are not followed.
 */
export async function listFilesBelow(path: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await listDirectory(path)) {
    if (entry.kind === "directory") {
      const below = await listFilesBelow(resolve(path, entry.name));
      for (const name of below) found.push(`${entry.name}/${name}`);
    } else if (entry.kind === "file" || isFile(resolve(path, entry.name))) {
      found.push(entry.name);
    }
  }
  return found;
}

/** What is below a folder, as sorted paths relative to it with forward slashes. */
export interface FolderContents {
  /** Files, and links to anything or nothing. */
  readonly entries: readonly string[];
  /** Folders, each after the one it is in. */
  readonly folders: readonly string[];
}

/** Everything below a folder. Links are listed as what they are, and never followed. */
export async function listEverythingBelow(path: string): Promise<FolderContents> {
  const entries: string[] = [];
  const folders: string[] = [];
  for (const { name, kind } of await listDirectory(path)) {
    if (kind !== "directory") {
      entries.push(name);
      continue;
    }
    const below = await listEverythingBelow(resolve(path, name));
    for (const entry of below.entries) entries.push(`${name}/${entry}`);
    folders.push(name);
    for (const folder of below.folders) folders.push(`${name}/${folder}`);
  }
  return { entries, folders };
}

/** Removes a file or folder; nothing there is fine. */
export async function removePath(path: string): Promise<void> {
  await guarded("remove", path, () => rm(path, { recursive: true, force: true }));
}

/** The path with every link in it resolved, also one that leads to nothing yet. */
export function realPath(path: string): string {
  const answer = asking("place", path);
  const place = placeOf(resolve(path), 0);
  answer?.(place);
  return place;
}

/** As many links one after the other as Linux follows. */
const MOST_LINKS = 40;

function placeOf(whole: string, followed: number): string {
  for (let existing = whole; ; existing = dirname(existing)) {
    const rest = relative(existing, whole);
    try {
      return resolve(realpathSync.native(existing), rest);
    } catch (error) {
      if (dirname(existing) === existing) throw error;
      const next = followed < MOST_LINKS ? targetOfLink(existing) : undefined;
      if (next !== undefined) return placeOf(resolve(next, rest), followed + 1);
    }
  }
}

/** Where a link to nothing leads: whoever writes there makes what it names. */
function targetOfLink(path: string): string | undefined {
  try {
    const target = readlinkSync(path);
    return resolve(realpathSync.native(dirname(path)), target);
  } catch {
    return undefined;
  }
}

/**
 * Joins untrusted path parts to a root, and makes sure that the result stays below it, links included.
 * @param root An absolute folder.
 * @param parts Path parts from payloads, flags or a registry.
 * @throws UserError `outside-root` when the result leaves the root.
 */
export function resolveInside(root: string, ...parts: string[]): string {
  const target = pathInside(root, ...parts);
  if (target !== undefined) return target;
  const named = resolve(root, ...parts);
  throw new UserError(`The path ${parts.join("/")} leads outside ${root}.`, {
    code: "outside-root",
    hint: isInside(root, named)
      ? `A link leads to ${realPath(named)}; put what it names in its place.`
      : "Use a path below that folder.",
  });
}

/** Like `resolveInside`; undefined for what leads out of the root, where that is to be no file at all. */
export function pathInside(root: string, ...parts: string[]): string | undefined {
  const target = resolve(root, ...parts);
  return isInside(root, target) && isInside(realPath(root), realPath(target)) ? target : undefined;
}

/** Whether a path is the root or below it, by its text alone. */
export function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
