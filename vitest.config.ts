import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/support/longest-first.ts";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    reporters: ["default", "./test/support/closing-line.ts"],
    // What is changed in this process keeps its journals apart from those of whoever runs the tests.
    env: { XDG_STATE_HOME: join(tmpdir(), "connect-webhook-test-state") },
    globalSetup: "test/support/build.ts",
    sequence: { sequencer: LongestFirst },
    // Most tests wait for programs that they have started, so no core is kept free for the runner.
    maxWorkers: "100%",
    // Tests start real processes (Python, Chromium): slow machines need room.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
