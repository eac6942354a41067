/**
 * Runs the tests that have a full size in it: `npm run test:soak`, with the names of files as `vitest run` takes them.
 * They are those that ask `test/support/soak.ts`. Without names it then runs the engine's tests once more, with a plain
 * start of Python.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

const withFullSize = () =>
  readdirSync(join(root, "test"), { recursive: true })
    .filter((path) => path.endsWith(".test.ts"))
    .map((path) => join("test", path))
    .filter((path) => readFileSync(join(root, path), "utf8").includes("support/soak.ts"));

/** Those that look at what a fast start leaves in the cache. */
const OF_THE_CACHE = ["snapshots", "hostile-library", "loader-script"];

/** @returns Whether all pass. */
function passes(words, variables) {
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const { status } = spawnSync(process.execPath, [vitest, "run", ...words], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...variables },
  });
  return status === 0;
}

const given = process.argv.slice(2);
const full = passes(given.length > 0 ? given : withFullSize(), { CONNECT_WEBHOOK_SOAK: "1" });
const others = OF_THE_CACHE.flatMap((name) => ["--exclude", `test/engine/${name}.test.ts`]);
const plain =
  given.length > 0 || passes(["test/engine", ...others], { CONNECT_WEBHOOK_PLAIN_START: "1" });
process.exitCode = full && plain ? 0 : 1;
