/** Finding the Connect tree that the user means. */
import { dirname, join, resolve } from "node:path";
import { UserError } from "../errors.ts";
import { exists, isDirectory, isFile, realPath } from "../host/files.ts";
import type { CheckoutKind } from "./model.ts";

/** The registry, relative to a tree's root. */
export const registryPath = "zerver/lib/integrations.py";

/** The folder with the integrations, relative to a tree's root. */
export const webhooksDirectory = "zerver/webhooks";

/** A file of this name marks a workspace made by `init`. Its content is `{"version": 1}`. */
export const workspaceMarker = "connect-webhook.json";

/**
 * Finds the nearest Connect tree at or above a folder.
 * @param start A folder; relative paths count from the working directory.
 * @param options `explicit`: the user named the folder, and messages say so. `flag`: how; `-C` when left out.
 * @returns The absolute path of the tree's root, links resolved.
 * @throws UserError `no-checkout`, `no-such-folder`, `not-a-folder` or `incomplete-checkout`.
 */
export async function findCheckout(
  start: string,
  options: { explicit?: boolean; flag?: string } = {},
): Promise<string> {
  const folder = resolve(start);
  const { explicit = false, flag = "-C" } = options;
  requireFolder(folder, flag);
  // Links are resolved first, so that the parents are those of the real folder.
  for (let root = realPath(folder); ; root = dirname(root)) {
    if (isTree(root)) return root;
    refuseIncomplete(root, flag);
    if (dirname(root) === root) break;
  }
  throw notFound(folder, explicit, flag);
}

/** Whether a tree is a whole repository or a workspace of ours. */
export function kindOf(root: string): CheckoutKind {
  return isFile(join(root, workspaceMarker)) ? "workspace" : "checkout";
}

function requireFolder(folder: string, flag: string): void {
  if (!exists(folder)) {
    throw new UserError(`The folder ${folder} does not exist.`, {
      code: "no-such-folder",
      hint: `Give the path of a Connect tree with ${flag}.`,
    });
  }
  if (!isDirectory(folder)) {
    throw new UserError(`${folder} is a file, not a Connect tree.`, {
      code: "not-a-folder",
      hint: `Give the folder of a Connect tree with ${flag}.`,
    });
  }
}

function isTree(root: string): boolean {
  return isFile(join(root, registryPath)) && isDirectory(join(root, webhooksDirectory));
}

function refuseIncomplete(root: string, flag: string): void {
  const registry = isFile(join(root, registryPath));
  const webhooks = isDirectory(join(root, webhooksDirectory));
  if (!registry && !webhooks) return;
  const missing = registry ? `${webhooksDirectory}/` : registryPath;
  throw new UserError(`The Connect tree at ${root} has no ${missing}.`, {
    code: "incomplete-checkout",
    hint: `Restore it (with git checkout, for example), or name another tree with ${flag}.`,
  });
}

function notFound(folder: string, explicit: boolean, flag: string): UserError {
  const where = explicit
    ? `${folder} is not in a Connect tree`
    : "This folder is not in a Connect tree";
  return new UserError(`${where}: there is no ${registryPath} there or in a folder above.`, {
    code: "no-checkout",
    hint: `Name a tree with ${flag} <dir>, or make a small one with \`connect-webhook init\`.`,
  });
}
