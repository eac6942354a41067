/**
 * Plan and apply: a set of file changes that reaches the tree whole or not at all.
 *
 * New contents are staged and old ones kept in a folder inside the tree, a journal is written,
 * then files are renamed into place. Removing the journal is the moment the change is done. A run that
 * dies before that is undone: by itself when it can, else by the next command that opens the tree.
 */
import {
  chmod,
  lstat,
  mkdir,
  open,
  readFile,
  rename,
  rm,
  rmdir,
  stat,
  unlink,
} from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { BugError, UserError } from "../errors.ts";
import { sha256 } from "./checksum.ts";
import { fileError } from "./file-error.ts";
import { exists, readBytesIfExists, realPath, resolveInside } from "./files.ts";
import { copyEntry, readEntry, takeModeAndOwner } from "./links.ts";
import { TREE_LOCK, withTreeLock } from "./tree-lock.ts";

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

interface JournalEntry {
  path: string;
  kind: FileChange["kind"];
  newHash: string | undefined;
}

interface Journal {
  version: 1;
  entries: JournalEntry[];
  /** Folders that did not exist before, parents first. */
  folders: string[];
  /** Folders that go when they are empty, parents first. */
  emptied?: { path: string; mode: number }[];
}

const TRANSACTION = ".connect-webhook-transaction";
const JOURNAL = "journal.json";

/**
 * Applies changes to a tree, all or nothing. A link that is to be removed goes itself; a link that is to be updated
 * stays, and the file it names changes.
 * @param root The tree's absolute folder.
 * @param changes Each path at most once.
 * @param emptied Folders to remove with the files in them, as paths relative to the root. One that holds something
 *   else stays.
 * @throws UserError when a file to create exists or a file to change is not as planned;
 *   MachineError when the disk refuses. The tree is then as it was.
 */
export async function applyChanges(
  root: string,
  changes: readonly FileChange[],
  emptied: readonly string[] = [],
): Promise<void> {
  if (changes.length === 0) return;
  await withTreeLock(root, async (lock) => {
    await undoUnfinished(root);
    for (const change of changes) await checkBefore(root, change);
    try {
      const journal = await stage(root, changes, emptied);
      for (const [index, entry] of journal.entries.entries()) {
        await lock.confirm();
        await put(root, entry, index);
      }
      await removeFolders(root, journal.emptied?.map(({ path }) => path) ?? []);
      await lock.confirm();
    } catch (error) {
      // Who took the lock away has undone it already, and may be at work.
      await lock.confirm();
      await undoUnfinished(root);
      throw fileError(error, "write to the tree", root);
    }
    await rm(join(root, TRANSACTION, JOURNAL));
    await rm(join(root, TRANSACTION), { recursive: true, force: true });
  });
}

/**
 * Undoes what a killed run left half done.
 * @returns Whether there was something to undo.
 */
export async function recoverChanges(root: string): Promise<boolean> {
  // A run that was killed right after it had taken the lock leaves only that.
  if (!exists(join(root, TRANSACTION)) && !exists(join(root, TREE_LOCK))) return false;
  return withTreeLock(root, () => undoUnfinished(root));
}

async function checkBefore(root: string, change: FileChange): Promise<void> {
  const target = targetOf(root, change);
  if (change.kind === "create") {
    if (await lstat(target).catch(() => undefined)) {
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
  if (asPlanned) return;
  throw new UserError(`${change.path} changed while the command was running.`, {
    code: "changed-meanwhile",
    hint: "Nothing was written; run the command again.",
  });
}

/** Where a change happens. What is to be removed may be a link to anywhere: only the folder it is in has to be inside. */
function targetOf(root: string, { path, kind }: Pick<FileChange, "path" | "kind">): string {
  if (kind !== "remove") return resolveInside(root, path);
  return join(resolveInside(root, dirname(path)), basename(path));
}

async function stage(
  root: string,
  changes: readonly FileChange[],
  emptied: readonly string[],
): Promise<Journal> {
  const folder = join(root, TRANSACTION);
  await mkdir(folder);
  const journal: Journal = {
    version: 1,
    entries: [],
    folders: missingFolders(root, changes),
    emptied: await modesOf(root, emptied),
  };
  for (const [index, change] of changes.entries()) {
    const { path, kind, content } = change;
    if (kind !== "remove") {
      if (!content) throw new BugError(`The change of ${path} has no content.`);
      await writeDurably(join(folder, `new-${index}`), content);
    }
    if (kind !== "create") {
      const target = targetOf(root, change);
      await copyEntry(target, join(folder, `old-${index}`), { links: kind === "remove" });
      if (kind === "update") await takeModeAndOwner(target, join(folder, `new-${index}`));
    }
    journal.entries.push({ path, kind, newHash: content && sha256(content) });
  }
  // The journal appears whole or not at all: without it the tree is untouched.
  await writeDurably(join(folder, "journal.tmp"), Buffer.from(JSON.stringify(journal)));
  await rename(join(folder, "journal.tmp"), join(folder, JOURNAL));
  return journal;
}

async function writeDurably(path: string, content: Uint8Array): Promise<void> {
  const handle = await open(path, "w");
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
    sorted.map(async (path) => ({ path, mode: (await stat(resolveInside(root, path))).mode })),
  );
}

/** Removes folders, the innermost first. One that somebody has put a file into stays. */
async function removeFolders(root: string, parentsFirst: readonly string[]): Promise<void> {
  for (const path of [...parentsFirst].reverse()) {
    await rmdir(resolveInside(root, path)).catch(() => undefined);
  }
}

async function put(root: string, entry: JournalEntry, index: number): Promise<void> {
  if (entry.kind === "remove") return unlink(targetOf(root, entry));
  // A link is followed, so that the file it names changes and the link stays.
  const target = realPath(resolveInside(root, entry.path));
  await mkdir(dirname(target), { recursive: true });
  await rename(join(root, TRANSACTION, `new-${index}`), target);
}

async function undoUnfinished(root: string): Promise<boolean> {
  const folder = join(root, TRANSACTION);
  if (!exists(folder)) return false;
  const text = await readFile(join(folder, JOURNAL), "utf8").catch(() => undefined);
  const journal = text === undefined ? undefined : (JSON.parse(text) as Journal);
  if (journal) {
    for (const { path, mode } of journal.emptied ?? []) {
      const emptied = resolveInside(root, path);
      if (exists(emptied)) continue;
      await mkdir(emptied, { recursive: true });
      await chmod(emptied, mode);
    }
    for (const [index, entry] of journal.entries.entries()) await takeBack(root, entry, index);
    await removeFolders(root, journal.folders);
    await rm(join(folder, JOURNAL));
  }
  await rm(folder, { recursive: true, force: true });
  return journal !== undefined;
}

async function takeBack(root: string, entry: JournalEntry, index: number): Promise<void> {
  const removed = entry.kind === "remove";
  const target = removed ? targetOf(root, entry) : realPath(resolveInside(root, entry.path));
  const current = await (removed ? readEntry(target) : readFile(target).catch(() => undefined));
  // What somebody else wrote since is theirs and stays.
  if ((current && sha256(current)) !== entry.newHash) return;
  if (entry.kind === "create") return unlink(target);
  const kept = join(root, TRANSACTION, `old-${index}`);
  // Moved, because a disk that is full has no room for a copy; when it is gone it is back in its place already.
  if ((await readEntry(kept)) !== undefined) await rename(kept, target);
}
