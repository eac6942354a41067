// Runs every test of a Connect tree on the embedded engine, and says how many pass, by integration.
//
//   npm run conformance -- -C <tree> [--mutate] [--json]
//   npm run conformance -- --matrix <trees…> [--no-pictures] [--json]
//
// With --matrix it prints one line a tree: its tests, pictures, avatars and lint errors, and whether a new integration
// passes and can be removed again. It starts the built program (`npm run build`).
// With --mutate it finds out whether a pass means anything: all tests run again while each message's text and topic
// are changed on their way, and again while no message arrives. Tests that still pass then prove little.
import { parseArgs } from "node:util";
import { openOn } from "./engine.mjs";
import { onFaultyTree } from "./faulty-tree.mjs";
import { printMatrix } from "./matrix.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  allowNegative: true,
  options: {
    matrix: { type: "boolean", default: false },
    pictures: { type: "boolean", default: true },
    checkout: { type: "string", short: "C" },
    mutate: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
if (values.matrix) {
  const options = { ...values, show: (text) => process.stdout.write(`${text}\n`) };
  process.exit(printMatrix(positionals, options) ? 0 : 1);
}
if (values.checkout === undefined) throw new Error("Say which tree to run: -C <tree>.");

async function run(tree) {
  const { engine, names } = await openOn(tree);
  try {
    return await engine.runTests({ names });
  } finally {
    await engine.close();
  }
}

const show = (text) => process.stdout.write(`${text}\n`);
const column = (value) => String(value).padStart(8);

function table(integrations, faults) {
  const width = Math.max(...integrations.map(({ name }) => name.length));
  const titles = ["tests", "passed", ...faults.map(([title]) => title)];
  show(`${"integration".padEnd(width)}${titles.map(column).join("")}`);
  for (const { name, total, passed } of integrations) {
    const failed = faults.map(
      ([, { integrations: others }]) => others.find((other) => other.name === name).failed,
    );
    if (total > 0) show(`${name.padEnd(width)}${[total, passed, ...failed].map(column).join("")}`);
  }
}

const plain = await run(values.checkout);
const faults = [];
for (const fault of values.mutate ? ["changed", "lost"] : []) {
  faults.push([fault, await onFaultyTree(values.checkout, fault, run)]);
}
const { total, passed, failed, skipped } = plain.summary;
const failures = plain.integrations.flatMap(({ tests }) =>
  tests.filter(({ status }) => status === "failed"),
);
const mutated = Object.fromEntries(faults.map(([name, { summary }]) => [name, summary.failed]));
if (values.json) {
  const integrations = plain.integrations.map(({ tests: _, ...counts }) => counts);
  show(
    JSON.stringify(
      { version: 1, summary: plain.summary, mutated, integrations, failures },
      null,
      2,
    ),
  );
} else {
  table(plain.integrations, faults);
  for (const { id, error } of failures) show(`\n${id}\n${error.type}: ${error.message}`);
  show(`\n${passed} of ${total} tests pass (${failed} failed, ${skipped} skipped).`);
  if (values.mutate) {
    show(`With texts and topics changed ${mutated.changed} of them fail.`);
    show(`With messages lost ${mutated.lost} of them fail.`);
  }
}
process.exitCode = failed === 0 && total > 0 ? 0 : 1;
