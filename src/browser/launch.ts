/** Starting Chromium so that it draws the same picture everywhere, and says why when it cannot start. */
import type { Browser as Chromium, PuppeteerNode } from "puppeteer";
import { CancelledError, MachineError, messageOf } from "../errors.ts";
import { environmentWith, libraryPathWith, runsAsRoot } from "../host/browser-places.ts";
import { requireThrough } from "../host/packages.ts";
import { run } from "../host/process.ts";
import type { FoundBrowser } from "./find.ts";
import { fontConfiguration } from "./fonts.ts";

/** Measured against Connect's own pictures: these flags come closest. */
const FLAGS = [
  "--hide-scrollbars",
  "--force-color-profile=srgb",
  "--font-render-hinting=slight",
  "--disable-lcd-text",
  "--disable-gpu",
  // The page shows text of strangers: there is nothing on the network that it may need.
  "--disable-background-networking",
  "--host-resolver-rules=MAP * ~NOTFOUND",
  // /dev/shm is tiny in many containers.
  "--disable-dev-shm-usage",
];

const NO_SANDBOX = "--no-sandbox";

/** How long a browser that does not start is asked for its reason. */
const DIAGNOSIS_MS = 8_000;

/**
 * Starts a browser. The pipe between us carries every command: no port is opened, and the browser ends
 * by itself when this process is killed.
 * @param profile An empty folder for its profile.
 * @throws MachineError `browser-failed` with the browser's own first useful line.
 */
export async function launchChromium(
  { path, libraries }: FoundBrowser,
  profile: string,
  signal: AbortSignal | undefined,
): Promise<Chromium> {
  const environment = {
    FONTCONFIG_FILE: await fontConfiguration(),
    TZ: "UTC",
    LANG: "en_US.UTF-8",
    ...(libraries !== undefined && { LD_LIBRARY_PATH: libraryPathWith(libraries) }),
  };
  const start = (flags: string[]) => startOnce(path, profile, flags, environment);
  const flags = runsAsRoot() ? [...FLAGS, NO_SANDBOX] : FLAGS;
  try {
    // Programs stumble on a machine that has no time or memory for them: the second try then succeeds.
    return await start(flags).catch((error: unknown) => {
      if (signal?.aborted) throw error;
      return start(flags);
    });
  } catch (error) {
    if (signal?.aborted) throw new CancelledError();
    const reason = await askForReason(path, flags, environment, messageOf(error));
    // Many containers and hardened kernels give users no sandbox. The page runs no script at all.
    if (flags.includes(NO_SANDBOX) || !/sandbox|namespace/i.test(reason)) {
      throw startError(path, reason, error);
    }
    return await start([...FLAGS, NO_SANDBOX]).catch((failure: unknown) => {
      throw startError(path, messageOf(failure), failure);
    });
  }
}

function startOnce(
  path: string,
  profile: string,
  flags: string[],
  environment: Record<string, string>,
): Promise<Chromium> {
  return puppeteer().launch({
    executablePath: path,
    userDataDir: profile,
    args: flags,
    headless: "shell",
    pipe: true,
    // The command line decides what a signal does; the browser's owner closes it.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    env: environmentWith(environment),
  });
}

/**
 * `puppeteer` itself runs configuration files that it finds from the current folder upwards when it is
 * imported, which here is a stranger's tree. The library below it does the work and reads none.
 */
function puppeteer(): PuppeteerNode {
  const loaded = requireThrough("puppeteer", "puppeteer-core") as { default: PuppeteerNode };
  return loaded.default;
}

/** Runs the browser by itself, because a browser behind a pipe keeps its last words. */
async function askForReason(
  path: string,
  flags: string[],
  env: Record<string, string>,
  fallback: string,
): Promise<string> {
  const args = [...flags, "--headless", "--dump-dom", "about:blank"];
  const signal = AbortSignal.timeout(DIAGNOSIS_MS);
  const { stderr, exitCode } = await run(path, args, { signal, env });
  // One that is still there after so long runs, and has nothing to say about it.
  const runs = exitCode === 0 || signal.aborted;
  return runs ? fallback : (firstUsefulLine(stderr) ?? fallback);
}

/** The line that names the cause; Chromium's log prefix and its chatter about D-Bus are left out. */
export function firstUsefulLine(stderr: string): string | undefined {
  const lines = stderr
    .split("\n")
    .filter((line) => !/dbus|fontconfig/i.test(line))
    .map((line) => line.replace(/^\[[^\]]*\]\s*/, "").trim())
    .filter((line) => line !== "");
  return lines.find((line) => /error|sandbox|cannot|failed|fatal/i.test(line)) ?? lines[0];
}

function startError(path: string, reason: string, cause: unknown): MachineError {
  const library = /lib[\w.+-]{1,100}\.so[\w.]*/.exec(reason)?.[0];
  const hint =
    library === undefined
      ? "Set PUPPETEER_EXECUTABLE_PATH to the program of a Chrome or Chromium that works on this machine."
      : `Install the system package that holds ${library}, or set PUPPETEER_EXECUTABLE_PATH to another browser.`;
  return new MachineError(`The browser ${path} did not start: ${reason}`, {
    code: "browser-failed",
    hint,
    cause,
  });
}
