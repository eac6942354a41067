/** Trees and machines that are not as usual: a command does its work, or says why not and leaves everything alone. */
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import { copyOwn } from "../engine/tree.ts";
import { type CliOptions, cli, testCache } from "../support/cli.ts";
import { git } from "../support/git.ts";
import { fingerprint, temporaryDirectory, temporaryWorkspace } from "../support/tree.ts";

const REGISTRY = "zerver/lib/integrations.py";
const FOLDER = "zerver/webhooks/harbourline";
const payload = join(packageRoot, "fixtures/payloads/acmedeploy/deploy_finished.json");
const anew = (name: string) => [
  "new",
  name,
  "--category",
  "deployment",
  "--payload",
  payload,
  "--yes",
  "--no-screenshot",
];
const remove = ["remove", "acmedeploy", "--yes", "--force"];
const isRoot = process.getuid?.() === 0;
const registry = (root: string) => readFileSync(join(root, REGISTRY), "utf8");

async function succeeds(words: readonly string[], options: CliOptions): Promise<string> {
  const { exitCode, stdout, stderr } = await cli(words, options);
  expect({ exitCode, stderr: exitCode === 0 ? "" : stderr }).toEqual({ exitCode: 0, stderr: "" });
  return stdout;
}

describe("files and folders", () => {
  it("keep the line ends of Windows", async () => {
    const cwd = temporaryWorkspace();
    writeFileSync(join(cwd, REGISTRY), registry(cwd).replaceAll("\n", "\r\n"));
    const before = registry(cwd);
    await succeeds(anew("acmedeploy"), { cwd });
    expect(registry(cwd)).toContain('"acmedeploy"');
    expect(registry(cwd)).not.toMatch(/[^\r]\n/);
    await succeeds(remove, { cwd });
    expect(registry(cwd)).toBe(before);
  });

  it("may be left out by a sparse checkout, which is no fault of an integration", async () => {
    const cwd = temporaryWorkspace();
    await succeeds(anew("acmedeploy"), { cwd });
    git(cwd, "init", "--quiet");
    git(cwd, "add", "--all");
    git(cwd, "commit", "--quiet", "--message", "A workspace");
    const kept = [FOLDER, "zerver/lib", "static", "templates"];
    git(cwd, "sparse-checkout", "set", ...kept);
    const missing = "The folder zerver/webhooks/acmedeploy of this integration does not exist.";
    const { stdout } = await cli(["lint", "--all"], { cwd });
    expect(stdout).toContain(
      "Not checked: registry-directory on 1 integration, the sparse checkout leaves it out.",
    );
    expect(stdout).not.toContain(missing);
    rmSync(join(cwd, "zerver/lib/exceptions.py"));
    const { exitCode, stderr } = await cli(["test", "harbourline"], { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /^✗ .*No module named 'zerver\..*\n {2}Bring that module back; in a sparse checkout/,
    );
    git(cwd, "sparse-checkout", "disable");
    rmSync(join(cwd, "zerver/webhooks/acmedeploy"), { recursive: true });
    expect((await cli(["lint", "--all"], { cwd })).stdout).toContain(missing);
  });

  it("may have blanks and other letters in their path", async () => {
    const cwd = join(temporaryDirectory(), "Häfen & 漢字 's");
    cpSync(temporaryWorkspace(), cwd, { recursive: true });
    await succeeds(anew("acmedeploy"), { cwd });
    expect(await succeeds(["test", "acmedeploy"], { cwd })).toContain("2 passed, 0 failed");
    await succeeds(remove, { cwd });
  });

  it("keep their mode, and their owner where root works on them", async () => {
    const cwd = temporaryWorkspace();
    chmodSync(join(cwd, REGISTRY), 0o640);
    if (isRoot) chownSync(join(cwd, REGISTRY), 65534, 65534);
    const before = statSync(join(cwd, REGISTRY));
    await succeeds(anew("acmedeploy"), { cwd });
    const { mode, uid, gid } = statSync(join(cwd, REGISTRY));
    expect({ mode, uid, gid }).toEqual({ mode: before.mode, uid: before.uid, gid: before.gid });
  });
});

describe("work that is half done", () => {
  it("is a merge that has left its markers in the registry: what reads it goes on, what writes it does not", async () => {
    const cwd = temporaryWorkspace();
    // Two branches that each added an entry, as merges of this file end.
    const entry = /^ {4}WebhookIntegration\("harbourline".*\n/m;
    const merged = registry(cwd).replace(
      entry,
      (line) =>
        `<<<<<<< HEAD\n${line}=======\n${line.replace('"harbourline"', '"quayside"')}>>>>>>> theirs\n`,
    );
    expect(merged).not.toBe(registry(cwd));
    writeFileSync(join(cwd, REGISTRY), merged);
    const before = fingerprint(cwd);
    const line = registry(cwd).split("\n").indexOf("<<<<<<< HEAD") + 1;
    const said = `${REGISTRY}, line ${line}: a conflict marker of an unfinished merge.`;

    expect(await cli(["list"], { cwd })).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/harbourline[\s\S]*quayside/),
      stderr: expect.stringContaining(said),
    });
    expect(await cli(["test", "harbourline"], { cwd })).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining("11 passed"),
      stderr: expect.stringContaining(said),
    });
    const lint = await cli(["lint", "harbourline"], { cwd });
    expect(lint).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining("conflict-markers"),
    });
    for (const words of [anew("acmedeploy"), ["remove", "quayside", "--yes", "--force"]]) {
      expect(await cli(words, { cwd })).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining(said),
      });
    }
    expect(fingerprint(cwd)).toEqual(before);
  });

  it("is a merge that has left its markers in the library: the tests run, and the place is named", async () => {
    const cwd = temporaryWorkspace();
    const path = "zerver/lib/webhooks/common.py";
    const source = readFileSync(join(cwd, path), "utf8");
    const ours = "<<<<<<< HEAD\nRETRIES = 1\n=======\nRETRIES = (\n>>>>>>> theirs\n";
    writeFileSync(join(cwd, path), `${source}\n${ours}`);
    const line = source.split("\n").length + 1;
    expect(await cli(["test", "--all"], { cwd })).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining("11 passed"),
      stderr: expect.stringContaining(
        `${path}, line ${line}: a conflict marker of an unfinished merge.`,
      ),
    });
  });

  it("is a registry that raises, or imports what is not there: tests run, and what is wrong is named", async () => {
    const cwd = temporaryWorkspace();
    const lines = registry(cwd).split("\n").length;
    writeFileSync(
      join(cwd, REGISTRY),
      `${registry(cwd)}from zerver.lib.nowhere import thing\nTHING = thing()\nraise ValueError("no such category")\n`,
    );
    const { exitCode, stdout, stderr } = await cli(["test", "--all"], { cwd });
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: expect.stringContaining("11 passed"),
    });
    expect(stderr).toContain(`No module named 'zerver.lib.nowhere' (${REGISTRY}, line ${lines})`);
    expect(stderr).toContain(`no such category (${REGISTRY}, line ${lines + 2})`);
  });

  it("is a logo that is missing: tests and pictures work, and lint and avatar name it", async () => {
    const cwd = temporaryWorkspace();
    const logo = "static/images/integrations/logos/harbourline.svg";
    rmSync(join(cwd, logo));
    expect(await succeeds(["test", "--all"], { cwd })).toContain("11 passed");
    const avatar = await cli(["avatar", "--all"], { cwd });
    expect([avatar.exitCode, avatar.stdout]).toEqual([
      1,
      expect.stringContaining(`There is no logo at ${logo}.`),
    ]);
    expect((await cli(["lint", "--all"], { cwd })).stdout).toMatch(
      new RegExp(`${logo}\\n +✗ There is no logo\\. +logo-file`),
    );
  });
});

