/** Names of a tree, read as quickly as can be: for completion, where somebody waits for each key. */
import { join } from "node:path";
import { listDirectory, readText } from "../host/files.ts";
import { stringValue } from "../python/expression.ts";
import { bindArguments } from "./classes.ts";
import { readCategories } from "./entries.ts";
import { registryPath, webhooksDirectory } from "./find.ts";
import { readRegistry } from "./registry.ts";

/** The names in the webhook list of a tree's registry, in its order. */
export async function registeredNames(root: string): Promise<string[]> {
  const registry = readRegistry(await readText(join(root, registryPath)));
  return registry.entries.flatMap((entry) => {
    const given = bindArguments(entry, registry.classes.parameters(entry.callee));
    return stringValue(given.get("name")) ?? [];
  });
}

/** The keys of a tree's categories, in its order. */
export async function registeredCategories(root: string): Promise<string[]> {
  const registry = readRegistry(await readText(join(root, registryPath)));
  return readCategories(registry).map(({ key }) => key);
}

/** The fixtures in an integration's own folder, as file names. */
export async function fixtureNames(root: string, name: string): Promise<string[]> {
  if (!/^\w+$/.test(name)) return [];
  const entries = await listDirectory(join(root, webhooksDirectory, name, "fixtures"));
  return entries.filter(({ kind }) => kind !== "directory").map((entry) => entry.name);
}
