// Times `lint --all` as a whole process, with a full and with an empty cache, on a tree and on one with several copies
// of each integration.
//
//   node test/tools/bench/lint.mjs -C <tree> [--copies 10] [--rounds 3]
//
// The growth is the number to look at: 1 is linear.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { bundled } from "../bundle.mjs";

const { values } = parseArgs({
  options: {
    checkout: { type: "string", short: "C" },
    copies: { type: "string", default: "10" },
    rounds: { type: "string", default: "3" },
  },
});
if (values.checkout === undefined) throw new Error("Say which tree to lint: -C <tree>.");
const [{ openCheckout }] = await bundled(["src/checkout/index.ts"]);
const tree = resolve(values.checkout);
const copies = Number(values.copies);
const program = resolve(import.meta.dirname, "../../../bin/connect-webhook.js");
const folder = mkdtempSync(join(tmpdir(), "connect-webhook-bench-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

/** What lint reads of a tree, with each integration there several times under other names. */
async function multiplied() {
  const root = join(folder, "tree");
  const { integrations, registryPath, registrySource, dialect } = await openCheckout(tree);
  const kept = ["zerver/lib", "zerver/webhooks", "templates/zerver", "help", dialect.imageRoot];
  for (const path of [...kept, "pyproject.toml", "ruff.toml", ".ruff.toml"]) {
    if (!existsSync(join(tree, path))) continue;
    cpSync(join(tree, path), join(root, path), { recursive: true, verbatimSymlinks: true });
  }
  const pieces = [];
  for (const { name, directory, range, logo, avatar } of integrations) {
    for (let number = 2; number <= copies; number += 1) {
      const copy = `${name}${number}x`;
      const entry = registrySource.slice(range.from, range.to).replace(`"${name}"`, `"${copy}"`);
      pieces.push({ at: range.to, text: `,\n    ${entry}` });
      copyFile(root, logo, name, copy);
      copyFile(root, avatar, name, copy);
      copyFile(root, directory, name, copy);
    }
  }
  const registry = pieces
    .sort((a, b) => b.at - a.at)
    .reduce(
      (text, { at, text: piece }) => text.slice(0, at) + piece + text.slice(at),
      registrySource,
    );
  writeFileSync(join(root, registryPath), registry);
  return root;
}

function copyFile(root, path, name, copy) {
  const to = path?.replace(new RegExp(`/${name}(?=\\.\\w+$|$)`), `/${copy}`);
  if (to === undefined || to === path || !existsSync(join(root, path))) return;
  cpSync(join(root, path), join(root, to), { recursive: true, verbatimSymlinks: true });
  const view = join(root, to, "view.py");
  if (!existsSync(view)) return;
  const text = readFileSync(view, "utf8").replaceAll(`api_${name}_webhook`, `api_${copy}_webhook`);
  writeFileSync(view, text);
}

/** The best of some runs, in milliseconds: what else the machine does only ever adds. */
function best(root, cache) {
  let shortest = Number.POSITIVE_INFINITY;
  let integrations = 0;
  for (let round = 0; round < Number(values.rounds); round += 1) {
    const used = cache ?? mkdtempSync(join(folder, "cache-"));
    const started = performance.now();
    const { stdout, error } = spawnSync(
      process.execPath,
      [program, "-C", root, "lint", "--all", "--format", "json"],
      { env: { ...process.env, CONNECT_WEBHOOK_CACHE: used }, maxBuffer: 1e9 },
    );
    if (error) throw error;
    shortest = Math.min(shortest, performance.now() - started);
    integrations = JSON.parse(stdout).summary.integrations;
  }
  return { shortest, integrations };
}

const say = (title, ms, rest = "") =>
  process.stdout.write(`${title.padEnd(44)}${ms.toFixed(0).padStart(8)} ms  ${rest}\n`);
const bare = best(tree);
say(`${bare.integrations} integrations, empty cache`, bare.shortest);
const cache = mkdtempSync(join(folder, "cache-"));
best(tree, cache);
const once = best(tree, cache);
say(`${once.integrations} integrations, full cache`, once.shortest);
const large = await multiplied();
best(large, cache);
const many = best(large, cache);
const growth = many.shortest / once.shortest / (many.integrations / once.integrations);
say(`${many.integrations} integrations, full cache`, many.shortest, `growth ${growth.toFixed(2)}`);
