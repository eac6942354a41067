// Compares the engine with the machine's own Python on the same harness, in one run.
//
//   node test/tools/bench/engine.mjs -C <tree> [--rounds 3] [--small zendesk] [--large github]
//
// "Edited" is what --watch waits for: an engine that is kept takes an edit of the view in, and runs the integration's
// tests again. Natively that is a new process.
//
// The ratio is the number to look at: it says the same on a slow and on a fast machine.
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { openOn } from "../engine.mjs";

const { values } = parseArgs({
  options: {
    checkout: { type: "string", short: "C" },
    rounds: { type: "string", default: "3" },
    small: { type: "string", default: "zendesk" },
    large: { type: "string", default: "github" },
  },
});
if (values.checkout === undefined) throw new Error("Say which tree to run: -C <tree>.");

const tree = resolve(values.checkout);
const root = resolve(import.meta.dirname, "../../..");
const rounds = Number(values.rounds);

/** The best of some rounds, in milliseconds: what else the machine does only ever adds. */
async function best(work) {
  let shortest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    await work();
    shortest = Math.min(shortest, performance.now() - started);
  }
  return shortest;
}

/** Runs a program; a failing test is no fault here, a program that cannot be started is. */
function start(command, args, cwd) {
  const { error, signal } = spawnSync(command, args, { cwd, stdio: "ignore" });
  if (error || signal) throw error ?? new Error(`${command} was ended by ${signal}.`);
}

const isPython = (name) =>
  spawnSync(name, ["-c", "import sys; sys.exit(sys.version_info < (3, 11))"]).status === 0;
const python = ["python3", "python"].find(isPython);
const program = (...words) =>
  start(process.execPath, ["bin/connect-webhook.js", "-C", tree, "test", ...words], root);
const native = (...names) =>
  start(python, ["-m", "harness", tree, "test", ...names], resolve(root, "src/engine/py"));

const rows = [];
async function row(title, ours, theirs) {
  rows.push([title, await best(ours), python && theirs ? await best(theirs) : undefined]);
}

program(values.small); // The snapshot is there from now on.
await row("all tests, whole process", () => program("--all"), native);
await row(
  `${values.small}, whole process`,
  () => program(values.small),
  () => native(values.small),
);
const { engine, targets } = await openOn(tree, { names: [values.small, values.large] });
try {
  for (const { name, directory } of targets) {
    const again = () => engine.runTests({ names: [name] });
    await again();
    await row(`${name} again, engine kept`, again);
    const edited = async () => {
      // Named as edited, it is read and imported anew, whether or not its contents differ.
      await engine.refresh({ edited: [`${directory}/view.py`] });
      await again();
    };
    await row(`${name} edited, engine kept`, edited, () => native(name));
  }
} finally {
  await engine.close();
}
const column = (text) => String(text).padStart(10);
process.stdout.write(`${"".padEnd(32)}${["ms", "native", "ratio"].map(column).join("")}\n`);
for (const [title, ours, theirs] of rows) {
  const figures = [
    ours.toFixed(0),
    theirs?.toFixed(0) ?? "-",
    theirs ? (ours / theirs).toFixed(2) : "-",
  ];
  process.stdout.write(`${title.padEnd(32)}${figures.map(column).join("")}\n`);
}
