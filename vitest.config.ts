import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/support/longest-first.ts";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    reporters: ["default", "./test/support/closing-line.ts"],
    globalSetup: "test/support/global-setup.ts",
    // A page or an expected file that is missing is a failure; `-u` writes it.
    update: "none",
    sequence: { sequencer: LongestFirst },
    // Files of one worker share the program's modules: loading them anew for each was a tenth of the run. So a test undoes
    // what it sets, and modules keep no state that another test could see.
    isolate: false,
    // Most tests wait for programs that they have started: a third of two cores stands idle with two workers.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    // Tests start real processes (Python, Chromium): slow machines need room.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
