/** The cache folder is believed, so it is its user's alone. */
import { chmodSync, chownSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cliProcess } from "../support/cli.ts";
import { temporaryDirectory, temporaryWorkspace } from "../support/tree.ts";

/** Somebody else's folder: root's, or for root another user's. */
function foreignFolder(): string {
  if (process.getuid?.() !== 0) return "/usr";
  const path = temporaryDirectory();
  chownSync(path, 12_345, 12_345);
  return path;
}

describe.skipIf(process.platform === "win32")("a cache folder", () => {
  it("of another user is not used", async () => {
    const env = { CONNECT_WEBHOOK_CACHE: foreignFolder() };
    for (const words of [["list"], ["test", "harbourline"], ["avatar", "--all", "--check"]]) {
      const { exitCode, stderr } = await cliProcess(words, { cwd: temporaryWorkspace(), env });
      expect([exitCode, stderr], words.join(" ")).toEqual([
        3,
        expect.stringContaining("is not yours alone"),
      ]);
    }
  });

  it("that others could put something into is not used", async () => {
    const cache = join(temporaryDirectory(), "cache");
    mkdirSync(join(cache, "chromium"), { recursive: true });
    chmodSync(cache, 0o777);
    const env = { CONNECT_WEBHOOK_CACHE: cache };
    const { exitCode, stderr } = await cliProcess(["list"], { cwd: temporaryWorkspace(), env });
    expect([exitCode, stderr]).toEqual([3, expect.stringContaining("Remove it")]);
    expect(statSync(cache).mode & 0o777).toBe(0o777);
  });

  it("is shut to others before it is read", async () => {
    const cache = join(temporaryDirectory(), "cache");
    mkdirSync(cache);
    chmodSync(cache, 0o777);
    const env = { CONNECT_WEBHOOK_CACHE: cache };
    const { exitCode, stderr } = await cliProcess(["list"], { cwd: temporaryWorkspace(), env });
    expect(exitCode, stderr).toBe(0);
    expect(statSync(cache).mode & 0o777).toBe(0o700);
  });
});
