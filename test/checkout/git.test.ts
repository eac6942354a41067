import { join } from "node:path";
import { expect, it } from "vitest";
import { gitRoot, trackedFiles } from "../../src/checkout/git.ts";
import { run } from "../../src/host/process.ts";
import { temporaryDirectory } from "../support/tree.ts";
import { makeTree } from "./tree.ts";

it("knows which files git tracks, and where the repository starts", async () => {
  const root = makeTree("", { "a/__init__.py": "", "a/new.py": "", "a/*.py": "", "a/ü b.py": "" });
  await run("git", ["init", "-q"], { cwd: root });
  await run("git", ["add", "--", "a/__init__.py", "a/ü b.py"], { cwd: root });
  const asked = ["a/__init__.py", "a/new.py", "a/*.py", "a/ü b.py", "a/missing.py"];
  expect(await trackedFiles(root, asked)).toEqual(new Set(["a/__init__.py", "a/ü b.py"]));
  expect(await trackedFiles(root, [])).toEqual(new Set());
  expect(await gitRoot(join(root, "a"))).toBe(root);
});

it("has nothing to say outside a repository", async () => {
  const folder = temporaryDirectory();
  expect(await gitRoot(folder)).toBeUndefined();
  expect(await trackedFiles(folder, ["a"])).toBeUndefined();
  expect(await trackedFiles(folder, [])).toBeUndefined();
});
