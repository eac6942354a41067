import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { gitRoot, knownFiles } from "../../src/checkout/git.ts";
import { withEnvironment } from "../../src/host/environment.ts";
import { run } from "../../src/host/process.ts";
import { temporaryDirectory } from "../support/tree.ts";
import { makeTree } from "./tree.ts";

it("knows which files git tracks, and where the repository starts", async () => {
  const files = ["a/__init__.py", "a/new.py", "a/*.py", "a/ü b.py", "a/old.pyc", "b/new.py"];
  const ignored = { ".gitignore": "*.pyc\n" };
  const root = makeTree("", { ...ignored, ...Object.fromEntries(files.map((path) => [path, ""])) });
  await run("git", ["init", "-q"], { cwd: root });
  await run("git", ["add", "--", "a/__init__.py", "a/ü b.py"], { cwd: root });
  expect(await knownFiles(root, "a")).toEqual({
    tracked: new Set(["a/__init__.py", "a/ü b.py"]),
    untracked: new Set(["a/*.py", "a/new.py"]),
    leftOut: new Set(),
  });
  expect(await knownFiles(root, "a/*.py")).toEqual({
    tracked: new Set(),
    untracked: new Set(["a/*.py"]),
    leftOut: new Set(),
  });
  expect(await gitRoot(join(root, "a"))).toBe(root);
});

it("has nothing to say outside a repository", async () => {
  const folder = temporaryDirectory();
  expect(await gitRoot(folder)).toBeUndefined();
  expect(await knownFiles(folder, "a")).toBeUndefined();
});

it("starts no git where none of the folders above holds a repository", async () => {
  const [bin, folder, repository] = [
    temporaryDirectory(),
    temporaryDirectory(),
    temporaryDirectory(),
  ];
  const started = join(bin, "started");
  writeFileSync(join(bin, "git"), `#!/bin/sh\n: > '${started}'\necho /somewhere\n`, {
    mode: 0o755,
  });
  const asked = async (path: string, more: Record<string, string> = {}): Promise<boolean> => {
    rmSync(started, { force: true });
    await withEnvironment({ PATH: `${bin}:${process.env.PATH}`, ...more }, () => gitRoot(path));
    return existsSync(started);
  };
  expect(await asked(folder)).toBe(false);
  // As git itself does: a repository may be named, and a folder is where its links lead.
  expect(await asked(folder, { GIT_DIR: repository })).toBe(true);
  mkdirSync(join(repository, ".git"));
  mkdirSync(join(repository, "below"));
  symlinkSync(join(repository, "below"), join(folder, "link"));
  expect(await asked(join(folder, "link"))).toBe(true);
  expect(await asked(join(repository, "below"))).toBe(true);
});
