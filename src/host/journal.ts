/**
 * The journal of a change that is under way: what it was to do, and the old contents of what it replaces.
 *
 * It lies in this user's state folder, never in the tree. What it says is checked all the same before anything is done
 * by it: a disk may be damaged, and what is undone by mistake is lost.
 */
import { lstat, mkdir, readFile, rm } from "node:fs/promises";
import { isAbsolute, join, resolve } from "node:path";
import { UserError } from "../errors.ts";
import { sha256 } from "./checksum.ts";
import { DurableFolder } from "./durable.ts";
import { systemCode } from "./file-error.ts";
import { isInside, realPath } from "./files.ts";
import { namesGit } from "./git-folder.ts";
import { isRecord } from "./json.ts";

/** What was at a path before. The bytes of a file are beside the journal, under the entry's number. */
export type OldEntry =
  | { readonly kind: "file"; hash: string; mode: number; uid: number; gid: number }
  | { readonly kind: "link"; text: string };

export interface JournalEntry {
  readonly path: string;
  readonly kind: "create" | "update" | "remove";
  /** Of the bytes that are to be there afterwards; not for `remove`. */
  readonly newHash?: string;
  /** Not for `create`. */
  readonly old?: OldEntry;
}

/** By what a folder is known again: another tree may come to stand at its path. */
export interface FolderIdentity {
  readonly dev: number;
  readonly ino: number;
  readonly born: number;
}

export interface Journal {
  readonly version: 1;
  /** The tree's real path. */
  readonly root: string;
  readonly tree: FolderIdentity;
  /** The name of the folder in the tree from which new files are moved into their places. */
  readonly staging: string;
  /** Empty until everything is staged: the tree is untouched then. */
  readonly entries: readonly JournalEntry[];
  /** Folders that did not exist before, parents first. */
  readonly folders: readonly string[];
  /** Folders that go when they are empty, parents first. */
  readonly emptied: readonly { readonly path: string; readonly mode: number }[];
}

const JOURNAL = "journal.json";
/** What the folder in the tree is called, before its number. */
export const STAGING = ".connect-webhook-staging-";

/** Whether a name is one of such a folder. */
export function isStaging(name: string): boolean {
  return name.startsWith(STAGING) && /^[0-9a-f]{16}$/.test(name.slice(STAGING.length));
}

/** Makes the folder for a journal; what an earlier one left there without a journal goes. */
export async function newJournalFolder(folder: string): Promise<DurableFolder> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { mode: 0o700 });
  return DurableFolder.open(folder);
}

/** Writes the journal, whole: when this resolves it is on the disk, with all old contents that were put before. */
export async function writeJournal(folder: DurableFolder, journal: Journal): Promise<void> {
  await folder.put(JOURNAL, Buffer.from(JSON.stringify(journal)));
  await folder.commit();
}

/** Keeps the bytes of a file that an entry replaces. */
export function keepOld(folder: DurableFolder, index: number, bytes: Uint8Array): Promise<void> {
  return folder.put(`old-${index}`, bytes);
}

/**
 * The bytes that `keepOld` kept.
 * @throws UserError when they are not there as they were.
 */
export async function oldBytes(folder: string, index: number, hash: string): Promise<Buffer> {
  const bytes = await readFile(join(folder, `old-${index}`)).catch((error: unknown) => {
    throw unusable(folder, `old-${index} cannot be read`, error);
  });
  if (sha256(bytes) !== hash) throw unusable(folder, `old-${index} is not as it was written`);
  return bytes;
}

/** Ends a change: from here on it counts as done, or as undone. */
export async function removeJournal(folder: string): Promise<void> {
  await rm(join(folder, JOURNAL), { force: true });
  await rm(folder, { recursive: true, force: true });
}

/**
 * Reads the journal that a killed run left.
 * @param root The tree's absolute folder.
 * @returns Undefined when there is none: then the tree was not touched.
 * @throws UserError `broken-journal` when it cannot be read or is not one that this program wrote for this tree.
 */
export async function readJournal(folder: string, root: string): Promise<Journal | undefined> {
  let text: string;
  try {
    text = await readFile(join(folder, JOURNAL), "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT" && (await isFolderOrNothing(folder))) return undefined;
    throw unusable(folder, "it cannot be read", error);
  }
  try {
    return checked(JSON.parse(text), realPath(root));
  } catch (error) {
    throw unusable(folder, (error as Error).message, error);
  }
}

/** @throws UserError `broken-journal`, with what is wrong. */
export function unusable(folder: string, reason: string, cause?: unknown): UserError {
  return new UserError(
    `The data that an interrupted run left in ${folder} cannot be used to undo it: ${reason}.`,
    {
      code: "broken-journal",
      hint: "Nothing was changed. Check the tree with git, move that folder away, and run the command again.",
      cause,
    },
  );
}

async function isFolderOrNothing(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isDirectory();
  } catch (error) {
    return systemCode(error) === "ENOENT";
  }
}

/** @throws Error whose message says what is wrong. */
function checked(value: unknown, root: string): Journal {
  const journal = record(value, "the journal");
  demand(journal.version === 1, "it is of another version of this program");
  demand(journal.root === root, "it is of another tree");
  const tree = record(journal.tree, "its tree");
  for (const key of ["dev", "ino", "born"])
    demand(typeof tree[key] === "number", "its tree has no number");
  const { staging } = journal;
  demand(typeof staging === "string" && isStaging(staging), "its folder has another name");
  for (const entry of list(journal.entries, "its entries"))
    checkEntry(record(entry, "an entry"), root);
  for (const folder of list(journal.folders, "its folders")) checkPath(folder, root);
  for (const one of list(journal.emptied, "its emptied folders")) {
    const { path, mode } = record(one, "an emptied folder");
    checkPath(path, root);
    demand(isNumber(mode), "a folder has no mode");
  }
  return value as Journal;
}

function checkEntry({ path, kind, newHash, old }: Record<string, unknown>, root: string): void {
  checkPath(path, root);
  demand(kind === "create" || kind === "update" || kind === "remove", "an entry has no kind");
  demand(kind === "remove" ? newHash === undefined : isHash(newHash), "an entry has no hash");
  if (kind === "create") {
    demand(old === undefined, "a new file has an old content");
    return;
  }
  const before = record(old, "an old content");
  const { mode, uid, gid, hash, text } = before;
  const isLink = before.kind === "link" && kind === "remove" && typeof text === "string";
  const isWhole = before.kind === "file" && isHash(hash) && [mode, uid, gid].every(isNumber);
  demand(isLink || isWhole, "an old content is incomplete");
}

function checkPath(path: unknown, root: string): void {
  demand(typeof path === "string" && path !== "" && !path.includes("\0"), "a path is no text");
  const target = resolve(root, path as string);
  const inside = !isAbsolute(path as string) && target !== root && isInside(root, target);
  demand(
    inside && !namesGit(path as string),
    `the path ${JSON.stringify(path)} is not the tree's own`,
  );
}

function demand(isTrue: boolean, what: string): void {
  if (!isTrue) throw new Error(what);
}

const isHash = (value: unknown): boolean =>
  typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
const isNumber = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

function record(value: unknown, what: string): Record<string, unknown> {
  demand(isRecord(value), `${what} is no object`);
  return value as Record<string, unknown>;
}

function list(value: unknown, what: string): unknown[] {
  demand(Array.isArray(value), `${what} are no list`);
  return value as unknown[];
}
