/** Making a workspace: a small Connect-shaped tree, for when there is no Connect checkout at hand. */
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { findCheckout } from "../checkout/index.ts";
import { UserError } from "../errors.ts";
import { applyChanges, type FileChange } from "../host/changes.ts";
import { exists, isDirectory, listDirectory, listFilesBelow, readBytes } from "../host/files.ts";

/** A workspace that can be made. */
export interface InitPlan {
  /** Absolute path of the workspace. */
  readonly target: string;
  /** Its files, with forward slashes, relative to the target. */
  readonly files: readonly string[];
  /** The nearest folder that is there already; the changes are relative to it. */
  readonly base: string;
  readonly changes: readonly FileChange[];
}

/** npm leaves files called `.gitignore` out of packages, so the template's has no dot. */
const renamed: Readonly<Record<string, string>> = { gitignore: ".gitignore" };

/** What Python leaves behind when it runs the template. */
const leftOut = /(^|\/)__pycache__\/|\.pyc$/;

/**
 * Plans a workspace; nothing is written.
 * @param target The folder to make; it may be there if it is empty but for a `.git`.
 * @param options `templateRoot`: the folder whose files are copied byte for byte.
 * @throws UserError `not-a-folder`, `not-empty` or `inside-checkout`.
 */
export async function planInit(
  target: string,
  options: { templateRoot: string },
): Promise<InitPlan> {
  const folder = resolve(target);
  await refuseTaken(folder);
  const base = nearestFolder(folder);
  await refuseInsideTree(folder, base);

  const prefix = relative(base, folder).split(sep).join("/");
  const changes: FileChange[] = [];
  const files: string[] = [];
  for (const path of await listFilesBelow(options.templateRoot)) {
    if (leftOut.test(path)) continue;
    const name = basename(path);
    const file = path.slice(0, path.length - name.length) + (renamed[name] ?? name);
    files.push(file);
    changes.push({
      path: prefix ? `${prefix}/${file}` : file,
      kind: "create",
      content: await readBytes(join(options.templateRoot, path)),
    });
  }
  return { target: folder, files, base, changes };
}

/**
 * Makes a planned workspace, whole or not at all.
 * @throws UserError or MachineError when the disk refuses; nothing is there then.
 */
export function applyInit({ target, base, changes }: InitPlan): Promise<void> {
  // The workspace is the tree, not the folder around it: the next command that opens it undoes what was left half done.
  const paths = (path: string) => relative(target, join(base, path)).split(sep).join("/");
  return applyChanges(
    target,
    changes.map((change) => ({ ...change, path: paths(change.path) })),
  );
}

async function refuseTaken(folder: string): Promise<void> {
  if (!exists(folder)) return;
  if (!isDirectory(folder)) {
    throw new UserError(`${folder} is a file.`, {
      code: "not-a-folder",
      hint: "Name a folder that does not exist yet, or an empty one.",
    });
  }
  const taken = (await listDirectory(folder)).find((entry) => entry.name !== ".git");
  if (taken) {
    throw new UserError(`${folder} is not empty: it holds ${taken.name}.`, {
      code: "not-empty",
      hint: "Name a folder that does not exist yet, or an empty one.",
    });
  }
}

function nearestFolder(folder: string): string {
  let nearest = folder;
  while (!exists(nearest)) nearest = dirname(nearest);
  if (isDirectory(nearest)) return nearest;
  throw new UserError(`${nearest} is a file, so ${folder} cannot be made.`, {
    code: "not-a-folder",
    hint: "Name a folder elsewhere.",
  });
}

async function refuseInsideTree(folder: string, base: string): Promise<void> {
  const root = await treeAround(base);
  if (root === undefined) return;
  throw new UserError(`${folder} would be inside the Connect tree at ${root}.`, {
    code: "inside-checkout",
    hint: "Work in that tree, or name a folder outside it.",
  });
}

async function treeAround(folder: string): Promise<string | undefined> {
  try {
    return await findCheckout(folder);
  } catch (error) {
    if (error instanceof UserError && error.code === "no-checkout") return undefined;
    throw error;
  }
}
