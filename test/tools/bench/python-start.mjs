/**
 * Measures what each part of a fast start of Python gains (src/engine/child/fast-start): the workspace's tests, whole
 * process, with and without what is cached.
 *
 *     node test/tools/bench/python-start.mjs [rounds]
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const rounds = Number(process.argv[2] ?? 5);
const root = join(import.meta.dirname, "..", "..", "..");
const folder = mkdtempSync(join(tmpdir(), "connect-webhook-start-"));
const full = join(folder, "full");
const SNAPSHOTS = /\.(snapshot|code)$/;
const CODE = /\.v8$/;

function run(cache, variables = {}) {
  const args = [join(root, "bin/connect-webhook.js"), "-C", join(root, "templates/workspace")];
  const started = performance.now();
  const { status } = spawnSync(process.execPath, [...args, "test", "--all"], {
    stdio: "ignore",
    env: { PATH: process.env.PATH, HOME: folder, CONNECT_WEBHOOK_CACHE: cache, ...variables },
  });
  if (status !== 0) throw new Error(`The tests ended with ${status}.`);
  return performance.now() - started;
}

/** A copy of the full cache without some of its files: a start may make them again. */
function without(pattern) {
  const cache = join(folder, "part");
  rmSync(cache, { recursive: true, force: true });
  cpSync(full, cache, { recursive: true });
  const engine = join(cache, "engine");
  for (const name of readdirSync(engine)) if (pattern.test(name)) rmSync(join(engine, name));
  return cache;
}

const CASES = {
  "snapshot and V8's code": () => run(full),
  "snapshot alone": () => run(without(CODE)),
  "V8's code alone (a snapshot is made)": () => run(without(SNAPSHOTS)),
  "neither (both are made)": () => run(without(/./)),
  "plain start": () => run(full, { CONNECT_WEBHOOK_PLAIN_START: "1" }),
};

try {
  run(full);
  const best = Object.fromEntries(Object.keys(CASES).map((name) => [name, Infinity]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, measure] of Object.entries(CASES)) {
      best[name] = Math.min(best[name], measure());
    }
  }
  const fastest = best["snapshot and V8's code"];
  for (const [name, ms] of Object.entries(best)) {
    const ratio = (ms / fastest).toFixed(2);
    process.stdout.write(
      `${name.padEnd(38)} ${ms.toFixed(0).padStart(6)} ms  ${ratio.padStart(5)}\n`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
