/** Which integrations an edit of some files can reach. */
import { join } from "node:path";
import { listFilesBelow, readText, readTextIfExists } from "../host/files.ts";
import type { ChangedFiles } from "./changed.ts";
import { belongsTo, integrationFiles } from "./files.ts";
import { registryPath as REGISTRY } from "./find.ts";
import { committedText } from "./git.ts";
import type { Checkout, Integration } from "./model.ts";
import { foldersNamedIn } from "./webhook-imports.ts";

/** Where an edit can change what an integration does; the rest of a tree is large, and need not be watched. */
export const MADE_OF = [
  "zerver/webhooks",
  "zerver/lib",
  "zerver/models",
  "zerver/models.py",
  "zproject",
  "zerver/actions",
  "zerver/decorator.py",
];

/** Every integration is built on the Python of these folders. */
const LIBRARY = /^(zerver|zproject)\/.*\.py$|^version\.py$/;
/** Python below `zerver` that no test of an integration loads. */
const NOT_LOADED = /^zerver\/(tests|migrations|management|transaction_tests)\//;
const IN_FOLDER = /^zerver\/webhooks\/([^/]+)\/(.+)$/;

/**
 * The integrations whose tests can come out differently after an edit of some files: those in whose folders they are,
 * those that import from such a folder or link to its fixtures, and all when it is a file of the library.
 * @param paths Relative to the root, with forward slashes. The registry reaches none: see `entriesChanged`.
 * @param uses Kept from call to call by whoever asks often.
 * @returns In the registry's order.
 */
export async function reachedBy(
  checkout: Checkout,
  paths: Iterable<string>,
  uses: FolderUses = new FolderUses(checkout),
): Promise<Integration[]> {
  const folders = new Set<string>();
  for (const path of paths) {
    const [, folder, inside = ""] = IN_FOLDER.exec(path) ?? [];
    if (folder !== undefined) {
      if (inside.endsWith(".py") || inside.startsWith("fixtures/")) folders.add(folder);
    } else if (isLibrary(checkout, path)) return [...checkout.integrations];
  }
  if (folders.size === 0) return [];
  const used = await uses.after(folders);
  for (let before = -1; before !== folders.size; ) {
    before = folders.size;
    for (const [folder, others] of used) {
      if ([...others].some((name) => folders.has(name))) folders.add(folder);
    }
  }
  return checkout.integrations.filter(({ directoryName }) => folders.has(directoryName));
}

function isLibrary({ registryPath }: Checkout, path: string): boolean {
  return path !== registryPath && LIBRARY.test(path) && !NOT_LOADED.test(path);
}

/** Which other folders the Python of each integration's folder names, or its fixtures link to. Read once. */
export class FolderUses {
  readonly #checkout: Checkout;
  readonly #known = new Map<string, Set<string>>();

  constructor(checkout: Checkout) {
    this.#checkout = checkout;
  }

  /** For each folder the others that it uses, now that these folders were edited. */
  async after(edited: Iterable<string>): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    for (const folder of edited) this.#known.delete(folder);
    for (const integration of this.#checkout.integrations) {
      const { directoryName } = integration;
      if (!this.#known.has(directoryName)) {
        this.#known.set(directoryName, await usesOf(this.#checkout, integration));
      }
    }
    return this.#known;
  }
}

async function usesOf(checkout: Checkout, integration: Integration): Promise<Set<string>> {
  const { directory, directoryName } = integration;
  const used = new Set<string>();
  for (const path of await listFilesBelow(join(checkout.root, directory))) {
    if (!path.endsWith(".py")) continue;
    const text = await readText(join(checkout.root, directory, path));
    for (const name of foldersNamedIn(text)) used.add(name);
  }
  const { fixtures } = await integrationFiles(checkout, integration);
  for (const { linkTarget } of fixtures) {
    const [, folder] = IN_FOLDER.exec(linkTarget ?? "") ?? [];
    if (folder !== undefined) used.add(folder);
  }
  used.delete(directoryName);
  return used;
}

/**
 * The integrations and unregistered folders that changed files belong to, and those that name a file that is gone. The
 * registry holds all of them; which of its entries changed, and which are gone, is seen from the registry as it was.
 */
