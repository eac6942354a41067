/** What slow looks at texts and pictures found, kept in the cache folder from one run to the next. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { packageVersion } from "../host/assets.ts";
import { cacheDir } from "../host/cache.ts";
import { readTextIfExists } from "../host/files.ts";
import { writeOutput } from "../host/write.ts";

/** Answers by what they were found in. */
export interface Kept<T> {
  readonly isEmpty: boolean;
  /** @param subject All that the answer depends on. */
  get(subject: readonly (string | Uint8Array)[], find: () => Promise<T>): Promise<T>;
  /** Keeps what is new. */
  save(): Promise<void>;
}

/** More than ten trees have; beyond that old ones are dropped. */
const MAX_ANSWERS = 4_000;

/**
 * @param name What is looked at; the first part of the file's name.
 * @param settings What the answers depend on besides their subject. This program's version is part of it.
 */
export async function openKept<T>(name: string, settings: object = {}): Promise<Kept<T>> {
  const key = hashOf([packageVersion(), JSON.stringify(settings)]);
  const path = join(cacheDir("lint"), `${name}-${key}.json`);
  const known = await read<T>(path);
  let changed = false;
  return {
    isEmpty: known.size === 0,
    async get(subject, find) {
      const hash = hashOf(subject);
      const kept = known.get(hash);
      if (kept !== undefined) return kept;
      const answer = await find();
      known.set(hash, answer);
      changed = true;
      return answer;
    },
    async save() {
      if (!changed) return;
      const kept = [...known].slice(-MAX_ANSWERS);
      // A cache that cannot be written costs time, and nothing else.
      await writeOutput(path, JSON.stringify(Object.fromEntries(kept))).catch(() => undefined);
    },
  };
}

async function read<T>(path: string): Promise<Map<string, T>> {
  try {
    const text = await readTextIfExists(path);
    return new Map(text === undefined ? [] : Object.entries(JSON.parse(text) as Record<string, T>));
  } catch {
    // A torn file is written anew.
    return new Map();
  }
}

function hashOf(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part.length}\0`).update(part);
  return hash.digest("hex").slice(0, 32);
}
