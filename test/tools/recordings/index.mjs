// Records the terminal pictures of the documentation: docs/images/<name>.svg.
//
//   npm run recordings [-- <name>…]
//
// They show a real run on a workspace in a temporary folder, so they are made again when the output changes.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { framesOf } from "./frames.mjs";
import { record } from "./record.mjs";
import { scenes } from "./scenes.mjs";
import { drawSvg } from "./svg.mjs";

const root = resolve(import.meta.dirname, "../../..");
const images = join(root, "docs", "images");
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !scenes.some((scene) => scene.name === name));
if (unknown.length > 0) throw new Error(`There is no recording called ${unknown.join(", ")}.`);

mkdirSync(images, { recursive: true });
for (const scene of scenes.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  process.stdout.write(`${scene.name} … `);
  const svg = await recordScene(scene);
  writeFileSync(join(images, `${scene.name}.svg`), svg);
  process.stdout.write(`${Math.round(svg.length / 1024)} KB\n`);
}

async function recordScene({ title, rows, before = [], lines }) {
  const home = mkdtempSync(join(tmpdir(), "connect-webhook-scene-"));
  try {
    const terminal = { columns: 92, rows, cwd: home, env: environment(home) };
    copyFileSync(
      join(root, "fixtures/payloads/acmedeploy/deploy_finished.json"),
      join(home, "captured.json"),
    );
    for (const line of before) run(line, terminal);
    const steps = lines.map((line) => step(line, terminal));
    return drawSvg(await framesOf(steps, terminal), { ...terminal, title });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** A `cd` moves the next lines as well. */
function step(line, terminal) {
  if (!line.startsWith("cd ")) return { line, pieces: record(line, terminal) };
  terminal.cwd = resolve(terminal.cwd, line.slice(3));
  return { line, pieces: [] };
}

function run(line, { cwd, env }) {
  const { status, stderr } = spawnSync("bash", ["-c", line], { cwd, env, encoding: "utf8" });
  if (status !== 0) throw new Error(`'${line}' ended with exit code ${status}:\n${stderr}`);
}

function environment(home) {
  const bin = join(home, ".bin");
  mkdirSync(bin);
  symlinkSync(join(root, "bin", "connect-webhook.js"), join(bin, "connect-webhook"));
  return {
    PATH: `${bin}:${process.env.PATH}`,
    HOME: home,
    TERM: "xterm-256color",
    // Sixteen colours, which the picture has a palette for.
    FORCE_COLOR: "1",
    FORCE_HYPERLINK: "0",
    CONNECT_WEBHOOK_CACHE: join(tmpdir(), "connect-webhook-recordings"),
  };
}
