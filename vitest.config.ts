import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/support/longest-first.ts";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    reporters: ["default", "./test/support/closing-line.ts"],
    globalSetup: "test/support/build.ts",
    sequence: { sequencer: LongestFirst },
    // Most tests wait for programs that they have started: with a worker for each core, cores would stand still.
    maxWorkers: availableParallelism() + 1,
    // Tests start real processes (Python, Chromium): slow machines need room.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