export async function touchedIntegrations(
  checkout: Checkout,
  changed: ChangedFiles,
): Promise<string[]> {
  const paths = [...changed.touched];
  const entries = new Set([
    ...(await entriesChanged(checkout, changed)),
    ...(await missing(checkout, changed.removed)),
  ]);
  const removed = await entriesRemoved(checkout, changed);
  const registered = checkout.integrations.filter(
    (integration) =>
      entries.has(integration) || paths.some((path) => belongsTo(checkout, integration, path)),
  );
  const folders = checkout.orphans.filter(
    (name) =>
      removed.includes(name) || paths.some((path) => path.startsWith(`zerver/webhooks/${name}/`)),
  );
  return [...registered.map(({ name }) => name), ...folders];
}

/**
 * The integrations whose entries, those of their pictures included, do not stand in the registry of a commit as they
 * stand now.
 */
export async function entriesChanged(
  { root, registryPath, registrySource, integrations }: Checkout,
  { base, touched }: ChangedFiles,
): Promise<Integration[]> {
  if (!touched.has(registryPath)) return [];
  const before = await registryAt(root, base);
  return integrations.filter(({ range, screenshots }) => {
    const ranges = [range, ...screenshots.map((screenshot) => screenshot.range)];
    return ranges.some(({ from, to }) => !before.includes(registrySource.slice(from, to)));
  });
}

/**
 * Folders whose integration stood in the registry of a commit, and stands in none now.
 * @returns Names of folders that are still there.
 */
export async function entriesRemoved(
  { root, registryPath, registrySource, orphans }: Checkout,
  { base, touched }: ChangedFiles,
): Promise<string[]> {
  if (!touched.has(registryPath)) return [];
  const before = await registryAt(root, base);
  const count = (registry: string, name: string): number =>
    registry.split(`"${name}"`).length + registry.split(`'${name}'`).length;
  // What speaks of its pictures may have been left behind.
  return orphans.filter((name) => count(before, name) > count(registrySource, name));
}

/** The registry of a commit; empty for one without, which has none of the entries. */
async function registryAt(root: string, commit: string): Promise<string> {
  return (await committedText(root, commit, REGISTRY)) ?? "";
}

/** The integrations whose code, page or links name one of some files that are gone. */
export async function missing(
  checkout: Checkout,
  removed: ReadonlySet<string>,
): Promise<Integration[]> {
  const needles = [...removed].map(namedAs);
  if (needles.length === 0) return [];
  const found: Integration[] = [];
  for (const integration of checkout.integrations) {
    const { viewFiles, testsFile, docFile, fixtures } = await integrationFiles(
      checkout,
      integration,
    );
    if (fixtures.some(({ linkTarget = "" }) => removed.has(linkTarget))) {
      found.push(integration);
      continue;
    }
    const texts = await Promise.all(
      [...viewFiles, testsFile, docFile].map((path) =>
        path === undefined ? "" : readTextIfExists(join(checkout.root, path)),
      ),
    );
    if (needles.some((needle) => texts.some((text = "") => needle.test(text)))) {
      found.push(integration);
    }
  }
  return found;
}

/** How code and pages name a file: a module by dots, a macro by its name, any other by the end of its path. */
function namedAs(path: string): RegExp {
  const escaped = (text: string): string => text.replace(/[^\w/-]/g, "\\$&");
  const [, module] = /^(.*?)(?:\/__init__)?\.py$/.exec(path) ?? [];
  if (module !== undefined) {
    const [, parent = "", name = ""] = /^(?:(.*)\/)?([^/]*)$/.exec(module) ?? [];
    const dotted = (text: string): string => escaped(text.replaceAll("/", "."));
    const taken = `from\\s+${dotted(parent)}\\s+import\\b[^\\n]*\\b${escaped(name)}\\b`;
    return new RegExp(`\\b${dotted(module)}\\b|${taken}`);
  }
  const parts = path.split("/");
  const end = path.endsWith(".md") ? parts.slice(-1) : parts.slice(-2);
  return new RegExp(`(?<![\\w-])${escaped(end.join("/"))}`);
}

/** How many tests a folder's `tests.py` defines, as its text tells. */
export async function countTests({ root }: Checkout, { testsFile }: Integration): Promise<number> {
  const text = await readTextIfExists(join(root, testsFile));
  return text?.match(/^[ \t]+(?:async[ \t]+)?def test\w*\(/gm)?.length ?? 0;
}
