/** The program at a terminal that does not say how wide it is, as `script` makes one without a terminal around it. */
import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import { testCache } from "../support/cli.ts";
import { temporaryWorkspace } from "../support/tree.ts";

const program = join(packageRoot, "bin", "connect-webhook.js");
const hasScript = spawnSync("script", ["--version"]).stdout?.includes("util-linux") === true;

/** Runs a command line at a terminal; ended by force when it prints without end. */
function atTerminal(
  size: string,
  words: string,
  env: Record<string, string> = {},
): Promise<{ exitCode: number | null; output: string }> {
  // Its own limit, because a program that prints without end outlives the terminal around it.
  const line = `${size}timeout -s KILL 30 ${process.execPath} ${program} ${words}`;
  const child = spawn("script", ["-qec", line, "/dev/null"], {
    cwd: temporaryWorkspace(),
    env: {
      PATH: process.env.PATH ?? "",
      HOME: testCache,
      CONNECT_WEBHOOK_CACHE: testCache,
      TERM: "xterm-256color",
      ...env,
    },
    stdio: ["ignore", "pipe", "ignore"],
  });
  let output = "";
  child.stdout.on("data", (bytes) => {
    output += bytes;
    if (output.length > 1_000_000) child.kill("SIGKILL");
  });
  return new Promise((resolve) => child.on("close", (exitCode) => resolve({ exitCode, output })));
}

it.runIf(hasScript)("prints a bounded spinner where there are no columns", async () => {
  const { exitCode, output } = await atTerminal("", "test");
  expect(exitCode).toBe(0);
  expect(output).toContain("11 passed");
  expect(output.length).toBeLessThan(100_000);
});

it.runIf(hasScript)("has no colour in the spinner with NO_COLOR", async () => {
  const { output } = await atTerminal("stty cols 60 rows 20; ", "test", { NO_COLOR: "1" });
  expect(output).toContain("Running tests");
  expect(output).not.toContain("\u001b[3");
});

it.runIf(hasScript)("breaks no word at 60 columns", async () => {
  for (const words of ["explain", "explain package-tracked", "show nosuch", "new --help"]) {
    const { output } = await atTerminal("stty cols 60 rows 20; ", `${words} --no-color`);
    for (const line of output.split(/\r?\n/)) {
      if (line.length > 60) expect(line.trim(), words).not.toContain(" ");
    }
  }
});
