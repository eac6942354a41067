/** One integration: found by name, and what of it is on disk. */
import { join, posix, relative, sep } from "node:path";
import { UserError } from "../errors.ts";
import {
  isFile,
  listDirectory,
  listFilesBelow,
  pathInside,
  readTextIfExists,
} from "../host/files.ts";
import { linkTarget } from "../host/links.ts";
import { webhooksDirectory } from "./find.ts";
import type { Checkout, Fixture, Integration, IntegrationFiles } from "./model.ts";
import { didYouMean, seenName } from "./names.ts";

/**
 * The registered integration of a name.
 * @throws UserError `unknown-integration`, with the nearest names in the hint.
 */
export function findIntegration(checkout: Checkout, name: string): Integration {
  const found = checkout.integrations.find((integration) => integration.name === name);
  if (found) return found;
  throw new UserError(complaintAbout(checkout, name), {
    code: "unknown-integration",
    hint: hintFor(checkout, name),
  });
}

function complaintAbout(checkout: Checkout, name: string): string {
  if (checkout.orphans.includes(name)) {
    return `${webhooksDirectory}/${name} is there, but the registry has no entry for ${name}.`;
  }
  if (checkout.otherNames.has(name)) return `${name} is an integration without a webhook.`;
  return `There is no integration called ${seenName(name)}.`;
}

function hintFor(checkout: Checkout, name: string): string {
  if (checkout.orphans.includes(name)) {
    return `Add an entry to ${checkout.dialect.registry.webhookList} in ${checkout.registryPath}.`;
  }
  const known = checkout.integrations.map((integration) => integration.name);
  return didYouMean(name, known, "Run `connect-webhook list` to see all of them.");
}

/** Lists what of an integration is on disk. */
export async function integrationFiles(
  checkout: Checkout,
  integration: Integration,
): Promise<IntegrationFiles> {
  const ifThere = whereThere(checkout);
  const modules = await pythonFiles(checkout, integration);
  const images = integration.screenshots.map((entry) => entry.imagePath);
  return {
    viewFile: viewFileOf(integration, ifThere),
    viewFiles: modules,
    initFile: ifThere(integration.initFile),
    testsFile: ifThere(integration.testsFile),
    docFile: ifThere(integration.docFile),
    logo: ifThere(integration.logo),
    avatar: ifThere(integration.avatar),
    fixtures: await fixturesOf(checkout, integration),
    images: [...new Set(images)].filter((path) => ifThere(path) !== undefined),
  };
}

/** The Python files of an integration: the view's, and its tests. */
export function codeFiles({ viewFiles, testsFile }: IntegrationFiles): string[] {
  return [...viewFiles, ...(testsFile === undefined ? [] : [testsFile])];
}

/**
 * Whether a file is one of an integration's own.
 * @param path Relative to the root.
 */
export function belongsTo({ dialect }: Checkout, integration: Integration, path: string): boolean {
  const { directory, docFile, avatar, name, screenshots } = integration;
  return (
    path.startsWith(`${directory}/`) ||
    path === docFile ||
    isLogo(integration, path) ||
    path === avatar ||
    path.startsWith(`${dialect.imageRoot}/${name}/`) ||
    screenshots.some(({ imagePath }) => imagePath === path)
  );
}

/** The logo, or the one that is missing: without a stated path either kind of file is one. */
function isLogo({ logo, expectedLogo }: Integration, path: string): boolean {
  const either =
    logo === undefined ? [expectedLogo, expectedLogo.replace(/\.svg$/, ".png")] : [logo];
  return either.includes(path);
}

/** The text of an integration's view; empty when there is none inside of the tree. */
export async function readView(checkout: Checkout, integration: Integration): Promise<string> {
  const path = viewFileOf(integration, whereThere(checkout));
  const file = path && pathInside(checkout.root, path);
  return (file && (await readTextIfExists(file))) ?? "";
}

type IfThere = (path: string | undefined) => string | undefined;

const whereThere =
  ({ root }: Checkout): IfThere =>
  (path) =>
    path !== undefined && isFile(join(root, path)) ? path : undefined;

function viewFileOf(integration: Integration, ifThere: IfThere): string | undefined {
  const module = integration.viewModule.replaceAll(".", "/");
  return ifThere(`${module}.py`) ?? ifThere(`${module}/__init__.py`);
}

/** The view's own files first, then the folder's other modules; tests and the empty `__init__.py` are left out. */
async function pythonFiles(checkout: Checkout, integration: Integration): Promise<string[]> {
  const { directory } = integration;
  const names = await listFilesBelow(join(checkout.root, directory));
  const view = posix.relative(directory, integration.viewModule.replaceAll(".", "/"));
  const isView = (name: string): boolean => name === `${view}.py` || name.startsWith(`${view}/`);
  const modules = names.filter(
    (name) =>
      name.endsWith(".py") && name !== "__init__.py" && !/(^|\/)tests?(\/|\.py$|_)/.test(name),
  );
  return [...modules.filter(isView), ...modules.filter((name) => !isView(name))].map(
    (name) => `${directory}/${name}`,
  );
}

async function fixturesOf(checkout: Checkout, integration: Integration): Promise<Fixture[]> {
  const folder = integration.fixturesDirectory;
  const entries = await listDirectory(join(checkout.root, folder));
  const files = entries.filter(
    (entry) => (entry.kind === "file" || entry.kind === "symlink") && !entry.name.startsWith("."),
  );
  return Promise.all(
    files.map(async ({ name, kind }): Promise<Fixture> => {
      const path = `${folder}/${name}`;
      const parsed = posix.parse(name);
      return {
        file: name,
        name: parsed.name,
        extension: parsed.ext.slice(1).toLowerCase(),
        path,
        linkTarget: kind === "symlink" ? await targetOf(checkout, path) : undefined,
      };
    }),
  );
}

async function targetOf(checkout: Checkout, path: string): Promise<string | undefined> {
  const target = await linkTarget(join(checkout.root, path));
  return target && relative(checkout.root, target).split(sep).join("/");
}
