// Breaks integrations of a real tree in many ways, one at a time, and asks whether lint sees each.
//
//   npm run seeded -- -C <copy of a tree> netlify opsgenie
//
// Each defect in each of the named integrations, with repairs and with what is kept of earlier runs.
//
//   npm run seeded -- -C <copy of a tree> --each 2
//
// Each defect in two integrations in which there is a place for it: the share that the right rule names, by rule, and
// the ones that are missed.
//
// With --rule <id> both try the defects of that rule only. The tree is changed and put back; give it a copy, never your own.
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { bundled } from "./bundle.mjs";

const { values, positionals } = parseArgs({
  options: {
    checkout: { type: "string", short: "C" },
    each: { type: "string" },
    rule: { type: "string" },
  },
  allowPositionals: true,
});
if (values.checkout === undefined || (positionals.length === 0) === (values.each === undefined)) {
  throw new Error("Say which copy of a tree, and which of its integrations or how many each.");
}
const root = resolve(values.checkout);
const [{ BrokenTree }, { defects: allDefects }, { judge }, { plant }] = await bundled([
  "test/lint/broken-tree.ts",
  "test/lint/defects.ts",
  "test/lint/judge.ts",
  "test/lint/share.ts",
]);

const defects = allDefects.filter(
  ({ rule }) => values.rule === undefined || rule.split("|").includes(values.rule),
);
if (defects.length === 0) throw new Error(`No defect is of the rule ${values.rule}.`);

process.exitCode = values.each === undefined ? await each(positionals) : await share(values.each);

/** Every defect in the named integrations. */
async function each(names) {
  let failed = 0;
  for (const name of names) {
    const tree = await BrokenTree.open(root, name);
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
        if (verdict === "does not apply")
          process.stdout.write(`  ${defect.rule}: ${defect.what}\n`);
      }
    }
  }
  return failed > 0 ? 1 : 0;
}

/** Every defect in some integrations each. */
async function share(each) {
  const rules = new Map();
  const missed = [];
  const nowhere = [];
  const all = [];
  for await (const one of plant(root, Number(each), defects)) {
    if (!("defect" in one)) {
      nowhere.push(one);
      continue;
    }
    all.push(one);
    const count = rules.get(one.defect.rule) ?? { planted: 0, named: 0 };
    count.planted += 1;
    if (one.named) count.named += 1;
    else missed.push(one);
    rules.set(one.defect.rule, count);
  }
  const line = (text) => process.stdout.write(`${text}\n`);
  for (const [rule, { planted, named }] of rules) line(`${rule}: ${named} of ${planted}`);
  for (const { defect, integration, said } of missed) {
    line(`missed: ${defect.rule}: ${defect.what} (${integration}); said: ${said.join(" ") || "-"}`);
  }
  for (const { rule, what } of nowhere) line(`no place for: ${rule}: ${what}`);
  const named = all.length - missed.length;
  const hints = all.filter(({ severity }) => severity === "hint").length;
  const percent = ((100 * named) / all.length).toFixed(1);
  line(
    `${named} of ${all.length} defects named by the right rule (${percent} %), ${hints} of them as a hint.`,
  );
  return 0;
}
