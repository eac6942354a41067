/** Which of the lines that no test runs are the change's: on an old integration the others are nothing new. */
import { join } from "node:path";
import type { Checkout } from "../../checkout/model.ts";
import type { Coverage } from "../../engine/index.ts";
import { readTextIfExists } from "../../host/files.ts";
import type { CoverageReview } from "../../review/index.ts";

/** What the tests of one revision ran. */
export interface Covered {
  readonly checkout: Checkout;
  readonly coverage: Coverage;
}

/**
 * The coverage after a change, with the lines that no test ran on the base either told apart, by what they say: they
 * may have moved, to another file too.
 * @param before Undefined where the base has nothing to compare with: all lines are new then.
 */
export async function coverageReview(
  after: Covered,
  before: Covered | undefined,
): Promise<CoverageReview> {
  const old = new Map<string, number>();
  for (const { text } of before ? await missingLines(before) : []) {
    old.set(text, (old.get(text) ?? 0) + 1);
  }
  const fresh = (await missingLines(after)).filter(({ text }) => {
    const left = old.get(text) ?? 0;
    old.set(text, left - 1);
    return left <= 0;
  });
  const files = after.coverage.files.map((file) => ({
    ...file,
    newlyMissing: fresh.flatMap(({ path, line }) => (path === file.path ? [line] : [])),
  }));
  return { ...after.coverage, files };
}

async function missingLines({ checkout, coverage }: Covered) {
  const found = await Promise.all(
    coverage.files.map(async ({ path, missing }) => {
      if (missing.length === 0) return [];
      const text = await readTextIfExists(join(checkout.root, path));
      const lines = (text ?? "").split("\n");
      return missing.map((line) => ({ path, line, text: lines[line - 1]?.trim() ?? "" }));
    }),
  );
  return found.flat();
}
