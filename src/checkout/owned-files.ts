/** What belongs to an integration and to no other, what it shares, and who else needs it. */
import { join, posix, sep } from "node:path";
import {
  isDirectory,
  isFile,
  listEverythingBelow,
  listFilesBelow,
  readText,
  readTextIfExists,
} from "../host/files.ts";
import { linkTarget } from "../host/links.ts";
import { positionOf } from "../python/source.ts";
import { webhooksDirectory } from "./find.ts";
import type { Checkout, Integration } from "./model.ts";

/** A file or folder that an integration uses together with others. */
export interface SharedPath {
  readonly path: string;
  /** The others' names, sorted. */
  readonly users: readonly string[];
}

/** A place elsewhere in the tree that breaks when the integration's folder is gone. */
export interface Need {
  readonly path: string;
  /** The line, from 1; undefined for a link. */
  readonly line: number | undefined;
}

/** Everything of one integration that is on disk. Paths are relative to the root. */
export interface OwnedFiles {
  /** Files and links of its own, in the order of its parts: folder, document, logo, avatar, pictures. */
  readonly files: readonly string[];
  /** Folders that hold nothing but those, each after the one it is in. */
  readonly folders: readonly string[];
  readonly shared: readonly SharedPath[];
  /** Other integrations whose view is in its folder, sorted. */
  readonly coHosted: readonly string[];
  /** Imports of its modules and links to its fixtures from outside of its folder. */
  readonly needs: readonly Need[];
}

/**
 * Looks up what belongs to an integration.
 * @param checkout The tree.
 * @param integration One of its webhook integrations.
 */
export async function ownedFiles(
  checkout: Checkout,
  integration: Integration,
): Promise<OwnedFiles> {
  const others = checkout.integrations.filter(({ name }) => name !== integration.name);
  const docs = await otherDocs(checkout, integration, others);
  const home = await homeOf(checkout, integration, others);
  const pictures = await picturesOf(checkout, integration, { others, docs });
  const single = singleFiles(checkout, integration, others);
  const files = [...home.files, ...single.files, ...pictures.files];
  return {
    files: [...new Set(files)],
    folders: [...home.folders, ...pictures.folders],
    shared: [...home.shared, ...single.shared, ...pictures.shared],
    coHosted: home.coHosted,
    needs: home.folders.length > 0 ? await needsOf(checkout, integration) : [],
  };
}

type Part = Pick<OwnedFiles, "files" | "folders" | "shared">;

/** The folder in `zerver/webhooks`, unless the integration only lives in another's. */
async function homeOf(
  { root }: Checkout,
  { name, directory, directoryName }: Integration,
  others: readonly Integration[],
): Promise<Part & Pick<OwnedFiles, "coHosted">> {
  const users = others
    .filter((other) => usesFolder(other, directoryName))
    .map((other) => other.name)
    .sort();
  const isHost = users.includes(directoryName);
  if (isHost || (users.length > 0 && directoryName !== name)) {
    return { files: [], folders: [], shared: [{ path: directory, users }], coHosted: [] };
  }
  return { ...(await wholeFolder(root, directory)), shared: [], coHosted: users };
}

function usesFolder(other: Integration, directoryName: string): boolean {
  return (
    other.directoryName === directoryName ||
    other.viewModule.startsWith(`${webhooksDirectory.replace("/", ".")}.${directoryName}.`)
  );
}

async function wholeFolder(root: string, folder: string): Promise<Pick<Part, "files" | "folders">> {
  const { entries, folders } = await listEverythingBelow(join(root, folder));
  if (entries.length === 0 && folders.length === 0) return { files: [], folders: [] };
  return {
    files: entries.map((entry) => `${folder}/${entry}`),
    folders: [folder, ...folders.map((below) => `${folder}/${below}`)],
  };
}

/** The document, where it is not in the folder, the logo and the avatar. */
function singleFiles(
  checkout: Checkout,
  integration: Integration,
  others: readonly Integration[],
): Part {
  const { docFile, directory, logo, avatar } = integration;
  const files: string[] = [];
  const shared: SharedPath[] = [];
  const wanted = [docFile.startsWith(`${directory}/`) ? undefined : docFile, logo, avatar];
  for (const path of wanted) {
    if (path === undefined || !isFile(join(checkout.root, path))) continue;
    const users = others
      .filter((other) => [other.docFile, other.logo, other.avatar].includes(path))
      .map(({ name }) => name);
    if (path !== docFile && namedElsewhere(checkout, path)) {
      users.push(checkout.registryPath);
    }
    if (users.length > 0) shared.push({ path, users: users.sort() });
    else files.push(path);
  }
  return { files, folders: [], shared };
}

