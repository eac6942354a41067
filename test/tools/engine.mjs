// The engine and the reader of trees as the tools use them.
import { resolve } from "node:path";
import { bundled } from "./bundle.mjs";

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
  loaded ??= bundled(["src/engine/index.ts", "src/checkout/index.ts"]).then(
    ([{ openEngine }, { openCheckout }]) => ({ openEngine, openCheckout }),
  );
  return loaded;
}
