/** Runs the tests in their full sizes: `npm run test:soak`, with the names of files as `vitest run` takes them. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const vitest = fileURLToPath(new URL("../../node_modules/vitest/vitest.mjs", import.meta.url));
const { status } = spawnSync(process.execPath, [vitest, "run", ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...process.env, CONNECT_WEBHOOK_SOAK: "1" },
});
process.exitCode = status ?? 1;
