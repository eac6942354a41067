/** Trees that come with a repository whose settings name a program: it is not run. */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { templatePath } from "../../src/host/assets.ts";
import { cli } from "../support/cli.ts";
import { git } from "../support/git.ts";
import { temporaryDirectory } from "../support/tree.ts";

/** Makes a folder a bare repository, as a branch can hold it: every folder has a file. */
function plantRepository(folder: string, marker: string): void {
  for (const name of ["objects", "refs"]) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "keep"), "");
  }
  writeFileSync(join(folder, "HEAD"), "ref: refs/heads/main\n");
  const program = `touch ${marker}; false`;
  const settings = ["repositoryformatversion = 0", "bare = false", "worktree = ."];
  const lines = [...settings, `fsmonitor = "${program}"`].map((line) => `\t${line}\n`);
  writeFileSync(join(folder, "config"), `[core]\n${lines.join("")}`);
}

/** The tree as somebody has it who cloned the branch, and as somebody has it who unpacked an archive of it. */
function plantedTrees(marker: string): string[] {
  const origin = temporaryDirectory();
  const tree = join(origin, "sub");
  cpSync(templatePath("workspace"), tree, { recursive: true });
  plantRepository(tree, marker);
  git(origin, "init", "-q");
  git(origin, "add", "--force", ".");
  git(origin, "commit", "-qm", "all");
  const clone = join(temporaryDirectory(), "clone");
  git(origin, "clone", "-q", origin, clone);
  const archive = join(temporaryDirectory(), "archive");
  cpSync(join(clone, "sub"), archive, { recursive: true });
  return [join(clone, "sub"), archive];
}

it("runs no program that a repository within a branch names", async () => {
  const marker = join(temporaryDirectory(), "ran");
  for (const root of plantedTrees(marker)) {
    for (const words of [
      ["lint", "--all"],
      ["lint", "--changed", "HEAD"],
      ["show", "harbourline"],
      ["remove", "harbourline", "--dry-run"],
      ["review", "--base", "HEAD"],
      ["export", "harbourline", "--patch", join(temporaryDirectory(), "a.patch")],
    ]) {
      const { exitCode, stderr } = await cli(words, { cwd: root });
      expect([0, 1, 2], `${words.join(" ")}: ${stderr}`).toContain(exitCode);
      expect(existsSync(marker), words.join(" ")).toBe(false);
    }
    // The trap is one: git itself falls into it.
    execFileSync("git", ["status"], {
      cwd: root,
      stdio: "ignore",
      env: { PATH: process.env.PATH },
    });
    expect(existsSync(marker)).toBe(true);
    execFileSync("rm", [marker]);
  }
});
