/** Loading packages at the moment in which they are needed, and those that only another package names as its dependency. */
import { createRequire } from "node:module";
import { packageFile } from "./assets.ts";

/**
 * Loads a dependency of this project.
 * @returns The CommonJS exports; the caller states their type.
 */
export function requireDependency(name: string): unknown {
  return createRequire(import.meta.url)(name);
}

/**
 * Loads a dependency of a dependency, from where its parent would load it.
 * @param parent The package this project depends on.
 * @param name The package that the parent depends on.
 * @returns The CommonJS exports; the caller states their type.
 */
export function requireThrough(parent: string, name: string): unknown {
  return createRequire(packageFile(parent, "package.json"))(name);
}
