// Makes a fresh clone ready, and does nothing when it is ready: installs the packages when they are missing or
// older than the lock file, builds when the build is missing or older than the sources.
// Plain JavaScript with Node's own modules only, since it runs before anything is installed.
import { spawnSync } from "node:child_process";
import { lstatSync, mkdirSync, readdirSync, rmdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const BUILD_INPUTS = ["src", "tsdown.config.ts", "package.json", "test/tools/compile-stdlib.ts"];
const LOCK_TIMEOUT_MS = 120_000;

const modified = (path) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;

function newest(path) {
  const stat = statSync(join(root, path));
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(
    stat.mtimeMs,
    ...readdirSync(join(root, path)).map((name) => newest(join(path, name))),
  );
}

function step(title, command, args) {
  process.stderr.write(`${title} …\n`);
  // npm is a script, so Windows needs a shell for it; every word here is a constant.
  const shell = process.platform === "win32";
  const result = spawnSync(command, args, { cwd: root, encoding: "utf8", shell });
  if (result.status !== 0) {
    throw new Error(`${result.stdout}\n${result.stderr}\n${title} failed.`);
  }
}

// `npm ci` empties the folder, and must not do so behind a link that somebody shares.
const isShared = () =>
  lstatSync(join(root, "node_modules"), { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
const isInstalled = () =>
  isShared() || modified("node_modules/.package-lock.json") >= modified("package-lock.json");
const isBuilt = () => modified("dist/cli.js") >= Math.max(...BUILD_INPUTS.map(newest));

/** Two test runs at once would install and build into the same folders. */
function withLock(work) {
  const lock = join(root, ".set-up-lock");
  const deadline = Date.now() + LOCK_TIMEOUT_MS;
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      // A lock that is older than the timeout belongs to a run that was killed.
      if (error.code !== "EEXIST" || Date.now() > deadline) rmdirSync(lock);
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    }
  }
  try {
    work();
  } finally {
    rmdirSync(lock);
  }
}

export function setUp() {
  if (isInstalled() && isBuilt()) return;
  withLock(() => {
    if (!isInstalled()) step("Installing packages", "npm", ["ci"]);
    if (!isBuilt()) step("Building", "npm", ["run", "build", "--silent"]);
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  try {
    setUp();
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
