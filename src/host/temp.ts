/** Temporary folders that do not stay behind. */
import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { machineFileError } from "./file-error.ts";

const open = new Set<string>();
let hooked = false;

/** Makes a temporary folder. It is removed by `release`, and at the latest when the process exits. */
export async function temporaryFolder(
  label: string,
): Promise<{ path: string; release(): Promise<void> }> {
  if (!hooked) {
    hooked = true;
    process.once("exit", () => {
      for (const path of open)
        rmSync(path, { recursive: true, force: true, maxRetries: 3, retryDelay: 10 });
    });
  }
  const prefix = join(tmpdir(), `connect-webhook-${label}-`);
  const path = await mkdtemp(prefix).catch((error: unknown) => {
    throw machineFileError(error, "make a temporary folder", prefix, "TMPDIR");
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
