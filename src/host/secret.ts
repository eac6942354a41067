/** A secret of this machine: made once, kept in the cache folder, readable by this user only. */
import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { cacheDir } from "./cache.ts";
import { machineFileError, systemCode } from "./file-error.ts";

const BYTES = 32;

/**
 * @param name What it is for; each has its own.
 * @throws MachineError when the cache folder cannot be written.
 */
export async function machineSecret(name: string): Promise<string> {
  const path = cacheDir("secrets", name);
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    // Another process may be making it at the same time: the first one wins.
    await writeFile(path, randomBytes(BYTES).toString("base64url"), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (systemCode(error) !== "EEXIST") {
      throw machineFileError(error, "keep a secret", path, "CONNECT_WEBHOOK_CACHE");
    }
  }
  return (await readFile(path, "utf8")).trim();
}
