/** What slow looks at texts and pictures found, kept in the cache folder from one run to the next. */
import { packageVersion } from "../../host/assets.ts";
import { digest } from "../../host/checksum.ts";
import { cachePath, readCachedJson, writeCachedJson } from "../../host/json-cache.ts";

/** Answers by what they were found in. */
export interface AnswerCache<T> {
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
export async function openAnswers<T>(name: string, settings: object = {}): Promise<AnswerCache<T>> {
  const path = cachePath("lint", `${name}-${digest([packageVersion(), JSON.stringify(settings)])}`);
  const known = new Map(Object.entries(((await readCachedJson(path)) ?? {}) as Record<string, T>));
  let changed = false;
  return {
    isEmpty: known.size === 0,
    async get(subject, find) {
      const hash = digest(subject);
      const cached = known.get(hash);
      if (cached !== undefined) return cached;
      const answer = await find();
      known.set(hash, answer);
      changed = true;
      return answer;
    },
    async save() {
      if (!changed) return;
      await writeCachedJson(path, Object.fromEntries([...known].slice(-MAX_ANSWERS)));
    },
  };
}
