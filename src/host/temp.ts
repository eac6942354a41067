/** Temporary folders that do not stay behind. */
import { rmSync } from "node:fs";
import { lstat, mkdir, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { machineFileError } from "./file-error.ts";
import { lifeOf, processName } from "./process-name.ts";

const PREFIX = "connect-webhook-";

const open = new Set<string>();
let hooked = false;

/**
 * Makes a temporary folder, which only this user can open. It is removed by `release`, at the latest when the process
 * exits, and by the next process that needs one when this one is killed.
 * @throws MachineError when the system has no room for it.
 */
export async function temporaryFolder(
  label: string,
): Promise<{ path: string; release(): Promise<void> }> {
  if (!hooked) {
    hooked = true;
    await removeAbandoned();
    process.once("exit", () => {
      for (const path of open)
        rmSync(path, { recursive: true, force: true, maxRetries: 3, retryDelay: 10 });
    });
  }
  const path = join(tmpdir(), `${PREFIX}${label}-${processName()}`);
  await mkdir(path, { mode: 0o700 }).catch((error: unknown) => {
    throw machineFileError(error, "make a temporary folder", path, "TMPDIR");
  });
  open.add(path);
  return {
    path,
    async release() {
      await rm(path, { recursive: true, force: true, maxRetries: 3 });
      open.delete(path);
    },
  };
}

/** Takes away what killed processes of this user have left: their numbers and starts tell that they are gone. */
async function removeAbandoned(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  const abandoned = names.filter(
    (name) => name.startsWith(PREFIX) && lifeOf(afterLabel(name)) === "dead",
  );
  for (const name of abandoned) {
    const path = join(tmpdir(), name);
    const entry = await lstat(path).catch(() => undefined);
    if (entry?.isDirectory() && entry.uid === process.getuid?.()) {
      await rm(path, { recursive: true, force: true }).catch(() => undefined);
    }
  }
}

function afterLabel(name: string): string {
  return name.slice(name.lastIndexOf("-") + 1);
}
