/**
 * Starts the files that take longest first, so that no worker is left with one of them at the end. Vitest knows how long
 * files take once they have run; in a new clone it goes by their size, which says little about tests that start programs.
 */
import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Those that take half a minute and more, the longest first. */
const LONG = [
  "test/docs/commands.test.ts",
  "test/docs/pages.test.ts",
  "test/cli/new.test.ts",
  "test/cli/bad-input.test.ts",
  "test/cli/odd-trees.test.ts",
  "test/cli/review.test.ts",
  "test/cli/test.test.ts",
  "test/engine/snapshots.test.ts",
  "test/cli/fuzz.test.ts",
  "test/engine/hostile.test.ts",
  "test/cli/export.test.ts",
  "test/cli/remove.test.ts",
  "test/engine/kills.test.ts",
  "test/cli/send.test.ts",
  "test/cli/screenshot.test.ts",
  "test/engine/run.test.ts",
  "test/cli/lint-ci.test.ts",
  "test/lint/seeded.test.ts",
];

export class LongestFirst extends BaseSequencer {
  /** @throws Error for a file that has moved, so that the list is kept up. */
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { root } = this.ctx.config;
    const gone = LONG.filter((path) => !existsSync(join(root, path)));
    if (gone.length > 0) throw new Error(`longest-first.ts names ${gone.join(", ")}.`);
    const rank = ({ moduleId }: TestSpecification): number => {
      const place = LONG.indexOf(relative(root, moduleId).replaceAll("\\", "/"));
      return place < 0 ? LONG.length : place;
    };
    // Sorting is stable: the others keep the order that vitest gives them.
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}
