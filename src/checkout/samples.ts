/** A few of a tree's own integrations, read to see how they are written. */
import { join } from "node:path";
import { readTextIfExists } from "../host/files.ts";
import type { Integration } from "./model.ts";
import { moduleFile } from "./names.ts";

/** How many integrations are looked at. Enough for a majority, few enough to keep opening a tree quick. */
const sampleSize = 14;

export interface Samples {
  readonly views: readonly string[];
  readonly tests: readonly string[];
  readonly docs: readonly string[];
}

/** Reads the views, tests and docs of integrations spread evenly over the registry. */
export async function readSamples(
  root: string,
  integrations: readonly Integration[],
): Promise<Samples> {
  const step = Math.max(1, Math.floor(integrations.length / sampleSize));
  const chosen = integrations.filter((_, index) => index % step === 0).slice(0, sampleSize);
  const read = async (path: (one: Integration) => string): Promise<string[]> => {
    const texts = await Promise.all(chosen.map((one) => readTextIfExists(join(root, path(one)))));
    return texts.filter((text) => text !== undefined);
  };
  const [views, tests, docs] = await Promise.all([
    read((one) => moduleFile(one.viewModule)),
    read((one) => one.testsFile),
    read((one) => one.docFile),
  ]);
  return { views, tests, docs };
}

/** How many texts a pattern is found in. */
export function countMatching(texts: readonly string[], pattern: RegExp): number {
  return texts.filter((text) => pattern.test(text)).length;
}

/** What most texts call the topic, of two names; undefined where they tell nothing. */
export function topicVariableIn(
  texts: readonly string[],
  long: string,
  short: string,
): string | undefined {
  const [longs = 0, shorts = 0] = [long, short].map((name) =>
    countMatching(texts, new RegExp(`^ +${name} *=[^=]`, "m")),
  );
  if (longs === shorts) return undefined;
  return longs > shorts ? long : short;
}

/** The most frequent of some values; the first seen wins a tie. */
export function mostFrequent(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
