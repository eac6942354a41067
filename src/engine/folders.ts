/** The folders of `zerver/webhooks` whose integrations are asked for. */
import { UserError } from "../errors.ts";
import { REGISTRY, WEBHOOKS } from "./source.ts";
import type { EngineTarget } from "./types.ts";

/** The folders of integrations, each with the one that its tests belong to: of several the one it is named after. */
export function ownersOf(targets: Iterable<EngineTarget>): Map<string, string> {
  const owners = new Map<string, string>();
  for (const target of targets) {
    const folder = folderOf(target);
    if (!owners.has(folder) || folder === target.name) owners.set(folder, target.name);
  }
  return owners;
}

/**
 * Makes sure that a target's folder is one of `zerver/webhooks`.
 * @returns The folder's name.
 */
export function folderOf({ name, directory }: EngineTarget): string {
  const [, folder] = /^zerver\/webhooks\/([A-Za-z0-9_]+)$/.exec(directory) ?? [];
  if (folder !== undefined) return folder;
  throw new UserError(`The folder of ${name} is no folder of ${WEBHOOKS}.`, {
    code: "unknown-integration",
    hint: `Check the entry of ${name} in ${REGISTRY}.`,
  });
}
