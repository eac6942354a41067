/** Files that several integrations use: they are linked to, or named in the tests of others. */
import { join } from "node:path";
import { listDirectory, realPath } from "../host/files.ts";
import { readBytesNow } from "../host/read-now.ts";
import type { EngineTarget } from "./types.ts";

/**
 * The links below a folder that lead to one of some files. Whoever watches a tree is told of the files alone.
 * @param root The checkout's absolute folder.
 * @param folder Where the links are, relative to the root.
 * @param files Paths relative to the root; the files may be gone.
 * @returns Paths relative to the root, of links to nothing as well.
 */
export async function linksTo(
  root: string,
  folder: string,
  files: readonly string[],
): Promise<string[]> {
  if (files.length === 0) return [];
  const places = new Set(files.map((path) => realPath(join(root, path))));
  const links = await linksBelow(root, folder);
  return links.filter((path) => places.has(realPath(join(root, path))));
}

async function linksBelow(root: string, folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const { name, kind } of await listDirectory(join(root, folder))) {
    const path = `${folder}/${name}`;
    if (kind === "symlink") found.push(path);
    else if (kind === "directory") found.push(...(await linksBelow(root, path)));
  }
  return found;
}

/**
 * The names of the folders whose fixtures are needed: those of some integrations, and those that their tests may read.
 * @param root The checkout's absolute folder.
 * @param folder The folder of all integrations, relative to the root.
 */
export async function wholeFolders(
  root: string,
  folder: string,
  targets: readonly EngineTarget[],
): Promise<Set<string>> {
  const entries = await listDirectory(join(root, folder));
  const names = entries.filter(({ kind }) => kind !== "file").map(({ name }) => name);
  const whole = new Set(targets.map(({ directory }) => directory.split("/").at(-1) ?? ""));
  for (const name of [...whole]) {
    const tests = join(root, folder, name, "tests.py");
    for (const other of foldersNamedIn(tests, names)) whole.add(other);
  }
  return whole;
}

/** Other integrations that a tests.py mentions: it may read their fixtures. */
function foldersNamedIn(path: string, names: readonly string[]): string[] {
  const text = readBytesNow(path)?.toString() ?? "";
  const words = new Set(text.match(/(?<=["'/])[a-z0-9_]+(?=["'/])/g));
  return names.filter((name) => words.has(name));
}
