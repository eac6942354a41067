import { join } from "node:path";
import { expect, it } from "vitest";
import { gitRoot, knownFiles } from "../../src/checkout/git.ts";
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
  });
  expect(await knownFiles(root, "a/*.py")).toEqual({
    tracked: new Set(),
    untracked: new Set(["a/*.py"]),
  });
  expect(await gitRoot(join(root, "a"))).toBe(root);
});

it("has nothing to say outside a repository", async () => {
  const folder = temporaryDirectory();
  expect(await gitRoot(folder)).toBeUndefined();
  expect(await knownFiles(folder, "a")).toBeUndefined();
});
