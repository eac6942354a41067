// Kills the commands that change a tree at random moments, and looks whether the next command finds a whole tree.
//
//   npm run kills -- [--rounds 200] [--only "lint --fix"] [--seed 1]
//
// Half of the kills come at any moment of the run, half while files are being written.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bundled } from "./bundle.mjs";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
    only: { type: "string" },
  },
});
const rounds = Number(values.rounds);
const [{ Rehearsed, victims }] = await bundled(["test/support/kills.ts"]);

/** Numbers from 0 to 1, the same for the same seed (Lehmer's generator). */
function randomFrom(seed) {
  let state = (seed % 2147483646) + 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** Ctrl-C ends with what was seen so far. */
let interrupted = false;
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    interrupted = true;
  });
}

const cache = mkdtempSync(join(tmpdir(), "connect-webhook-kill-cache-"));
process.on("exit", () => rmSync(cache, { recursive: true, force: true }));
const line = (cells) => process.stdout.write(`| ${cells.join(" | ")} |\n`);
line([
  "command",
  "rounds",
  "killed while running",
  "undone by the next",
  "before",
  "between",
  "after",
  "unsafe",
]);
line(Array(8).fill("---"));
for (const victim of victims) {
  if (values.only !== undefined && victim.name !== values.only) continue;
  const random = randomFrom(Number(values.seed));
  const rehearsed = await Rehearsed.watch(victim, cache);
  const outcomes = [];
  for (let round = 0; round < rounds && !interrupted; round += 1) {
    const outcome = await rehearsed.kill(random(), round % 2 === 1);
    outcomes.push(outcome);
    if (outcome.state === "unsafe") {
      process.exitCode = 1;
      process.stderr.write(`${victim.name}, round ${round}: ${outcome.reason}\n`);
    }
  }
  const count = (test) => outcomes.filter(test).length;
  line([
    victim.name,
    outcomes.length,
    count(({ killed }) => killed),
    count(({ undone }) => undone),
    ...["before", "station", "after", "unsafe"].map((state) => count((one) => one.state === state)),
  ]);
}
