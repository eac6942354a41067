/**
 * Measures how long the program takes to start, against Node doing nothing: the ratio is the number to look at.
 *
 *     node test/tools/bench/start.mjs [rounds]
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const rounds = Number(process.argv[2] ?? 15);
const program = join(import.meta.dirname, "..", "..", "..", "bin", "connect-webhook.js");
const workspace = join(import.meta.dirname, "..", "..", "..", "templates", "workspace");

const CASES = {
  "node -e 0": ["-e", "0"],
  "--help": [program, "--help"],
  "--version": [program, "--version"],
  "test --help": [program, "test", "--help"],
  "completion of an option": [program, "__complete", "test", "--r"],
  "completion of a name": [program, "__complete", "-C", workspace, "show", "h"],
};

/** The shortest of all rounds, in milliseconds: what else the machine does only ever adds. */
const best = Object.fromEntries(Object.keys(CASES).map((name) => [name, Number.POSITIVE_INFINITY]));
// In turns, so that a busy moment does not hit one of them alone.
for (let round = 0; round < rounds; round += 1) {
  for (const [name, args] of Object.entries(CASES)) {
    const started = performance.now();
    const { status } = spawnSync(process.execPath, args, { stdio: "ignore" });
    if (status !== 0) throw new Error(`${name} ended with ${status}.`);
    best[name] = Math.min(best[name], performance.now() - started);
  }
}
for (const [name, ms] of Object.entries(best)) {
  const ratio = (ms / best["node -e 0"]).toFixed(1);
  process.stdout.write(
    `${name.padEnd(26)} ${ms.toFixed(0).padStart(6)} ms  ${ratio.padStart(5)}\n`,
  );
}
