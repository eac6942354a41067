/** Links of a tree that lead to a device without an end, and pipes that nobody writes to: nothing waits for them. */
import { execFileSync } from "node:child_process";
import { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readBytes, readBytesIfExists, readTextSync } from "../../src/host/files.ts";
import { readBytesNow } from "../../src/host/read-now.ts";
import { cli } from "../support/cli.ts";
import { temporaryDirectory, temporaryWorkspace } from "../support/tree.ts";

const FOLDER = "zerver/webhooks/harbourline";

describe.skipIf(process.platform === "win32")("what has no end", () => {
  it.each(["device", "pipe"])("is no file: a %s", async (kind) => {
    const path = join(temporaryDirectory(), "file");
    if (kind === "device") symlinkSync("/dev/zero", path);
    else execFileSync("mkfifo", [path]);
    for (const read of [readBytes, readBytesIfExists, readTextSync, readBytesNow]) {
      await expect(async () => read(path), read.name).rejects.toMatchObject({ code: "no-file" });
    }
  });

  it.each([
    "pyproject.toml",
    "zerver/lib/webhooks/common.py",
    "zerver/lib/test_classes.py",
    `${FOLDER}/doc.md`,
    `${FOLDER}/tests.py`,
    `${FOLDER}/view.py`,
    `${FOLDER}/fixtures/ping.json`,
    "static/images/integrations/harbourline/001.png",
  ])("ends no command but with a sentence: %s", async (path) => {
    const root = temporaryWorkspace();
    rmSync(join(root, path));
    symlinkSync("/dev/zero", join(root, path));
    for (const words of [["list"], ["show", "harbourline"], ["lint", "harbourline"]]) {
      const { exitCode, stderr } = await cli(words, { cwd: root });
      expect([0, 1, 2], stderr).toContain(exitCode);
      if (exitCode === 2) expect(stderr).toContain("is a device or a pipe");
    }
  });
});