describe("links", () => {
  it("inside the tree stay, and what they name changes", async () => {
    const cwd = temporaryWorkspace();
    mkdirSync(join(cwd, "kept"));
    renameSync(join(cwd, REGISTRY), join(cwd, "kept/integrations.py"));
    symlinkSync("../../kept/integrations.py", join(cwd, REGISTRY));
    await succeeds(anew("acmedeploy"), { cwd });
    expect(lstatSync(join(cwd, REGISTRY)).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(cwd, "kept/integrations.py"), "utf8")).toContain('"acmedeploy"');
  });

  it.each([
    ["the registry", REGISTRY, anew("acmedeploy")],
    ["the folder of all webhooks", "zerver/webhooks", anew("acmedeploy")],
    ["the folder of an integration", FOLDER, ["lint", "harbourline", "--fix"]],
    ["the folder of logos", "static/images/integrations/logos", anew("acmedeploy")],
  ])("that lead %s out of the tree are refused", async (_what, path, words) => {
    const [cwd, outside] = [temporaryWorkspace(), temporaryDirectory()];
    rmSync(join(cwd, FOLDER, "__init__.py"));
    renameSync(join(cwd, path), join(outside, "there"));
    symlinkSync(join(outside, "there"), join(cwd, path));
    const before = [fingerprint(cwd), fingerprint(outside)];
    const { exitCode, stderr } = await cli(words, { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/leads outside .*\.\n {2}A link leads to .*there/);
    expect([fingerprint(cwd), fingerprint(outside)]).toEqual(before);
  });
});

