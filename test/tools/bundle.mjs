// TypeScript modules of this project for the tools: bundled, because Node 20 does not read TypeScript.
import { rmSync } from "node:fs";
import { mkdir, mkdtemp } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "tsdown";

const root = resolve(import.meta.dirname, "../..");

/**
 * @param files Paths relative to the project's root.
 * @returns What each of them exports. They share what they import.
 */
export async function bundled(files) {
  // The bundle is inside the package, where it finds the built child and the packages.
  const cache = join(root, "node_modules/.cache");
  await mkdir(cache, { recursive: true });
  const outDir = await mkdtemp(join(cache, "connect-webhook-tools-"));
  try {
    await build({
      entry: Object.fromEntries(files.map((file, index) => [`entry-${index}`, join(root, file)])),
      outDir,
      config: false,
      clean: false,
      dts: false,
      format: "esm",
      platform: "node",
      logLevel: "error",
      outExtensions: () => ({ js: ".mjs" }),
    });
    const modules = [];
    for (const index of files.keys()) {
      modules.push(await import(pathToFileURL(join(outDir, `entry-${index}.mjs`)).href));
    }
    return modules;
  } finally {
    // Modules that are imported later, such as ruff's, are not part of the bundle.
    process.on("exit", () => rmSync(outDir, { recursive: true, force: true }));
  }
}
