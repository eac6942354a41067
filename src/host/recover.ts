/** Undoing what a killed run left half done, by the journal in the state folder and by nothing that stands in a tree. */
import { lstatSync } from "node:fs";
import {
  chmod,
  chown,
  lstat,
  mkdir,
  readdir,
  rename,
  rm,
  rmdir,
  symlink,
  unlink,
  writeFile,
} from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { messageOf } from "../errors.ts";
import { sha256 } from "./checksum.ts";
import { fileError, isMissing } from "./file-error.ts";
import { realPath } from "./files.ts";
import { refuseGit, resolveToWrite } from "./git-folder.ts";
import {
  type FolderIdentity,
  isStaging,
  type Journal,
  type JournalEntry,
  oldBytes,
  readJournal,
  removeJournal,
  unusable,
} from "./journal.ts";
import { readEntry } from "./links.ts";
import { existingTreeState } from "./state.ts";
import { withTreeLock } from "./tree-lock.ts";

/** Where earlier versions kept their state: in the tree, where anybody can put something. */
const IN_TREE = [".connect-webhook-transaction", ".connect-webhook-lock"];

/**
 * Undoes what a killed run left half done.
 * @param root The tree's absolute folder.
 * @returns What the user should know, one sentence each; mostly nothing.
 * @throws UserError `broken-journal` when what the run left cannot be used: nothing is touched then. UserError `locked`
 *   when another run is at work for ten seconds. MachineError when the disk refuses.
 */
export async function recoverChanges(root: string): Promise<string[]> {
  const change = existingTreeState(root)?.change;
  const undone =
    change !== undefined && isThere(change)
      ? await withTreeLock(root, (lock) => undoUnfinished(root, lock.state.change))
      : undefined;
  const strange = await strangeNames(root, change);
  return [...(undone === undefined ? [] : [undone]), ...strange.map(sayStrange)];
}

/**
 * Takes back what the journal says, and ends the change. Somebody else's edits since then stay.
 * @param folder The folder of the journal. The caller holds the tree's lock.
 * @returns What the user should know; undefined when the tree was not touched.
 */
export async function undoUnfinished(root: string, folder: string): Promise<string | undefined> {
  const journal = await readJournal(folder, root);
  if (journal === undefined || journal.entries.length === 0) {
    if (journal) await rm(join(root, journal.staging), { recursive: true, force: true });
    await removeJournal(folder);
    return undefined;
  }
  if (!(await isSameTree(root, journal))) return setAside(root, folder);
  // Everything is looked at before anything is touched.
  const steps: Step[] = [];
  for (const [index, entry] of journal.entries.entries()) {
    const step = await stepFor(entry, index, root, folder);
    if (step !== undefined) steps.push(step);
  }
  const emptied = journal.emptied.map(({ path, mode }) => ({
    path: within(root, folder, path),
    mode,
  }));
  const created = journal.folders.map((path) => within(root, folder, path));
  try {
    await take(steps, join(root, journal.staging), emptied);
    await removeFolders(created);
    await rm(join(root, journal.staging), { recursive: true, force: true });
  } catch (error) {
    throw fileError(error, "undo what an interrupted run left in the tree", root);
  }
  await removeJournal(folder);
  return "An earlier run was interrupted while it was writing; its incomplete change has been rolled back.";
}

/** By what a folder is known again. */
export async function identityOf(root: string): Promise<FolderIdentity> {
  const { dev, ino, birthtimeMs } = await lstat(realPath(root));
  return { dev, ino, born: birthtimeMs };
}

/** Where a change happens. What is to be removed may be a link to anywhere: only the folder it is in has to be inside. */
export function targetOf(
  root: string,
  { path, kind }: Pick<JournalEntry, "path" | "kind">,
): string {
  if (kind !== "remove") return resolveToWrite(root, path);
  refuseGit(path);
  return join(resolveToWrite(root, dirname(path)), basename(path));
}

/**
 * The hash of what is at a path: of a file's bytes or of a link's text.
 * @returns Undefined for nothing, `other` for what is no file.
 */
