// Breaks a clean integration of a real tree in many ways, one at a time, and asks whether lint sees each.
//
//   npm run seeded -- -C <copy of a tree> netlify opsgenie
//
// The tree is changed and put back; give it a copy, never your own.
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { bundled } from "./bundle.mjs";

const { values, positionals } = parseArgs({
  options: { checkout: { type: "string", short: "C" } },
  allowPositionals: true,
});
if (values.checkout === undefined || positionals.length === 0) {
  throw new Error("Say which copy of a tree, and which of its integrations: -C <copy> <names…>.");
}
const [{ BrokenTree }, { defects }, { judge }] = await bundled([
  "test/lint/broken-tree.ts",
  "test/lint/defects.ts",
  "test/lint/judge.ts",
]);

let failed = 0;
for (const name of positionals) {
  const tree = await BrokenTree.open(resolve(values.checkout), name);
  const verdicts = [];
  for (const defect of defects) {
    const verdict = await judge(tree, defect);
    verdicts.push({ defect, verdict });
    if (verdict === "caught" || verdict === "does not apply") continue;
    failed += 1;
    process.stdout.write(`${name}: ${defect.rule}: ${defect.what}: ${verdict}\n`);
  }
  const count = (test) => verdicts.filter(test).length;
  const applied = count(({ verdict }) => verdict !== "does not apply");
  const caught = count(({ verdict }) => verdict === "caught");
  const repaired = count(({ defect, verdict }) => defect.fixable && verdict === "caught");
  process.stdout.write(
    `${name}: ${caught} of ${applied} defects caught, ${repaired} of them repaired by --fix; ` +
      `${verdicts.length - applied} do not apply.\n`,
  );
  if (process.env.VERBOSE) {
    for (const { defect, verdict } of verdicts) {
      if (verdict === "does not apply") process.stdout.write(`  ${defect.rule}: ${defect.what}\n`);
    }
  }
}
process.exitCode = failed > 0 ? 1 : 0;
