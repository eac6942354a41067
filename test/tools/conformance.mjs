// Runs every test of a Connect tree on the embedded engine, and says how many pass, by integration.
//
//   npm run conformance -- -C <tree> [--mutate] [--json]
//
// With --mutate it finds out whether a pass means anything: all tests run again while each message's text and topic
// are changed on their way, and again while no message arrives. Tests that still pass then prove little.
import { parseArgs } from "node:util";
import { openOn } from "./engine.mjs";

const { values } = parseArgs({
  options: {
    checkout: { type: "string", short: "C" },
    mutate: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
if (values.checkout === undefined) throw new Error("Say which tree to run: -C <tree>.");

async function run(sabotage) {
  const { engine, names } = await openOn(values.checkout, sabotage ? { sabotage } : {});
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

const plain = await run();
const faults = values.mutate
  ? [
      ["changed", await run("content")],
      ["lost", await run("sending")],
    ]
  : [];
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