export async function hashAt(path: string): Promise<string | undefined> {
  try {
    const bytes = await readEntry(path);
    return bytes && sha256(bytes);
  } catch (error) {
    if ((error as { code?: string }).code === "not-a-file") return "other";
    throw error;
  }
}

/** Removes folders, the innermost first. One that somebody has put a file into stays. */
export async function removeFolders(parentsFirst: readonly string[]): Promise<void> {
  for (const path of [...parentsFirst].reverse()) await rmdir(path).catch(() => undefined);
}

/** What has to be done about one entry: `old` comes back, or the new file goes. */
interface Step {
  readonly target: string;
  readonly old: JournalEntry["old"];
  readonly bytes: Buffer | undefined;
}

async function stepFor(
  entry: JournalEntry,
  index: number,
  root: string,
  folder: string,
): Promise<Step | undefined> {
  const { path, kind, newHash, old } = entry;
  const place =
    kind === "remove"
      ? join(within(root, folder, dirname(path)), basename(path))
      : realPath(within(root, folder, path));
  // What somebody else wrote since is theirs and stays.
  if ((await hashAt(place)) !== newHash) return undefined;
  const bytes = old?.kind === "file" ? await oldBytes(folder, index, old.hash) : undefined;
  return { target: place, old, bytes };
}

function within(root: string, folder: string, path: string): string {
  try {
    return resolveToWrite(root, path);
  } catch (error) {
    throw unusable(folder, messageOf(error), error);
  }
}

async function take(
  steps: readonly Step[],
  staging: string,
  emptied: readonly { path: string; mode: number }[],
): Promise<void> {
  // What was never put into its place goes first: it may be what fills the disk.
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging);
  for (const { path, mode } of emptied) {
    if (isThere(path)) continue;
    // With its mode at once, so that a kill in between leaves nothing that looks done.
    const partial = join(staging, "folder");
    await mkdir(partial);
    await chmod(partial, mode & 0o7777);
    await mkdir(dirname(path), { recursive: true });
    await rename(partial, path);
  }
  for (const step of steps) await takeBack(step, join(staging, "old"));
}

async function takeBack({ target, old, bytes }: Step, partial: string): Promise<void> {
  if (old === undefined) return unlink(target);
  await mkdir(dirname(target), { recursive: true });
  if (old.kind === "link") await symlink(old.text, partial);
  else {
    await writeFile(partial, bytes ?? "", { flag: "wx", flush: true });
    await chown(partial, old.uid, old.gid).catch(() => undefined);
    await chmod(partial, old.mode & 0o7777);
  }
  await rename(partial, target);
}

/** The folder in the tree has a name that only the journal knows; without it, the tree's own folder has to be the same. */
async function isSameTree(root: string, { staging, tree }: Journal): Promise<boolean> {
  if (isThere(join(root, staging))) return true;
  const now = await identityOf(root);
  return now.dev === tree.dev && now.ino === tree.ino && now.born === tree.born;
}

async function setAside(root: string, folder: string): Promise<string> {
  const time = new Date().toISOString().replaceAll(/[-:.]/g, "");
  const aside = folder.replace(/\.change$/, `-${time}.left`);
  await rename(folder, aside);
  return `Another tree was at ${root} when a run was interrupted there, so nothing was undone; the files that it had replaced are in ${aside}.`;
}

/** What looks like this program's state, and is none that this user's runs know. */
async function strangeNames(root: string, change: string | undefined): Promise<string[]> {
  const found = async (): Promise<string[]> => {
    const names = await readdir(root).catch((): string[] => []);
    return names.filter((name) => IN_TREE.includes(name) || isStaging(name));
  };
  const seen = await found();
  // A run that is at work, or has just ended, has a journal for as long as its folder is there.
  if (seen.length === 0 || (change !== undefined && isThere(change))) return [];
  const still = await found();
  return seen.filter((name) => still.includes(name));
}

function sayStrange(name: string): string {
  return isStaging(name)
    ? `${name} is from an interrupted run of another user, or of this tree in another place; it is not used. ` +
        "Some files may be half changed: check the tree with git, then delete that folder."
    : `${name} is in the tree and is not used: this program keeps its own state elsewhere. ` +
        "Find out who put it there, and delete it.";
}

function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw fileError(error, "look at", path);
  }
}