describe("writers", () => {
  it("of one registry at once leave it whole: one is done, another is told to run again", async () => {
    const cwd = temporaryWorkspace();
    const names = ["alpha", "bravo", "charlie"];
    const results = await Promise.all(names.map((name) => cli(anew(name), { cwd })));
    const done = names.filter((_name, index) => results[index]?.exitCode === 0);
    expect(done.length).toBeGreaterThan(0);
    for (const { exitCode, stderr } of results) {
      if (exitCode !== 0) expect(stderr).toContain("Nothing was written; run the command again.");
    }
    const folders = readdirSync(join(cwd, "zerver/webhooks"));
    for (const name of names) {
      expect(registry(cwd).includes(`"${name}"`)).toBe(done.includes(name));
      expect(folders.includes(name)).toBe(done.includes(name));
    }
    expect(readdirSync(cwd).filter((name) => name.startsWith(".connect-webhook-"))).toEqual([]);
  });
});

describe("disks", () => {
  /** A workspace on a disk of its own, or undefined where nobody may mount one. */
  function ownDisk(options: string): string | undefined {
    const disk = temporaryDirectory();
    const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", disk]);
    if (status !== 0) return undefined;
    onTestFinished(() => void spawnSync("umount", [disk]));
    cpSync(temporaryWorkspace(), join(disk, "tree"), { recursive: true });
    rmSync(join(disk, "tree", FOLDER, "__init__.py"));
    return disk;
  }

  it.each([
    ["new", anew("acmedeploy")],
    ["lint --fix", ["lint", "--fix"]],
    ["remove", ["remove", "harbourline", "--yes", "--force"]],
  ])("that are read-only are named by %s", async (_command, words) => {
    const disk = ownDisk("size=8m");
    if (disk === undefined) return expect(isRoot).toBe(false);
    execFileSync("mount", ["-o", "remount,ro", disk]);
    const { exitCode, stderr } = await cli(words, { cwd: join(disk, "tree") });
    expect(stderr).toContain("is on a read-only disk.");
    expect(exitCode).toBe(3);
  });

  it("that are read-only can be read", async () => {
    const disk = ownDisk("size=8m");
    if (disk === undefined) return expect(isRoot).toBe(false);
    execFileSync("mount", ["-o", "remount,ro", disk]);
    const cwd = join(disk, "tree");
    await succeeds(["list"], { cwd });
    expect((await cli(["lint"], { cwd })).stdout).toContain("package-file");
  });

  it.each([0, 12, 24, 60])("that are full with %i KB left lose nothing", async (left) => {
    const disk = ownDisk("size=2m");
    if (disk === undefined) return expect(isRoot).toBe(false);
    const cwd = join(disk, "tree");
    const free = Number(
      execFileSync("df", ["-k", "--output=avail", disk]).toString().split("\n")[1],
    );
    writeFileSync(join(disk, "filler"), Buffer.alloc((free - left) * 1024, 1));
    const before = fingerprint(cwd);
    const { exitCode, stderr } = await cli(anew("acmedeploy"), { cwd });
    if (exitCode === 0) return expect(registry(cwd)).toContain('"acmedeploy"');
    expect(stderr).toMatch(/the disk with .* is full\.\n {2}Free some space/);
    expect(exitCode).toBe(3);
    expect(fingerprint(cwd)).toBe(before);
  });

  it("that somebody else owns are named", async () => {
    const cwd = temporaryWorkspace();
    if (!isRoot) {
      chmodSync(cwd, 0o555);
      onTestFinished(() => chmodSync(cwd, 0o755));
      const { exitCode, stderr } = await cli(anew("acmedeploy"), { cwd });
      expect([exitCode, stderr]).toEqual([3, expect.stringContaining("no permission for")]);
      return;
    }
    chmodSync(cwd, 0o755);
    const before = fingerprint(cwd);
    // The cache is theirs, and the tree is not.
    const cache = temporaryDirectory();
    copyOwn(testCache, cache);
    for (const path of ["", ...readdirSync(cache, { recursive: true, encoding: "utf8" })])
      chownSync(join(cache, path), 65534, 65534);
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(packageRoot, "bin/connect-webhook.js"), ...anew("acmedeploy")],
      {
        cwd,
        uid: 65534,
        gid: 65534,
        encoding: "utf8",
        env: { PATH: process.env.PATH ?? "", HOME: cache, CONNECT_WEBHOOK_CACHE: cache },
      },
    );
    expect([status, stderr]).toEqual([3, expect.stringContaining("no permission for")]);
    expect(fingerprint(cwd)).toBe(before);
  });
});

