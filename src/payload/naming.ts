/** How a payload's file name becomes a fixture's, and an event's. */

/** Folds a text to what fixtures are named with: `a-z`, `0-9` and `_`. Empty when nothing is left. */
export function slugOf(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, "_")
    .replace(/^_+|(?<!_)_+$/g, "");
}

/** What a payload's file name says. */
export interface FixtureName {
  /** The fixture's name without `.json`. */
  name: string;
  /** What stands before `__` in the file name, exactly as it stands there. */
  event: string;
}

/**
 * Derives a fixture's name from a payload's file name. `event__detail` keeps its two parts, because trees read the
 * event header's value from the first.
 * @param fileName Such as `Deploy finished.json` or `push__one-commit.json`.
 * @returns undefined when the file name holds nothing to make a name of.
 */
export function fixtureNameOf(fileName: string): FixtureName | undefined {
  const stem = fileName.replace(/\.[A-Za-z0-9]{1,10}$/, "");
  const [event = "", ...details] = stem.split("__");
  const parts = [event, details.join("_")].map(slugOf).filter((part) => part !== "");
  if (parts.length === 0) return undefined;
  return { name: parts.join("__"), event };
}
