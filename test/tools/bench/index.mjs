// Runs the measurements, one after the other: they share the machine's cores.
//
//   npm run bench -- -C <tree> [start|python-start|engine|pictures|lint|dev|page|capture …]
//
// The ratios are the numbers to look at: they say the same on a slow and on a fast machine.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";

/** Each is a program of its own, and whether it needs a tree. */
const PARTS = {
  start: false,
  "python-start": false,
  engine: true,
  pictures: true,
  lint: true,
  dev: true,
  page: true,
  capture: false,
};

const { values, positionals } = parseArgs({
  options: { checkout: { type: "string", short: "C" } },
  allowPositionals: true,
});
const wanted = positionals.length > 0 ? positionals : Object.keys(PARTS);
const unknown = wanted.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  throw new Error(
    `There is no part ${unknown.join(", ")}: choose of ${Object.keys(PARTS).join(", ")}.`,
  );
}
if (values.checkout === undefined && wanted.some((name) => PARTS[name])) {
  throw new Error("Say which tree to measure on: -C <tree>.");
}

for (const name of wanted) {
  process.stdout.write(`\n${name}\n\n`);
  const program = join(import.meta.dirname, `${name}.mjs`);
  const args = PARTS[name] ? ["-C", values.checkout] : [];
  const { status } = spawnSync(process.execPath, [program, ...args], { stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
