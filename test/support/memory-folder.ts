/** A folder in memory for what tests write: making and removing trees on a disk takes a tenth of the run. */
import { spawnSync } from "node:child_process";
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from "node:fs";
import { freemem } from "node:os";
import { join } from "node:path";

/** Linux keeps it in memory. Containers often give it 64 MB, from which programs must not be started. */
const MEMORY = "/dev/shm";
const PREFIX = "connect-webhook-test-";
/** A run takes at most a third of it. */
const NEEDED_BYTES = 3 * 1024 ** 3;

/**
 * Has all temporary folders made in memory, where there is room. A `TMPDIR` that is set stays, so that a run with
 * `TMPDIR=/tmp` is one on the disk.
 * @returns Removes it with all that is left in it.
 */
export function useMemoryFolder(): () => void {
  if (process.env.TMPDIR !== undefined || !hasRoom()) return () => undefined;
  removeLeftovers();
  const folder = mkdtempSync(join(MEMORY, `${PREFIX}${process.pid}-`));
  // Some tests are of programs that other users start.
  chmodSync(folder, 0o755);
  const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
  if (!canStartPrograms(folder)) {
    remove();
    return () => undefined;
  }
  process.env.TMPDIR = folder;
  return remove;
}

/** What a run that was killed left behind would take memory until the machine is started anew. */
function removeLeftovers(): void {
  for (const name of readdirSync(MEMORY)) {
    const [, pid] = /^(\d+)-/.exec(name.slice(PREFIX.length)) ?? [];
    if (!name.startsWith(PREFIX) || pid === undefined || existsSync(`/proc/${pid}`)) continue;
    rmSync(join(MEMORY, name), { recursive: true, force: true });
  }
}

function hasRoom(): boolean {
  try {
    accessSync(MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(MEMORY);
    return Math.min(bavail * bsize, freemem()) >= NEEDED_BYTES;
  } catch {
    return false;
  }
}

function canStartPrograms(folder: string): boolean {
  const script = join(folder, "script");
  writeFileSync(script, "#!/bin/sh\n", { mode: 0o755 });
  return spawnSync(script).status === 0;
}
