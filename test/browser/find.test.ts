import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { findBrowser, openBrowser } from "../../src/browser/index.ts";
import { firstUsefulLine } from "../../src/browser/launch.ts";
import { libraryPathWith } from "../../src/host/browser-places.ts";
import { temporaryDirectory } from "../support/tree.ts";

const NAMES = ["PUPPETEER_EXECUTABLE_PATH", "CONNECT_WEBHOOK_CACHE"] as const;
const before = NAMES.map((name) => process.env[name]);

afterEach(() => {
  NAMES.forEach((name, index) => {
    const value = before[index];
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  });
});

/** A program that says something and fails. */
function failing(words: string): string {
  const path = join(temporaryDirectory(), "browser");
  writeFileSync(path, `#!/bin/sh\necho '${words}' >&2\nexit 127\n`);
  chmodSync(path, 0o755);
  return path;
}

describe("finding a browser", () => {
  it("takes the one that PUPPETEER_EXECUTABLE_PATH names", async () => {
    const path = failing("never started");
    process.env.PUPPETEER_EXECUTABLE_PATH = path;
    expect(await findBrowser()).toEqual({ path, origin: "named" });
  });

  it("says what to do when that one is not there", async () => {
    process.env.PUPPETEER_EXECUTABLE_PATH = "/nowhere/chrome";
    await expect(openBrowser()).rejects.toMatchObject({
      code: "no-browser",
      exitCode: 3,
      message: "PUPPETEER_EXECUTABLE_PATH names /nowhere/chrome, which is not a program.",
      hint: "Set it to the program of a Chrome or Chromium, or unset it.",
    });
  });

  it.runIf(process.platform === "linux" && process.arch === "x64")(
    "unpacks the bundled one once, into a folder of our own",
    async () => {
      delete process.env.PUPPETEER_EXECUTABLE_PATH;
      process.env.CONNECT_WEBHOOK_CACHE = temporaryDirectory();
      const steps: string[] = [];
      const first = await findBrowser((step) => steps.push(step));
      const second = await findBrowser((step) => steps.push(step));
      expect(first).toEqual(second);
      expect(first.origin).toBe("bundled");
      expect(first.path.startsWith(process.env.CONNECT_WEBHOOK_CACHE)).toBe(true);
      expect(existsSync(first.path)).toBe(true);
      expect(steps).toEqual(["Unpacking the bundled browser, this once"]);
    },
  );
});

describe("a browser that does not start", () => {
  it("says which library is missing", async () => {
    const words =
      "error while loading shared libraries: libnss3.so: cannot open shared object file";
    process.env.PUPPETEER_EXECUTABLE_PATH = failing(words);
    await expect(openBrowser()).rejects.toMatchObject({
      code: "browser-failed",
      exitCode: 3,
      message: expect.stringContaining(words),
      hint: expect.stringContaining("holds libnss3.so"),
    });
  });

  it.skipIf(process.platform === "win32")("is started again when it only stumbled", async () => {
    delete process.env.PUPPETEER_EXECUTABLE_PATH;
    const { path: real, libraries } = await findBrowser();
    const path = join(temporaryDirectory(), "browser");
    const lines = [
      "#!/bin/sh",
      'mkdir "$0.stumbled" 2>/dev/null && exit 1',
      ...(libraries === undefined
        ? []
        : [`export LD_LIBRARY_PATH='${libraryPathWith(libraries)}'`]),
      `exec '${real}' "$@"`,
    ];
    writeFileSync(path, `${lines.join("\n")}\n`, { mode: 0o755 });
    process.env.PUPPETEER_EXECUTABLE_PATH = path;
    const browser = await openBrowser();
    expect(existsSync(`${path}.stumbled`)).toBe(true);
    await browser.close();
  });

  it("shows the line that names the cause", () => {
    const log = [
      "[1:2:0101/120000.0:ERROR:dbus/bus.cc:408] Failed to connect to the bus",
      "Fontconfig error: Cannot load default config file",
      "",
      "some chatter",
      "[1:2:0101/120000.0:FATAL:zygote.cc:1] No usable sandbox!",
    ];
    expect(firstUsefulLine(log.join("\n"))).toBe("No usable sandbox!");
    expect(firstUsefulLine("some chatter\n")).toBe("some chatter");
    expect(firstUsefulLine("\n")).toBeUndefined();
  });
});
