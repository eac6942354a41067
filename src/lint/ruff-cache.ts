/** What ruff said about texts, from one run to the next. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { packageVersion } from "../host/assets.ts";
import { cacheDir } from "../host/cache.ts";
import { readTextIfExists } from "../host/files.ts";
import { writeOutput } from "../host/write.ts";
import type { RuffFinding } from "./ruff.ts";

/** The findings of texts under one set of settings. */
export interface RuffCache {
  readonly isEmpty: boolean;
  get(text: string, find: () => Promise<RuffFinding[]>): Promise<RuffFinding[]>;
  /** Keeps what is new. */
  save(): Promise<void>;
}

/** More texts than ten trees have; beyond that old ones are dropped. */
const MAX_TEXTS = 4_000;

/** @param options The settings. They and this program's version, which fixes ruff's, decide what is found. */
export async function openCache(options: object): Promise<RuffCache> {
  const key = hashOf(`${packageVersion()} ${JSON.stringify(options)}`);
  const path = join(cacheDir("lint"), `ruff-${key}.json`);
  const known = await read(path);
  let changed = false;
  return {
    isEmpty: known.size === 0,
    async get(text, find) {
      const hash = hashOf(text);
      const kept = known.get(hash);
      if (kept) return kept;
      const findings = await find();
      known.set(hash, findings);
      changed = true;
      return findings;
    },
    async save() {
      if (!changed) return;
      const kept = [...known].slice(-MAX_TEXTS);
      // A cache that cannot be written costs time, and nothing else.
      await writeOutput(path, JSON.stringify(Object.fromEntries(kept))).catch(() => undefined);
    },
  };
}

async function read(path: string): Promise<Map<string, RuffFinding[]>> {
  try {
    const text = await readTextIfExists(path);
    return new Map(text === undefined ? [] : Object.entries(JSON.parse(text)));
  } catch {
    // A torn file is written anew.
    return new Map();
  }
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
