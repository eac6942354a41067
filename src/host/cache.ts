/** The folder for what can be made again: snapshots of the engine, the unpacked browser. */
import { chmodSync, mkdirSync, readdirSync, type Stats, statSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { MachineError } from "../errors.ts";
import { environmentVariables, homeFolder } from "./environment.ts";

const OTHERS = 0o077;
const OTHERS_WRITE = 0o022;

/** Those that were looked at, since a process asks hundreds of times. */
const checked = new Set<string>();

/**
 * The cache folder: `$CONNECT_WEBHOOK_CACHE`, else the platform's cache folder plus `connect-webhook`. It is this user's
 * alone: a browser is started from it, and what is kept in it is believed.
 * @param parts Path parts below it.
 * @throws MachineError `unsafe-cache` for a folder of another user's, and for one that others could put something into.
 */
export function cacheDir(...parts: string[]): string {
  const root = cacheRoot();
  if (!checked.has(root)) keepOthersOut(root);
  checked.add(root);
  return join(root, ...parts);
}

function keepOthersOut(root: string): void {
  const stat = folderAt(root);
  const uid = process.getuid?.();
  if (stat === undefined || uid === undefined) return;
  if (stat.uid === uid && (stat.mode & OTHERS_WRITE) !== 0 && !isEmpty(root)) {
    throw new MachineError(`Others could write to the cache folder, ${root}.`, {
      code: "unsafe-cache",
      hint: "Remove it: it will be filled again. Or set CONNECT_WEBHOOK_CACHE to another folder.",
    });
  }
  if (stat.uid === uid && isOpenToNobody(root, stat)) return;
  throw new MachineError(`The cache folder, ${root}, is not yours alone.`, {
    code: "unsafe-cache",
    hint: "Make it yours (chmod 700), or set CONNECT_WEBHOOK_CACHE to another folder.",
  });
}

/** Undefined where none can be made: then there is nothing to believe either. */
function folderAt(root: string): Stats | undefined {
  try {
    mkdirSync(root, { recursive: true, mode: 0o700 });
    return statSync(root);
  } catch {
    return undefined;
  }
}

function isEmpty(root: string): boolean {
  try {
    return readdirSync(root).length === 0;
  } catch {
    return false;
  }
}

function isOpenToNobody(root: string, { mode }: Stats): boolean {
  if ((mode & OTHERS) === 0) return true;
  try {
    chmodSync(root, 0o700);
    return true;
  } catch {
    // A disk that cannot be written to, by others neither.
    return (mode & OTHERS_WRITE) === 0;
  }
}

function cacheRoot(): string {
  const { CONNECT_WEBHOOK_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = environmentVariables();
  if (CONNECT_WEBHOOK_CACHE) return resolve(CONNECT_WEBHOOK_CACHE);
  // The specification says to ignore a relative one: it would lead into whatever tree this is.
  if (XDG_CACHE_HOME && isAbsolute(XDG_CACHE_HOME)) return join(XDG_CACHE_HOME, "connect-webhook");
  if (process.platform === "win32" && LOCALAPPDATA) return join(LOCALAPPDATA, "connect-webhook");
  if (process.platform === "darwin")
    return join(homeFolder(), "Library", "Caches", "connect-webhook");
  return join(homeFolder(), ".cache", "connect-webhook");
}
