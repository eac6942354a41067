// A copy of a tree to draw pictures in, and the program run on it.
import { spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

/** What drawing reads of a tree, and the pictures themselves. */
const PARTS = [
  "zerver",
  "zproject",
  "version.py",
  "tools/setup/emoji",
  "tools/setup/generate_integration_bots_avatars.py",
  "static/images/integrations",
  "static/images/logo",
  "web/styles",
  "web/templates",
  "web/src",
  "web/third",
  "web/shared/icons",
  "web/icons",
  "web/images",
  "web/html",
  "templates/zerver/app",
];

/** The built program. */
export const programPath = resolve(import.meta.dirname, "../../bin/connect-webhook.js");

/** Copies what pictures need of a tree. The folder is the caller's to remove. */
export async function pictureTree(tree) {
  const folder = await mkdtemp(join(tmpdir(), "connect-webhook-pictures-"));
  for (const part of PARTS) {
    await mkdir(dirname(join(folder, part)), { recursive: true });
    await cp(join(tree, part), join(folder, part), {
      recursive: true,
      verbatimSymlinks: true,
    }).catch((error) => {
      if (error.code !== "ENOENT") throw error;
    });
  }
  return folder;
}

/** Removes every avatar of a copy, so that all are drawn. */
export async function removeAvatars(tree) {
  await rm(join(tree, "static/images/integrations/bot_avatars"), { recursive: true });
}

/** Runs a command that makes images, and times the whole process. */
export async function run(tree, ...words) {
  const started = performance.now();
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [programPath, "-C", tree, ...words, "--json"],
    { encoding: "utf8", maxBuffer: 1 << 26 },
  );
  const { images, error } = JSON.parse(stdout || "{}");
  if (images === undefined) throw new Error(error?.message ?? stderr);
  return { images, seconds: (performance.now() - started) / 1000 };
}
