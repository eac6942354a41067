/** Which Chromium draws the pictures: the named one, the bundled one, or an installed one. */
import { join } from "node:path";
import { MachineError } from "../errors.ts";
import { packageFile } from "../host/assets.ts";
import {
  installedBrowser,
  isExecutable,
  namedBrowser,
  platformName,
} from "../host/browser-places.ts";
import { cacheDir } from "../host/cache.ts";
import { exists, readText } from "../host/files.ts";
import { unpackExecutable, unpackFolder } from "../host/unpack.ts";

const BUNDLE = "@sparticuz/chromium";

/** The bundle holds a program for this kind of machine only. */
const BUNDLE_PLATFORM = "linux-x64";

const HOW_TO_GET_ONE =
  "Install Chrome or Chromium, or set PUPPETEER_EXECUTABLE_PATH to the executable of an installed one.";

/** A browser on this machine. */
export interface FoundBrowser {
  /** Absolute path of the program. */
  path: string;
  /** `named` by PUPPETEER_EXECUTABLE_PATH, `bundled` with the npm package, or `installed` on the machine. */
  origin: "named" | "bundled" | "installed";
  /** A folder of shared libraries that it needs and a bare machine lacks. */
  libraries?: string;
}

/** Told in a few words what is going on before the first picture. */
export type BrowserProgress = (message: string) => void;

/**
 * Finds a browser, and unpacks the bundled one into the cache when it is used for the first time.
 * @throws MachineError `no-browser` when there is none, or the named one cannot be started.
 */
export async function findBrowser(onProgress?: BrowserProgress): Promise<FoundBrowser> {
  const named = namedBrowser();
  if (named !== undefined) return { path: checkNamed(named), origin: "named" };
  const bundled = await unpackBundle(onProgress);
  if (bundled !== undefined) return bundled;
  const installed = installedBrowser();
  if (installed !== undefined) return { path: installed, origin: "installed" };
  throw new MachineError("No browser was found to draw the picture.", {
    code: "no-browser",
    hint: HOW_TO_GET_ONE,
  });
}

function checkNamed(path: string): string {
  if (isExecutable(path)) return path;
  throw new MachineError(`PUPPETEER_EXECUTABLE_PATH names ${path}, which is not a program.`, {
    code: "no-browser",
    hint: "Set it to the program of a Chrome or Chromium, or unset it.",
  });
}

/** The unpacked bundle, or undefined where the optional package is not installed. */
async function unpackBundle(onProgress?: BrowserProgress): Promise<FoundBrowser | undefined> {
  if (platformName() !== BUNDLE_PLATFORM) return undefined;
  const program = bundleFile("bin/chromium.br");
  const libraries = bundleFile("bin/al2023.tar.br");
  const manifest = bundleFile("package.json");
  if (program === undefined || libraries === undefined || manifest === undefined) return undefined;
  const { version } = JSON.parse(await readText(manifest)) as { version: string };
  // A folder a version: the package's own unpacking reuses whatever is at /tmp/chromium.
  const path = cacheDir("chromium", version, "chromium");
  const unpacked = cacheDir("chromium", version, "libraries");
  if (!isExecutable(path) || !exists(unpacked)) {
    onProgress?.("Unpacking the bundled browser, this once");
    await unpackFolder(libraries, unpacked);
    await unpackExecutable(program, path);
  }
  return { path, origin: "bundled", libraries: join(unpacked, "lib") };
}

function bundleFile(path: string): string | undefined {
  try {
    const file = packageFile(BUNDLE, path);
    return exists(file) ? file : undefined;
  } catch {
    return undefined; // An optional dependency: not there is a normal answer.
  }
}
