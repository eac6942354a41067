/** Where this package's own files are: the one place that knows the layout of a checkout and of a build. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { BugError } from "../errors.ts";
import { digest } from "./checksum.ts";
import { exists, fileStat, readTextSync } from "./files.ts";

function findPackageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!exists(join(folder, "package.json"))) {
    const parent = dirname(folder);
    if (parent === folder) throw new BugError("The package's own folder was not found.");
    folder = parent;
  }
  return folder;
}

/** The folder with this package's package.json. */
export const packageRoot = findPackageRoot();

const runsFromSource = fileURLToPath(import.meta.url).startsWith(join(packageRoot, "src"));

/**
 * A runtime asset that lives beside the code that uses it, such as `engine/py` or `preview/themes/assets`.
 * @param path Its path below `src/`, which the build keeps below `dist/`.
 */
export function assetPath(path: string): string {
  return join(packageRoot, runsFromSource ? "src" : "dist", path);
}

/** A program the build makes, such as `engine/child.mjs`. Run from source, it is the built one too. */
export function builtPath(path: string): string {
  return join(packageRoot, "dist", path);
}

/** When the program was built, in milliseconds since 1970; 0 when it runs from source. */
export function programTime(): number {
  return Math.round(fileStat(builtPath("cli.js"))?.modifiedMs ?? 0);
}

/**
 * Stands for this very program on this Node: what it found about a file stays found as long as both are the same. The
 * build names each of its parts after what is in it, and `cli.js` leads to all of them.
 * @returns Undefined when it runs from source, which may change from one run to the next.
 */
export function programIdentity(): string | undefined {
  if (runsFromSource) return undefined;
  const program = [join(packageRoot, "package.json"), builtPath("cli.js")].map(readTextSync);
  return digest([...program, process.version, process.platform, process.arch]);
}

/** A page below `docs/`. */
export function documentationPath(path: string): string {
  return join(packageRoot, "docs", path);
}

/** A file or folder below `templates/`. */
export function templatePath(path: string): string {
  return join(packageRoot, "templates", path);
}

/**
 * A file of an npm package this project depends on.
 * @param name The package's name.
 * @param path A path inside the package.
 */
export function packageFile(name: string, path: string): string {
  const require = createRequire(join(packageRoot, "package.json"));
  for (const folder of require.resolve.paths(name) ?? []) {
    const candidate = join(folder, name);
    if (exists(join(candidate, "package.json"))) return join(candidate, path);
  }
  throw new BugError(`The package ${name} is not installed.`);
}

/** This package's version. */
export function packageVersion(): string {
  const require = createRequire(import.meta.url);
  return (require(join(packageRoot, "package.json")) as { version: string }).version;
}
