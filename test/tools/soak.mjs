/**
 * Runs the tests that have a full size in it: `npm run test:soak`, with the names of files as `vitest run` takes them.
 * They are those that ask `test/support/soak.ts`.
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

const given = process.argv.slice(2);
const vitest = join(root, "node_modules/vitest/vitest.mjs");
const words = [vitest, "run", ...(given.length > 0 ? given : withFullSize())];
const { status } = spawnSync(process.execPath, words, {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, CONNECT_WEBHOOK_SOAK: "1" },
});
process.exitCode = status ?? 1;
