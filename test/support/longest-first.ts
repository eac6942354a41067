/**
 * Starts first what takes longest, so that no worker is left with it at the end. Vitest knows how long files take once
 * they have run; in a new clone it goes by their size, which says little about tests that start programs.
 */
import { relative } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Folders whose tests start a program for nearly everything they do, the slowest first. */
const FIRST = ["test/docs/", "test/engine/", "test/cli/"];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { root } = this.ctx.config;
    const rank = ({ moduleId }: TestSpecification): number => {
      const path = relative(root, moduleId).replaceAll("\\", "/");
      const place = FIRST.findIndex((folder) => path.startsWith(folder));
      return place < 0 ? FIRST.length : place;
    };
    // Sorting is stable: within a rank the order is vitest's.
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}
