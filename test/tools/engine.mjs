// The engine and the reader of trees as the tools use them: bundled, because Node 20 does not read TypeScript.
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "tsdown";

const root = resolve(import.meta.dirname, "../..");

/**
 * Opens the engine on all integrations of a tree, as `test --all` does.
 * @returns The engine, its targets, and their names.
 */
export async function openOn(tree, options = {}) {
  const { openCheckout, openEngine } = await modules();
  const { integrations } = await openCheckout(resolve(tree));
  const names = integrations.map(({ name }) => name);
  const wanted = options.names ?? names;
  const targets = integrations.filter(({ name }) => wanted.includes(name));
  const engine = await openEngine({ root: resolve(tree), targets, ...options });
  return { engine, targets, names: targets.map(({ name }) => name) };
}

let loaded;
function modules() {
  loaded ??= load();
  return loaded;
}

/** The bundle is inside the package, where it finds the built child and the packages. */
async function load() {
  const cache = join(root, "node_modules/.cache");
  await mkdir(cache, { recursive: true });
  const outDir = await mkdtemp(join(cache, "connect-webhook-tools-"));
  try {
    await build({
      entry: {
        engine: join(root, "src/engine/index.ts"),
        checkout: join(root, "src/checkout/index.ts"),
      },
      outDir,
      config: false,
      clean: false,
      dts: false,
      format: "esm",
      platform: "node",
      logLevel: "error",
      outExtensions: () => ({ js: ".mjs" }),
    });
    const at = (name) => pathToFileURL(join(outDir, `${name}.mjs`)).href;
    const [{ openEngine }, { openCheckout }] = [
      await import(at("engine")),
      await import(at("checkout")),
    ];
    return { openEngine, openCheckout };
  } finally {
    await rm(outDir, { recursive: true });
  }
}
