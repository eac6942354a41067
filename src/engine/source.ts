/** The files that a child needs: the harness, the checkout's Python, and the fixtures of the targets. */
import { join } from "node:path";
import { assetPath, templatePath } from "../host/assets.ts";
import { digest } from "../host/checksum.ts";
import { isFile, isInside, listDirectory, listFilesBelow, realPath } from "../host/files.ts";
import { readBytesNow } from "../host/read-now.ts";
import { readDespiteConflict } from "../python/conflict.ts";
import { CHECKOUT, HARNESS } from "./places.ts";
import { codeKey } from "./platform.ts";
import type { FileEntry } from "./protocol.ts";
import { linksTo, wholeFolders } from "./shared-files.ts";
import type { EngineTarget } from "./types.ts";

export const REGISTRY = "zerver/lib/integrations.py";
/** The folder of the integrations, relative to the root. */
export const WEBHOOKS = "zerver/webhooks";
/** Folders of pictures that a registry may ask for: each logo and avatar that it states has to be a file. */
const PICTURES = ["static/images/integrations", "static/images/logo"];
/** States whom the demo organization has. */
const POPULATE = "zilencer/management/commands/populate_db.py";
/** Folders of `zerver` that no integration reads. */
const LEFT_OUT = new Set(["migrations", "management", "tests", "transaction_tests", "webhooks"]);

/** Files and their contents. */
export interface Package {
  files: FileEntry[];
  parts: Uint8Array[];
}

/** What a child is opened with. */
export interface Sources {
  /** What a snapshot holds: the harness and the library. */
  library: Package;
  /** The registry, the integrations and the fixtures. */
  integrations: Package;
  /** Names the state of the library. */
  key: string;
  /** Names the state of the library and the registry. */
  registryKey: string;
  /** Modules of the library with an unfinished merge, each with its line and what was read of it. */
  conflicts: string[];
}

/**
 * Reads everything a child needs.
 * @param root The checkout's absolute folder.
 * @param targets The integrations whose fixtures are needed too.
 * @param proposed Files of integrations and the registry that are read in place of the tree's, by path.
 */
export async function readSources(
  root: string,
  targets: readonly EngineTarget[],
  proposed: ReadonlyMap<string, Uint8Array> = new Map(),
): Promise<Sources> {
  const library = await readLibrary(root);
  const conflicts = await settle(library);
  const integrations = emptyPackage();
  await addWebhooks(integrations, root, targets);
  const registry = emptyPackage();
  addFile(registry, join(root, REGISTRY), `${CHECKOUT}/${REGISTRY}`, root);
  // The command that opened the tree has said so.
  await settle(registry);
  for (const folder of PICTURES) await addNames(integrations, root, folder);
  for (const [path, bytes] of proposed) {
    if (isPicture(path)) addName(integrations, path);
    else propose(path === REGISTRY ? registry : integrations, path, bytes);
  }
  const key = keyOf(library);
  return {
    library,
    integrations: joined(integrations, registry),
    key,
    registryKey: keyOf(registry, key),
    conflicts,
  };
}

/** The library of this package's own workspace: no stranger has written any of it. */
export function readOwnLibrary(): Promise<Package> {
  return addLibrary(emptyPackage(), templatePath("workspace"));
}

/** The Python that is the same for every tree. */
export async function readHarness(): Promise<Package> {
  const harness = emptyPackage();
  await addFolder(harness, assetPath("engine/py"), HARNESS, isSource);
  return harness;
}

async function readLibrary(root: string): Promise<Package> {
  return addLibrary(await readHarness(), root);
}

/** An edit, as a child that is open takes it in. */
export interface Edit extends Package {
  removed: string[];
  registry: boolean;
}

/** Whether a path is part of what a snapshot holds, so that a child that has loaded it is of no use after an edit. */
export function isLibrary(path: string): boolean {
  const [top, folder = "", ...rest] = path.split("/");
  if (!isSource(path) || path === REGISTRY) return false;
  if (top === "zerver") return rest.length === 0 || !LEFT_OUT.has(folder);
  return path === "version.py" || path === POPULATE || (top === "zproject" && rest.length === 0);
}

/** What has become of a tree since it was read. */
interface Edited {
  /** Paths relative to the root, of files that were written, made or removed. */
  edited: readonly string[];
  /** The integrations whose fixtures are needed too. */
  targets: readonly EngineTarget[];
  /** Whether they were no targets before, so that all of their files are to be read. */
  isNew(target: EngineTarget): boolean;
  /** Files that are read in place of the tree's. */
  proposed?: ReadonlyMap<string, Uint8Array> | undefined;
}

/** Reads an edit of integrations and of the registry. */
export async function readEdit(
  root: string,
  { edited: written, targets, isNew, proposed = new Map() }: Edited,
): Promise<Edit> {
  const links = await linksTo(root, WEBHOOKS, written);
  const edited = [...new Set([...written, ...links, ...proposed.keys()])];
  const read = emptyPackage();
  const whole = await wholeFolders(root, WEBHOOKS, targets);
  const names = edited.filter(isPicture);
  const isThere = (name: string): boolean => proposed.has(name) || isFile(join(root, name));
  for (const path of names.filter(isThere)) addName(read, path);
  const wanted = edited.filter(
    (path) =>
      path === REGISTRY ||
      (path.startsWith(`${WEBHOOKS}/`) &&
        isNoBytecode(path) &&
        (isSource(path) || whole.has(path.split("/")[2] ?? ""))),
  );
  const removed = names.filter((name) => !isThere(name)).map((name) => `${CHECKOUT}/${name}`);
  for (const path of wanted) {
    const before = read.files.length;
    const bytes = proposed.get(path);
    if (bytes) propose(read, path, bytes);
    else addFile(read, join(root, path), `${CHECKOUT}/${path}`, root);
    if (read.files.length === before) removed.push(`${CHECKOUT}/${path}`);
  }
  await settle(read);
  for (const { directory } of targets.filter(isNew)) {
    await addFolder(read, join(root, directory), `${CHECKOUT}/${directory}`, isNoBytecode, root);
  }
  await settle(read);
  return { ...read, removed, registry: edited.includes(REGISTRY) || names.length > 0 };
}

