/**
 * The folder for what must outlive a killed run: for each tree the journal of a change that is under way, the copies of
 * the files that it replaces, and the lock.
 *
 * It is never in a tree, because a tree is a stranger's: whatever stood there could have been committed. It is not in the
 * cache folder either, which anybody may empty at any time.
 */
import { lstatSync, type Stats } from "node:fs";
import { mkdir } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { MachineError, UserError } from "../errors.ts";
import { sha256 } from "./checksum.ts";
import { environmentVariables, homeFolder } from "./environment.ts";
import { isMissing, machineFileError } from "./file-error.ts";
import { isInside, realPath } from "./files.ts";

const VARIABLE = "XDG_STATE_HOME";
const OTHERS_MAY_WRITE = 0o022;

/** Where what is kept for one tree is. */
export interface TreeState {
  /** The absolute folder of all trees. */
  readonly folder: string;
  /** The folder of the tree's lock. */
  readonly lock: string;
  /** The folder of the change that is under way. */
  readonly change: string;
}

/**
 * The places for a tree, whether or not anything is there.
 * @param root The tree's folder; it need not exist.
 * @param base The state folder.
 */
export function treeStateIn(base: string, root: string): TreeState {
  const folder = join(base, "trees");
  const key = sha256(realPath(root)).slice(0, 32);
  return { folder, lock: join(folder, `${key}.lock`), change: join(folder, `${key}.change`) };
}

/**
 * Makes the folder for a tree's lock and journal.
 * @throws MachineError when it cannot be made or is not this user's alone; UserError when it is inside of the tree.
 */
export async function openTreeState(root: string): Promise<TreeState> {
  const base = stateDir();
  if (base === undefined) {
    throw new MachineError("This user has no home folder to store the state of a change in.", {
      code: "no-home",
      hint: `Set ${VARIABLE} to a folder that you can write to, outside the tree.`,
    });
  }
  if (isInTree(base, root)) {
    throw new UserError(`The folder for this program's own state, ${base}, is inside the tree.`, {
      code: "state-in-tree",
      hint: `Set ${VARIABLE} to a folder outside the tree.`,
    });
  }
  const state = treeStateIn(base, root);
  try {
    await mkdir(state.folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw machineFileError(error, "make the folder", state.folder, VARIABLE);
  }
  requireOwn(base);
  requireOwn(state.folder);
  return state;
}

/**
 * The places for a tree where a change may have been left.
 * @returns Undefined when nothing of this program's can be there.
 * @throws MachineError when the folder is not this user's alone.
 */
export function existingTreeState(root: string): TreeState | undefined {
  const base = stateDir();
  if (base === undefined || isInTree(base, root)) return undefined;
  const state = treeStateIn(base, root);
  return requireOwn(base) && requireOwn(state.folder) ? state : undefined;
}

/** Undefined for a user without a home. */
function stateDir(): string | undefined {
  const { XDG_STATE_HOME, LOCALAPPDATA } = environmentVariables();
  // The specification says to ignore a relative one: it would lead into whatever tree this is.
  if (XDG_STATE_HOME && isAbsolute(XDG_STATE_HOME)) return join(XDG_STATE_HOME, "connect-webhook");
  const { platform } = process;
  if (platform === "win32" && LOCALAPPDATA) return join(LOCALAPPDATA, "connect-webhook-state");
  const home = homeOf();
  if (home === undefined) return undefined;
  if (platform === "darwin") return join(home, "Library/Application Support/connect-webhook");
  return join(home, ".local/state/connect-webhook");
}

function homeOf(): string | undefined {
  try {
    const home = homeFolder();
    return isAbsolute(home) ? home : undefined;
  } catch {
    return undefined;
  }
}

function isInTree(folder: string, root: string): boolean {
  return isInside(realPath(root), realPath(folder));
}

/** @returns Whether it is there. */
function requireOwn(folder: string): boolean {
  let stat: Stats;
  try {
    stat = lstatSync(folder);
  } catch (error) {
    if (isMissing(error)) return false;
    throw machineFileError(error, "look at", folder, VARIABLE);
  }
  const uid = process.getuid?.();
  const isOwn = uid === undefined || (stat.uid === uid && (stat.mode & OTHERS_MAY_WRITE) === 0);
  if (stat.isDirectory() && isOwn) return true;
  throw new MachineError(`${folder} is not a folder that you alone can write to.`, {
    code: "unsafe-state",
    hint: `Make it yours (chmod 700), or set ${VARIABLE} to another folder.`,
  });
}
