/**
 * The lock of a tree: one process at a time changes it.
 *
 * The lock is a folder in this user's state folder: in the tree it could be a stranger's. Whoever wants it puts a file of
 * its own there, its claim, before it looks who else is there. Of two who come at once at least one sees the other, and steps back. A claim's name says which
 * process made it, so the claim of a dead one is taken away at once, and nobody can take away another one by mistake,
 * as with a lock that all call by one name. A claim of another machine or container says nothing that can be looked up
 * here: its holder touches it, and when it is not touched for a while it counts as dead.
 */
import { mkdir, readdir, rmdir, stat, unlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { UserError } from "../errors.ts";
import { machineFileError, systemCode } from "./file-error.ts";
import { isProcessName, lifeOf, processName } from "./process-name.ts";
import { openTreeState, type TreeState } from "./state.ts";

/** How long to wait for another one that is at work. */
const TIMEOUT_MS = 10_000;
const HEARTBEAT_MS = 1_000;
/** A claim that cannot be looked up counts as dead when it was not touched for this long. */
const STALE_MS = 5_000;

/** The lock, while it is held. */
export interface HeldLock {
  /** Where the state of the tree is kept. */
  readonly state: TreeState;
  /** @throws UserError when somebody took the lock away, because this process stood still for too long. */
  confirm(): Promise<void>;
}

/**
 * Does something while no other run of this user changes the tree.
 * @param root The tree's absolute folder.
 * @throws UserError `locked` when another process holds the lock for ten seconds, `state-in-tree`; MachineError when
 *   the state folder cannot be used.
 */
export async function withTreeLock<T>(
  root: string,
  work: (lock: HeldLock) => Promise<T>,
): Promise<T> {
  const state = await openTreeState(root);
  const claim = await takeLock(root, state.lock).catch((error: unknown) => {
    throw machineFileError(error, "lock the tree", state.lock, "XDG_STATE_HOME");
  });
  const heartbeat = setInterval(() => touch(claim), HEARTBEAT_MS);
  heartbeat.unref();
  try {
    return await work({
      state,
      async confirm() {
        if ((await modifiedMs(claim)) === undefined) throw lostLock(root);
      },
    });
  } finally {
    clearInterval(heartbeat);
    await leave(state.lock, claim);
  }
}

/** @returns The path of this process's claim. */
async function takeLock(root: string, folder: string): Promise<string> {
  const observer = new ClaimObserver();
  const until = performance.now() + TIMEOUT_MS;
  for (;;) {
    const name = processName();
    if (await announce(folder, name)) {
      if (await isAlone(folder, name, observer)) return join(folder, name);
      await leave(folder, join(folder, name));
    }
    if (performance.now() > until) throw locked(root);
    // Not always the same time, so that two who wait for each other do not do so for ever.
    await pause(50 + Math.random() * 100);
  }
}

/** @returns False when the folder was taken away between making it and writing to it. */
async function announce(folder: string, name: string): Promise<boolean> {
  await mkdir(folder).catch((error: unknown) => {
    if (systemCode(error) !== "EEXIST") throw error;
  });
  try {
    await writeFile(join(folder, name), "", { flag: "wx" });
    return true;
  } catch (error) {
    if (systemCode(error) === "ENOENT") return false;
    throw error;
  }
}

/** Whether no other claim than this one is of somebody alive. Those of dead ones are taken away. */
async function isAlone(folder: string, own: string, observer: ClaimObserver): Promise<boolean> {
  const others = (await readdir(folder)).filter((name) => name !== own && isProcessName(name));
  let alone = true;
  for (const other of others) {
    const life = lifeOf(other);
    if (life === "dead" || (life === "unknown" && (await observer.isDead(join(folder, other))))) {
      await unlink(join(folder, other)).catch(() => undefined);
    } else alone = false;
  }
  return alone;
}

/** Takes a claim away, and the folder unless somebody else is there. */
async function leave(folder: string, claim: string): Promise<void> {
  await unlink(claim).catch(() => undefined);
  await rmdir(folder).catch(() => undefined);
}

async function touch(claim: string): Promise<void> {
  const now = new Date();
  await utimes(claim, now, now).catch(() => undefined);
}

async function modifiedMs(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => undefined))?.mtimeMs;
}

/** Which claims were not touched for how long, by this process's clock: the other machine's may be another. */
class ClaimObserver {
  readonly #seen = new Map<string, { modifiedMs: number | undefined; since: number }>();

  async isDead(claim: string): Promise<boolean> {
    const modified = await modifiedMs(claim);
    const before = this.#seen.get(claim);
    const now = performance.now();
    if (before?.modifiedMs === modified && before !== undefined)
      return now - before.since > STALE_MS;
    this.#seen.set(claim, { modifiedMs: modified, since: now });
    return false;
  }
}

function locked(root: string): UserError {
  return new UserError(`Another connect-webhook is writing to ${root}.`, {
    code: "locked",
    hint: "Wait until it has finished, and run the command again.",
  });
}

function lostLock(root: string): UserError {
  return new UserError(`Another connect-webhook took over ${root} while this one was suspended.`, {
    code: "lost-lock",
    hint: "It has rolled back the change of this one; run the command again.",
  });
}