describe("git", () => {
  function repository(): string {
    const root = temporaryWorkspace();
    git(root, "init", "--quiet", "--initial-branch=main");
    git(root, "add", ".");
    git(root, "commit", "--quiet", "--message", "one");
    git(root, "commit", "--quiet", "--allow-empty", "--message", "two");
    return root;
  }

  it.each([
    [
      "a shallow clone",
      (from: string, to: string) =>
        git(from, "clone", "--quiet", "--depth=1", `file://${from}`, to),
    ],
    [
      "a worktree, whose .git is a file",
      (from: string, to: string) => git(from, "worktree", "add", "--quiet", "-b", "side", to),
    ],
  ])("may have the tree as %s", async (_what, make) => {
    const cwd = join(temporaryDirectory(), "tree");
    make(repository(), cwd);
    const before = registry(cwd);
    await succeeds(anew("acmedeploy"), { cwd });
    const { summary } = JSON.parse((await cli(["lint", "--changed", "--json"], { cwd })).stdout);
    expect(summary.integrations).toBe(1);
    await succeeds(remove, { cwd });
    expect(registry(cwd)).toBe(before);
  });

  it("may be missing", async () => {
    const cwd = temporaryWorkspace();
    const env = { PATH: "/nowhere" };
    await succeeds(["lint", "--all"], { cwd, env });
    const { exitCode, stderr } = await cli(["lint", "--changed"], { cwd, env });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("Name the integrations, or use --all.");
  });
});