/** Whether an integration without a webhook has a logo or avatar: by the path its entry states, or by its own name. */
function namedElsewhere(
  { registrySource, dialect, otherNames, integrations }: Checkout,
  path: string,
): boolean {
  let elsewhere = registrySource;
  for (const { from, to } of integrations.map(({ range }) => range).reverse()) {
    elsewhere = elsewhere.slice(0, from) + elsewhere.slice(to);
  }
  const stated = posix.relative(dialect.staticRoot, path);
  return otherNames.has(posix.parse(path).name) || elsewhere.includes(stated);
}

interface Elsewhere {
  others: readonly Integration[];
  /** Documents of others, by path. */
  docs: ReadonlyMap<string, string>;
}

/** The image folders that are its own, and its pictures in those that it shares. */
async function picturesOf(
  { root, dialect }: Checkout,
  { name, screenshots }: Integration,
  { others, docs }: Elsewhere,
): Promise<Part> {
  const part = { files: [] as string[], folders: [] as string[], shared: [] as SharedPath[] };
  for (const imageDir of new Set([name, ...screenshots.map((entry) => entry.imageDir)])) {
    const folder = `${dialect.imageRoot}/${imageDir}`;
    const users = others
      .filter(
        (other) =>
          other.screenshots.some((entry) => entry.imageDir === imageDir) ||
          (other.name === imageDir && other.screenshots.length === 0),
      )
      .map((other) => other.name);
    const readers = [...docs].filter(([, text]) => text.includes(`/${folder}/`));
    const all = [...users, ...readers.map(([path]) => path)].sort();
    if (all.length === 0) {
      const whole = await wholeFolder(root, folder);
      for (const file of whole.files) part.files.push(file);
      for (const folder of whole.folders) part.folders.push(folder);
      continue;
    }
    const mine = screenshots.map(({ imagePath }) => imagePath);
    const own = mine.filter(
      (path) =>
        isFile(join(root, path)) &&
        posix.dirname(path) === folder &&
        !readers.some(([, text]) => text.includes(`/${path}`)) &&
        !others.some((other) => other.screenshots.some(({ imagePath }) => imagePath === path)),
    );
    for (const file of own) part.files.push(file);
    if (isDirectory(join(root, folder))) part.shared.push({ path: folder, users: all });
  }
  return part;
}

/** The documents of all other integrations, those without a webhook included. */
async function otherDocs(
  { root }: Checkout,
  { docFile }: Integration,
  others: readonly Integration[],
): Promise<Map<string, string>> {
  const templates = "templates/zerver/integrations";
  const below = await listFilesBelow(join(root, templates));
  const paths = new Set([
    ...others.map((other) => other.docFile),
    ...below.filter((path) => path.endsWith(".md")).map((path) => `${templates}/${path}`),
  ]);
  paths.delete(docFile);
  const texts = await Promise.all(
    [...paths].map(async (path) => [path, await readTextIfExists(join(root, path))] as const),
  );
  return new Map(texts.flatMap(([path, text]) => (text === undefined ? [] : [[path, text]])));
}

/** Python of a tree that is loaded by nobody and names no integration's module for good. */
const HISTORY = /(^|\/)migrations\//;

/** Who imports the folder's modules, or links into it, from outside. */
async function needsOf(
  { root }: Checkout,
  { directory, directoryName }: Integration,
): Promise<Need[]> {
  const needs: Need[] = [];
  const imports = new RegExp(
    `^[ \\t]*(?:from|import)[ \\t]+zerver\\.webhooks(?:\\.|[ \\t]+import[ \\t]+)${directoryName}\\b`,
    "m",
  );
  const { entries } = await listEverythingBelow(join(root, "zerver"));
  for (const path of entries.map((entry) => `zerver/${entry}`)) {
    if (path.startsWith(`${directory}/`)) continue;
    if (path.endsWith(".py")) {
      if (HISTORY.test(path) || !isFile(join(root, path))) continue;
      const text = await readText(join(root, path));
      const found = text.includes(directoryName) ? imports.exec(text) : null;
      if (found) needs.push({ path, line: positionOf(text, found.index).line });
    } else if (path.startsWith(`${webhooksDirectory}/`)) {
      const target = await linkTarget(join(root, path));
      if (target?.startsWith(join(root, directory, sep))) needs.push({ path, line: undefined });
    }
  }
  return needs;
}
