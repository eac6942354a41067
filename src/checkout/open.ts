/** Opening a Connect tree: the registry is read, files are looked at only where the registry asks for it. */
import { join, posix, resolve } from "node:path";
import { UserError } from "../errors.ts";
import { programIdentity } from "../host/assets.ts";
import { listDirectory, readBytes } from "../host/files.ts";
import { settleConflicts } from "../python/source.ts";
import { cachedOfTree } from "./cache.ts";
import { readDialect, readRegistryDialect } from "./dialect.ts";
import {
  defaultPath,
  readCategories,
  readIntegrations,
  readOtherNames,
  staticRoot,
  type TreeFacts,
} from "./entries.ts";
import { kindOf, registryPath, webhooksDirectory } from "./find.ts";
import type { Checkout, Integration } from "./model.ts";
import { noScreenshotNames } from "./no-screenshot.ts";
import { type Registry, readRegistry } from "./registry.ts";

/**
 * Opens a Connect tree.
 * @param root The root that `findCheckout` gave.
 * @param options `registrySource`: the registry as it is elsewhere, such as in a commit; else the file is read.
 *   `program`: for which program to keep what was read; this one where it is built, else none.
 * @throws UserError `registry-not-understood` with the line, when the registry is not written as expected.
 */
export async function openCheckout(
  root: string,
  options: { registrySource?: string; program?: string | undefined } = {},
): Promise<Checkout> {
  const absolute = resolve(root);
  const { registrySource, program = programIdentity() } = options;
  const source = registrySource ?? (await readRegistrySource(absolute));
  const cached = <T>(folder: string, read: () => Promise<T>): Promise<T> =>
    program === undefined ? read() : cachedOfTree(absolute, folder, [program, source], read);
  // Views, tests and pages that show how a tree is written change more often than its registry.
  const checkout = await cached("checkout", async () =>
    readCheckout(absolute, await cached("registry", () => readRegistered(absolute, source))),
  );
  return { ...checkout, root: absolute };
}

/** What the registry and the folders that it is about say. */
async function readRegistered(absolute: string, written: string) {
  const settled = settleConflicts(written);
  const source = settled?.text ?? written;
  const registry = readRegistry(source);
  const facts = await readFacts(absolute, registry);
  const integrations = readIntegrations(registry, facts);
  return {
    registrySource: source,
    registryConflict: settled?.line,
    dialect: await readRegistryDialect(absolute, registry, integrations),
    categories: readCategories(registry),
    integrations,
    otherNames: readOtherNames(registry),
    orphans: orphansOf(facts, integrations),
    noScreenshotNames: noScreenshotNames(registry),
  };
}

type Registered = Awaited<ReturnType<typeof readRegistered>>;

async function readCheckout(absolute: string, registered: Registered): Promise<Checkout> {
  const { dialect, registrySource, integrations } = registered;
  return {
    ...registered,
    root: absolute,
    kind: kindOf(absolute),
    registryPath,
    dialect: { ...dialect, ...(await readDialect(absolute, registrySource, integrations)) },
  };
}

/** Text that is not UTF-8 is refused, because an edit would not keep its bytes. */
async function readRegistrySource(root: string): Promise<string> {
  const bytes = await readBytes(join(root, registryPath));
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new UserError(`${registryPath} is not UTF-8 text.`, {
      code: "registry-not-understood",
      hint: "Save the file as UTF-8, and run the command again.",
      cause: error,
    });
  }
}

async function readFacts(root: string, registry: Registry): Promise<TreeFacts> {
  const logoFolders = new Set(
    (["DEFAULT_LOGO_STATIC_PATH_SVG", "DEFAULT_LOGO_STATIC_PATH_PNG"] as const).map((key) =>
      posix.dirname(defaultPath(registry, key, "name")),
    ),
  );
  const [webhooks, ...logos] = await Promise.all([
    listDirectory(join(root, webhooksDirectory)),
    ...[...logoFolders].map(async (folder) => {
      const entries = await listDirectory(join(root, staticRoot, folder));
      return entries.map((entry) => `${folder}/${entry.name}`);
    }),
  ]);
  const directories = webhooks.filter(
    ({ name, kind }) => kind === "directory" && /^[A-Za-z]\w*$/.test(name),
  );
  return {
    directories: new Set(directories.map(({ name }) => name)),
    logos: new Set(logos.flat()),
  };
}

function orphansOf(facts: TreeFacts, integrations: readonly Integration[]): string[] {
  const used = new Set(integrations.map((integration) => integration.directoryName));
  return [...facts.directories].filter((name) => !used.has(name)).sort();
}
