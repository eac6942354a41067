/** Links of a tree that lead to a device without an end, and pipes that nobody writes to: nothing waits for them. */
import { execFileSync, spawn } from "node:child_process";
import {
  closeSync,
  constants,
  openSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import { readBytes, readBytesIfExists, readBytesUpTo, readTextSync } from "../../src/host/files.ts";
import { readBytesNow } from "../../src/host/read-now.ts";
import { cli, testCache } from "../support/cli.ts";
import { temporaryDirectory, temporaryWorkspace } from "../support/tree.ts";

const FOLDER = "zerver/webhooks/harbourline";

function pipeIn(folder: string): string {
  const path = join(folder, "pipe");
  execFileSync("mkfifo", [path]);
  return path;
}

/** Opens a pipe for writing, once somebody reads it. */
async function writerOf(pipe: string): Promise<number> {
  for (;;) {
    try {
      return openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch {
      await wait(20);
    }
  }
}

describe.skipIf(process.platform === "win32")("what has no end", () => {
  it("is read to its end where it is a pipe that a user named", async () => {
    const pipe = pipeIn(temporaryDirectory());
    const read = readBytesUpTo(pipe, 10);
    const writer = await writerOf(pipe);
    writeSync(writer, "12345");
    closeSync(writer);
    expect((await read).toString()).toBe("12345");
    const long = readBytesUpTo(pipe, 4);
    writeFileSync(pipe, "12345");
    await expect(long).rejects.toMatchObject({ code: "file-too-large" });
  });

  it("does not keep a program that waits for a pipe from ending when it is told to", async () => {
    const root = temporaryWorkspace();
    const pipe = pipeIn(temporaryDirectory());
    const words = ["new", "acme", "--payload", pipe, "--category", "misc", "--no-input"];
    const program = spawn(
      process.execPath,
      [join(packageRoot, "bin/connect-webhook.js"), ...words],
      {
        cwd: root,
        env: { HOME: testCache, CONNECT_WEBHOOK_CACHE: testCache },
        stdio: "ignore",
      },
    );
    onTestFinished(() => void program.kill("SIGKILL"));
    const ended = new Promise((resolve) => program.once("close", resolve));
    const writer = await writerOf(pipe);
    onTestFinished(() => closeSync(writer));
    program.kill("SIGTERM");
    expect(await ended).toBe(130);
  });

  it("is no fixture to --fuzz", async () => {
    const root = temporaryWorkspace();
    pipeIn(join(root, FOLDER));
    symlinkSync("../pipe", join(root, FOLDER, "fixtures/waits.json"));
    const { exitCode, stderr } = await cli(["test", "harbourline", "--fuzz"], { cwd: root });
    expect(exitCode, stderr).toBe(2);
    expect(stderr).toContain("is a device or a pipe");
  });

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
