/** `remove`: what takes an integration out of a tree again, planned in memory. */
import { join } from "node:path";
import { findIntegration, planUnregistration, uncommittedFiles } from "../checkout/index.ts";
import type { Checkout, Integration } from "../checkout/model.ts";
import { type OwnedFiles, ownedFiles } from "../checkout/owned-files.ts";
import { UserError } from "../errors.ts";
import { changedMeanwhile, type FileChange } from "../host/changes.ts";
import { listDirectory } from "../host/files.ts";
import { readEntry } from "../host/links.ts";

export interface RemovePlan {
  readonly integration: Integration;
  readonly changes: readonly FileChange[];
  /** Folders that go with the files in them, as `applyChanges` takes them. */
  readonly emptied: readonly string[];
  /** What it uses together with others, and what therefore stays. */
  readonly shared: OwnedFiles["shared"];
  /** Files among the changes whose present content git does not have. */
  readonly onlyHere: readonly string[];
  /** False when git says nothing about the tree. */
  readonly knownToGit: boolean;
  /**
   * Looks whether the folders that go hold what they held when this was planned.
   * @throws UserError `changed-meanwhile`.
   */
  readonly stillHolds: () => Promise<void>;
}

/** What Python makes again by itself. */
export const REMADE = /(^|\/)__pycache__\/|\.pyc$/;

/**
 * Plans the removal of an integration: its registry entries, and every file that is its own.
 * @param checkout The tree.
 * @param name The integration.
 * @param options `force`: also when other code needs its folder.
 * @throws UserError `unknown-integration`, `in-use` when others need its folder, or `registry-not-understood`.
 */
export async function planRemove(
  checkout: Checkout,
  name: string,
  options: { force: boolean },
): Promise<RemovePlan> {
  const integration = findIntegration(checkout, name);
  const owned = await ownedFiles(checkout, integration);
  if (!options.force) refuseNeeded(integration, owned);
  const { path, before, after } = planUnregistration(checkout, name);
  const removals = await Promise.all(owned.files.map(async (file) => removal(checkout.root, file)));
  const changes: FileChange[] = [
    ...removals.flat(),
    { path, kind: "update", content: Buffer.from(after), expected: Buffer.from(before) },
  ];
  const paths = changes.map((change) => change.path);
  const uncommitted = await uncommittedFiles(checkout.root, paths);
  return {
    integration,
    changes,
    emptied: owned.folders,
    shared: owned.shared,
    onlyHere: paths.filter((one) => (uncommitted?.has(one) ?? true) && !REMADE.test(one)),
    knownToGit: uncommitted !== undefined,
    stillHolds: () => requireNothingNew(checkout.root, owned),
  };
}

/** A file that came since would be left behind, in a folder that nothing uses any more. */
async function requireNothingNew(root: string, { files, folders }: OwnedFiles): Promise<void> {
  const known = new Set([...files, ...folders]);
  for (const folder of folders) {
    for (const { name } of await listDirectory(join(root, folder))) {
      const path = `${folder}/${name}`;
      if (!known.has(path) && name !== "__pycache__") throw changedMeanwhile(path);
    }
  }
}

async function removal(root: string, path: string): Promise<FileChange[]> {
  const expected = await readEntry(join(root, path));
  return expected === undefined ? [] : [{ path, kind: "remove", expected }];
}

function refuseNeeded({ name, directory }: Integration, { coHosted, needs }: OwnedFiles): void {
  const places = needs.map(({ path, line }) => (line === undefined ? path : `${path}:${line}`));
  const users = [...coHosted, ...places];
  if (users.length === 0) return;
  const shown = users.slice(0, 3).join(", ");
  const more = users.length > 3 ? ` and ${users.length - 3} more` : "";
  throw new UserError(
    `${name} cannot be removed: ${shown}${more} ${users.length === 1 ? "uses" : "use"} ${directory}.`,
    {
      code: "in-use",
      hint: "Change them first, or remove it anyway with --force.",
    },
  );
}
