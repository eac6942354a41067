/** What state the cache folder is in. */
import { mkdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { messageOf } from "../errors.ts";
import { cacheDir } from "./cache.ts";
import { listFilesBelow } from "./files.ts";

export interface CacheState {
  /** Absolute path. */
  readonly folder: string;
  /** Bytes of everything in it. */
  readonly bytes: number;
  /** Why nothing can be written; undefined when it can. */
  readonly problem: string | undefined;
}

/** Looks at the cache folder, and tries to write into it. */
export async function cacheState(): Promise<CacheState> {
  const folder = cacheDir();
  const probe = join(folder, `.probe-${process.pid}`);
  const problem = await mkdir(folder, { recursive: true })
    .then(() => writeFile(probe, ""))
    .then(() => rm(probe))
    .then(() => undefined, messageOf);
  let bytes = 0;
  for (const path of await listFilesBelow(folder).catch(() => [])) {
    bytes += (await stat(join(folder, path)).catch(() => undefined))?.size ?? 0;
  }
  return { folder, bytes, problem };
}

/** This machine, as people name it: the version of Node, the system and the processor. */
export function machineName(): string {
  return `Node ${process.versions.node}, ${process.platform} ${process.arch}`;
}
