import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { committedText, gitRoot, knownFiles } from "../../src/checkout/git.ts";
import { withEnvironment } from "../../src/host/environment.ts";
import { run } from "../../src/host/process.ts";
import { git } from "../support/git.ts";
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
    staged: new Set(["a/__init__.py", "a/ü b.py"]),
    untracked: new Set(["a/*.py", "a/new.py"]),
    leftOut: new Set(),
    renamed: new Map(),
  });
  expect(await knownFiles(root, "a/*.py")).toEqual({
    tracked: new Set(),
    staged: new Set(),
    untracked: new Set(["a/*.py"]),
    leftOut: new Set(),
    renamed: new Map(),
  });
  expect(await gitRoot(join(root, "a"))).toBe(root);
});

it("tells what is only added from what the last commit has", async () => {
  const root = makeTree("", {
    "a/old.py": "",
    "a/new.py": "",
    "a/intended.py": "",
    "b/new.py": "",
  });
  git(root, "init", "--quiet");
  git(root, "add", "a/old.py");
  git(root, "commit", "--quiet", "--message", "old");
  git(root, "add", "a/new.py", "b/new.py");
  git(root, "add", "--intent-to-add", "a/intended.py");
  const known = await knownFiles(root, "a", "b");
  expect(known?.staged).toEqual(new Set(["a/new.py", "a/intended.py", "b/new.py"]));
  expect((await knownFiles(root, "a"))?.staged).toEqual(new Set(["a/new.py", "a/intended.py"]));
  expect(await committedText(root, "HEAD", "a/new.py")).toBeUndefined();
  expect(await committedText(root, "HEAD", "a/old.py")).toBe("");
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
