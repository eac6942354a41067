/**
 * Plan and apply: a set of file changes that reaches the tree whole or not at all.
 *
 * A journal and the old contents are written to this user's state folder, new contents are staged in a folder inside the
 * tree, so that they can be renamed into place. Removing the journal is the moment the change is done. A run that dies
 * before that is undone: by itself when it can, else by the next command that opens the tree (`recover.ts`).
 */
import { randomBytes } from "node:crypto";
import { lstat, mkdir, open, rename, rmdir, stat, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { BugError, UserError } from "../errors.ts";
import { sha256 } from "./checksum.ts";
import { fileError } from "./file-error.ts";
import { exists, readBytes, readBytesIfExists, realPath } from "./files.ts";
import { resolveToWrite } from "./git-folder.ts";
import {
  type Journal,
  type JournalEntry,
  keepOld,
  newJournalFolder,
  type OldEntry,
  removeJournal,
  STAGING,
  writeJournal,
} from "./journal.ts";
import { readEntry, takeModeAndOwner } from "./links.ts";
import { hashAt, identityOf, removeFolders, targetOf, undoUnfinished } from "./recover.ts";
import { withTreeLock } from "./tree-lock.ts";

/** One file that a command wants to write or remove. */
export interface FileChange {
  /** Path relative to the root, with forward slashes. */
  path: string;
  kind: "create" | "update" | "remove";
  /** The bytes to be there afterwards; not for `remove`. */
  content?: Uint8Array;
  /**
   * The bytes the change was planned against, for `update` and `remove`: others there mean refuse. A link that is
   * removed has the text of the link, as `readEntry` gives it.
   */
  expected?: Uint8Array;
}

/**
 * Applies changes to a tree, all or nothing. A link that is to be removed goes itself; a link that is to be updated
 * stays, and the file it names changes.
 * @param root The tree's absolute folder. It is made when it is not there.
 * @param changes Each path at most once.
 * @param emptied Folders to remove with the files in them, as paths relative to the root. One that holds something
 *   else stays.
 * @param stillHolds Looks once more whether the plan fits the tree, while nobody else can change it, and throws when it
 *   does not.
 * @throws UserError when a file to create exists, a file to change is not as planned or a path leads out of the tree or
 *   into git's own folder; MachineError when the disk refuses. The tree is then as it was.
 */
export async function applyChanges(
  root: string,
  changes: readonly FileChange[],
  emptied: readonly string[] = [],
  stillHolds: () => Promise<void> = async () => {},
): Promise<void> {
  if (changes.length === 0) return;
  const made = await mkdir(root, { recursive: true }).catch((error: unknown) => {
    throw fileError(error, "write to the tree", root);
  });
  try {
    await withTreeLock(root, async (lock) => {
      const { change: folder } = lock.state;
      await undoUnfinished(root, folder);
      for (const change of changes) await checkBefore(root, change);
      await stillHolds();
      try {
        const journal = await stage(root, changes, emptied, folder);
        for (const [index, entry] of journal.entries.entries()) {
          await lock.confirm();
          await put(root, entry, join(root, journal.staging, `new-${index}`));
        }
        await removeFolders(journal.emptied.map(({ path }) => resolveToWrite(root, path)));
        await rmdir(join(root, journal.staging));
        await lock.confirm();
      } catch (error) {
        // Who took the lock away has undone it already, and may be at work.
        await lock.confirm();
        await undoUnfinished(root, folder);
        throw fileError(error, "write to the tree", root);
      }
      await removeJournal(folder);
    });
  } catch (error) {
    if (made !== undefined) await removeFolders(foldersBetween(made, root));
    throw error;
  }
}

async function checkBefore(root: string, change: FileChange): Promise<void> {
  const target = targetOf(root, change);
  if (change.kind === "create") {
    if ((await hashAt(target)) !== undefined) {
      throw new UserError(`${change.path} exists already.`, {
        code: "file-exists",
        hint: "Choose another name, or remove the file first.",
      });
    }
    return;
  }
  const current =
    change.kind === "remove" ? await readEntry(target) : await readBytesIfExists(target);
  const asPlanned =
    current !== undefined && (!change.expected || Buffer.compare(current, change.expected) === 0);
  if (!asPlanned) throw changedMeanwhile(change.path);
}

/** For a plan that does not fit the tree any more. */
export function changedMeanwhile(path: string): UserError {
  return new UserError(`${path} changed while the command was running.`, {
    code: "changed-meanwhile",
    hint: "Nothing was written; run the command again.",
  });
}

async function stage(
  root: string,
  changes: readonly FileChange[],
  emptied: readonly string[],
  folder: string,
): Promise<Journal> {
  const kept = await newJournalFolder(folder);
  const staging = `${STAGING}${randomBytes(8).toString("hex")}`;
  const untouched: Journal = {
    version: 1,
    root: realPath(root),
    tree: await identityOf(root),
    staging,
    entries: [],
    folders: [],
    emptied: [],
  };
  // The folder in the tree is written down before it is made, so that it never stays behind.
  await writeJournal(kept, untouched);
  await mkdir(join(root, staging));
  const entries: JournalEntry[] = [];
  for (const [index, change] of changes.entries()) {
    const { path, kind, content } = change;
    const target = targetOf(root, change);
    const old = await oldAt(target, change);
    if (old?.bytes) await keepOld(kept, index, old.bytes);
    if (kind !== "remove") {
      if (!content) throw new BugError(`The change of ${path} has no content.`);
      const staged = join(root, staging, `new-${index}`);
      await writeDurably(staged, content);
      if (kind === "update") await takeModeAndOwner(target, staged);
    }
    entries.push({
      path,
      kind,
      ...(content && kind !== "remove" && { newHash: sha256(content) }),
      ...(old && { old: old.entry }),
    });
  }
  const journal: Journal = {
    ...untouched,
    entries,
    folders: missingFolders(root, changes),
    emptied: await modesOf(root, emptied),
  };
  await writeJournal(kept, journal);
  return journal;
}

/** What has to be known to bring back what is at a path. */
async function oldAt(
  target: string,
  { path, kind, expected }: FileChange,
): Promise<{ entry: OldEntry; bytes?: Buffer } | undefined> {
  if (kind === "create") return undefined;
  const isLink = kind === "remove" && (await lstat(target)).isSymbolicLink();
  const bytes = await (isLink ? readEntry(target) : readBytes(target));
  if (!bytes || (expected && Buffer.compare(bytes, expected) !== 0)) throw changedMeanwhile(path);
  if (isLink) return { entry: { kind: "link", text: bytes.toString() } };
  const { mode, uid, gid } = await stat(target);
  return { entry: { kind: "file", hash: sha256(bytes), mode, uid, gid }, bytes };
}

async function writeDurably(path: string, content: Uint8Array): Promise<void> {
  const handle = await open(path, "wx");
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function missingFolders(root: string, changes: readonly FileChange[]): string[] {
  const missing = new Set<string>();
  for (const { path } of changes) {
    let folder = dirname(path);
    while (folder !== "." && !exists(join(root, folder))) {
      missing.add(folder);
      folder = dirname(folder);
    }
  }
  return [...missing].sort((a, b) => a.length - b.length);
}

/** The folders, parents first, each with what is needed to make it again. */
async function modesOf(root: string, folders: readonly string[]) {
  const sorted = [...folders].sort((a, b) => a.length - b.length);
  return Promise.all(
    sorted.map(async (path) => ({ path, mode: (await stat(resolveToWrite(root, path))).mode })),
  );
}

async function put(root: string, entry: JournalEntry, staged: string): Promise<void> {
  const place = targetOf(root, entry);
  // A link is followed, so that the file it names changes and the link stays.
  const target = entry.kind === "remove" ? place : realPath(place);
  const { old } = entry;
  const before = old?.kind === "link" ? sha256(old.text) : old?.hash;
  // The lock holds off this user's other runs only.
  if ((await hashAt(target)) !== before) throw changedMeanwhile(entry.path);
  if (entry.kind === "remove") return unlink(target);
  await mkdir(dirname(target), { recursive: true });
  await rename(staged, target);
}

/** The folders from one to another that is inside of it, parents first. */
function foldersBetween(outer: string, inner: string): string[] {
  const folders = [inner];
  for (let folder = inner; folder !== outer && dirname(folder) !== folder; ) {
    folder = dirname(folder);
    folders.unshift(folder);
  }
  return folders;
}