/** Puts a file into a package, in the place of one that is there. */
function propose({ files, parts }: Package, path: string, bytes: Uint8Array): void {
  const target = `${CHECKOUT}/${path}`;
  const known = files.findIndex((file) => file.path === target);
  const at = known < 0 ? files.length : known;
  files[at] = { path: target, length: bytes.length };
  parts[at] = bytes;
}

function joined(one: Package, other: Package): Package {
  return { files: [...one.files, ...other.files], parts: [...one.parts, ...other.parts] };
}

function emptyPackage(): Package {
  return { files: [], parts: [] };
}

async function addLibrary(into: Package, root: string): Promise<Package> {
  const zerver = join(root, "zerver");
  for (const { name, kind } of await listDirectory(zerver)) {
    if (kind === "directory" && !LEFT_OUT.has(name)) {
      const skip = name === "lib" ? "integrations.py" : undefined;
      const wanted = (path: string): boolean => isSource(path) && path !== skip;
      await addFolder(into, join(zerver, name), `${CHECKOUT}/zerver/${name}`, wanted, root);
    } else if (name.endsWith(".py")) {
      addFile(into, join(zerver, name), `${CHECKOUT}/zerver/${name}`, root);
    }
  }
  await addFolder(into, join(root, "zproject"), `${CHECKOUT}/zproject`, isTopLevelSource, root);
  addFile(into, join(root, POPULATE), `${CHECKOUT}/${POPULATE}`, root);
  addFile(into, join(root, "version.py"), `${CHECKOUT}/version.py`, root);
  return into;
}

async function addWebhooks(
  into: Package,
  root: string,
  targets: readonly EngineTarget[],
): Promise<void> {
  const folder = join(root, WEBHOOKS);
  const entries = await listDirectory(folder);
  const whole = await wholeFolders(root, WEBHOOKS, targets);
  for (const { name, kind } of entries) {
    if (kind === "file") {
      if (isSource(name))
        addFile(into, join(folder, name), `${CHECKOUT}/${WEBHOOKS}/${name}`, root);
    } else if (name !== "__pycache__") {
      const wanted = whole.has(name) ? isNoBytecode : isSource;
      await addFolder(into, join(folder, name), `${CHECKOUT}/${WEBHOOKS}/${name}`, wanted, root);
    }
  }
}

/** Adds the pictures of a folder by name, and of those in it: what is in them nobody asks here. */
async function addNames(into: Package, root: string, folder: string): Promise<void> {
  for (const { name, kind } of await listDirectory(join(root, folder))) {
    const path = `${folder}/${name}`;
    if (kind !== "directory") addName(into, path);
    else if (folder === PICTURES[0]) await addNames(into, root, path);
  }
}

function addName(into: Package, path: string): void {
  into.files.push({ path: `${CHECKOUT}/${path}`, length: 0 });
  into.parts.push(NOTHING);
}

const NOTHING = new Uint8Array();
const isPicture = (path: string): boolean =>
  PICTURES.some((folder) => path.startsWith(`${folder}/`));

const isNoBytecode = (path: string): boolean => !path.includes("__pycache__");
const isSource = (path: string): boolean => path.endsWith(".py") && isNoBytecode(path);
const isTopLevelSource = (path: string): boolean => isSource(path) && !path.includes("/");

async function addFolder(
  into: Package,
  folder: string,
  target: string,
  wanted: (path: string) => boolean,
  root?: string,
): Promise<void> {
  for (const path of await listFilesBelow(folder)) {
    if (wanted(path)) addFile(into, join(folder, path), `${target}/${path}`, root);
  }
}

/** Adds a file. One that is a link to somewhere outside the checkout is left out. */
function addFile(into: Package, path: string, target: string, root?: string): void {
  if (root !== undefined && !isInside(realPath(root), realPath(path))) return;
  const bytes = readBytesNow(path);
  if (bytes === undefined) return;
  into.files.push({ path: target, length: bytes.length });
  into.parts.push(bytes);
}

/**
 * Settles the conflicts of an unfinished merge in what all integrations need, so that they still run. One in an
 * integration is that integration's failure.
 * @returns A sentence for each file that has some.
 */
async function settle({ files, parts }: Package): Promise<string[]> {
  const sentences: string[] = [];
  for (const [index, { path }] of files.entries()) {
    const bytes = parts[index];
    if (!(bytes instanceof Buffer) || !bytes.includes("<<<<<<< ")) continue;
    if (!isSource(path) || path.startsWith(`${CHECKOUT}/${WEBHOOKS}/`)) continue;
    // The parser is loaded for this alone.
    const { settleConflicts } = await import("../python/source.ts");
    const conflict = settleConflicts(bytes.toString());
    if (!conflict) continue;
    const settled = Buffer.from(conflict.text);
    parts[index] = settled;
    files[index] = { path, length: settled.length };
    sentences.push(readDespiteConflict(path.slice(CHECKOUT.length + 1), conflict.line));
  }
  return sentences;
}

/** @param below What the package's state builds on: the embedded Python and what runs it, if nothing else. */
function keyOf({ files, parts }: Package, below = codeKey()): string {
  return digest([below, ...files.flatMap(({ path }, index) => [path, parts[index] ?? ""])]);
}
