/** Writes all that is made from the code: the lists of commands and rules, what lint says of seeded defects, and the pages. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const vitest = join(root, "node_modules/vitest/vitest.mjs");

/** In this order: each reads what the one before has written. */
const STEPS = [
  ["test/meta/entries.test.ts"],
  ["test/lint/rules.test.ts", "-t", "by its defect"],
  ["test/meta/docs.test.ts", "test/lint/docs.test.ts"],
  ["test/meta/site.test.ts"],
];

for (const words of STEPS) {
  const { status } = spawnSync(process.execPath, [vitest, "run", ...words, "-u"], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) process.exit(1);
}
