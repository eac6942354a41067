/** Trees that come with what looks like this program's own state: it is named, and neither believed nor touched. */
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openCheckout } from "../../src/checkout/index.ts";
import { applyChanges } from "../../src/host/changes.ts";
import { treeStateIn } from "../../src/host/state.ts";
import { planRemove } from "../../src/transfer/index.ts";
import { cli } from "../support/cli.ts";
import { git } from "../support/git.ts";
import { fingerprint, temporaryDirectory, temporaryWorkspace } from "../support/tree.ts";

const TRANSACTION = ".connect-webhook-transaction";
const LOCK = ".connect-webhook-lock";
const FOLDER = "zerver/webhooks/harbourline";
const fix = ["lint", "harbourline", "--fix"];
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A repository whose commit holds a journal that asks for a hook, and for the end of README.md. */
function plantedRepository(): string {
  const root = temporaryWorkspace();
  const folder = join(root, TRANSACTION);
  mkdirSync(folder);
  writeFileSync(join(folder, "old-0"), `#!/bin/sh\ntouch ${join(root, "RAN")}\n`);
  chmodSync(join(folder, "old-0"), 0o755);
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const entries = [
    { path: ".git/hooks/pre-commit", kind: "remove" },
    { path: "README.md", kind: "create", newHash: sha256(readme) },
  ];
  const journal = { version: 1, entries, folders: [] };
  writeFileSync(join(folder, "journal.json"), JSON.stringify(journal));
  git(root, "init", "-q");
  git(root, "add", "--force", ".");
  git(root, "commit", "-qm", "all");
  return root;
}

describe("a planted journal", () => {
  it.each([
    ["list", ["list"]],
    ["lint --fix", fix],
  ])("installs no hook and deletes nothing: %s", async (_name, words) => {
    const root = plantedRepository();
    const { exitCode, stderr } = await cli(words, { cwd: root });
    expect(exitCode, stderr).toBe(0);
    expect(stderr.split("\n").filter((line) => line.includes(TRANSACTION))).toHaveLength(1);
    expect(existsSync(join(root, ".git/hooks/pre-commit"))).toBe(false);
    git(root, "commit", "-q", "--allow-empty", "-m", "more");
    expect(existsSync(join(root, "RAN"))).toBe(false);
    expect(git(root, "status", "--porcelain")).toBe("");
  });
});

describe("a planted lock", () => {
  const claims = ["1.1.000000000000.00000000", "4194304..000000000000.11111111", "README"];
  const plants: [string, (root: string, outside: string) => void][] = [
    ["a file", (root) => writeFileSync(join(root, LOCK), "mine")],
    ["a link out of the tree", (root, outside) => symlinkSync(outside, join(root, LOCK))],
    ["a link to nothing", (root, outside) => symlinkSync(join(outside, "none"), join(root, LOCK))],
    [
      "a folder with claims",
      (root) => {
        mkdirSync(join(root, LOCK));
        for (const claim of claims) writeFileSync(join(root, LOCK, claim), "");
      },
    ],
  ];
  it.each(plants)("that is %s does not hinder, and stays", async (_what, plant) => {
    const [root, outside] = [temporaryWorkspace(), temporaryDirectory()];
    for (const claim of claims) writeFileSync(join(outside, claim), "theirs");
    plant(root, outside);
    const before = [fingerprint(outside), fingerprintOf(join(root, LOCK))];
    const init = join(root, FOLDER, "fixtures/ping.json");
    writeFileSync(init, `\uFEFF${readFileSync(init, "utf8")}`);
    const { exitCode, stderr } = await cli(fix, { cwd: root });
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(readFileSync(init, "utf8").startsWith("\uFEFF")).toBe(false);
    expect([fingerprint(outside), fingerprintOf(join(root, LOCK))]).toEqual(before);
  });

  /** Of a link, the link itself. */
  function fingerprintOf(path: string): string {
    return lstatSync(path).isDirectory() ? fingerprint(path) : String(lstatSync(path).ino);
  }
});

describe("an output that nobody named", () => {
  it.each([
    ["to a file", "there.txt"],
    ["to nothing", "none.html"],
  ])("does not follow a link out of the tree: %s", async (_what, name) => {
    const [root, outside] = [temporaryWorkspace(), temporaryDirectory()];
    writeFileSync(join(outside, "there.txt"), "theirs\n");
    git(root, "init", "-q", "--initial-branch=main");
    symlinkSync(join(outside, name), join(root, "review.html"));
    git(root, "add", ".");
    git(root, "commit", "-qm", "all");
    const before = [fingerprint(outside), fingerprint(root)];
    const { exitCode, stderr } = await cli(["review", "--base", "HEAD"], { cwd: root });
    expect(stderr).toMatch(/^✗ review\.html is a link.*\.\n {2}.*--out.*\.\n$/);
    expect(exitCode).toBe(2);
    expect([fingerprint(outside), fingerprint(root)]).toEqual(before);
    // One that is named goes where its link leads.
    const named = ["review", "--base", "HEAD", "--out", "review.html"];
    expect((await cli(named, { cwd: root })).exitCode).toBe(0);
    expect(readFileSync(join(outside, name), "utf8")).toContain("<html");
  });

  it.each([
    ["the folder of captures", ".connect-webhook", ""],
    ["a folder in it", ".connect-webhook/captures", ""],
    ["the folder of captures, and nothing is there", ".connect-webhook", "none"],
    ["git's own folder", ".connect-webhook", ".git"],
  ])("is not captured through a link: %s", async (_what, path, target) => {
    const [root, outside] = [temporaryWorkspace(), temporaryDirectory()];
    git(root, "init", "-q");
    if (path.includes("/")) mkdirSync(join(root, ".connect-webhook"));
    symlinkSync(target === ".git" ? ".git" : join(outside, target), join(root, path));
    writeFileSync(join(outside, "request.sh"), "curl -d '{\"a\": 1}' http://localhost/\n");
    const before = [fingerprint(outside), fingerprint(root)];
    const from = ["capture", "acmedeploy", "--from", join(outside, "request.sh")];
    const { exitCode, stderr } = await cli(from, { cwd: root });
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2 });
    expect([fingerprint(outside), fingerprint(root)]).toEqual(before);
  });
});

describe("the program's own state", () => {
  /** A workspace with what a killed run left in the state folder, and a journal that is damaged. */
  function damaged(): { root: string; env: Record<string, string>; change: string } {
    const [root, home] = [temporaryWorkspace(), temporaryDirectory()];
    const { change } = treeStateIn(join(home, "connect-webhook"), root);
    mkdirSync(change, { recursive: true, mode: 0o700 });
    writeFileSync(join(change, "old-0"), "the only copy");
    writeFileSync(join(change, "journal.json"), "null");
    return { root, env: { XDG_STATE_HOME: home }, change };
  }

  it.each([
    ["list", ["list", "--json"]],
    ["remove", ["remove", "harbourline", "--yes", "--force", "--json"]],
    ["init", ["init", "--json"]],
  ])("that is damaged stops %s, and stays", async (_name, words) => {
    const { root, env, change } = damaged();
    const before = [fingerprint(root), fingerprint(change)];
    const { exitCode, stdout, stderr } = await cli(words, { cwd: root, env });
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout).error.code).toBe("broken-journal");
    expect(stderr).toMatch(/^✗ [^\n]+\.\n {2}[^\n]+\.\n$/);
    expect(stderr).toContain(change);
    expect([fingerprint(root), fingerprint(change)]).toEqual(before);
  });

  it("is not believed where the tree is the home folder", async () => {
    const root = temporaryWorkspace();
    const { change } = treeStateIn(join(root, ".local/state/connect-webhook"), root);
    mkdirSync(change, { recursive: true, mode: 0o700 });
    writeFileSync(join(change, "journal.json"), "null");
    const before = fingerprint(root);
    const env = { HOME: root };
    expect((await cli(["list"], { cwd: root, env })).exitCode).toBe(0);
    const words = ["remove", "harbourline", "--yes", "--force", "--json"];
    const { exitCode, stdout } = await cli(words, { cwd: root, env });
    expect(JSON.parse(stdout).error.code).toBe("state-in-tree");
    expect(exitCode).toBe(2);
    expect(fingerprint(root)).toBe(before);
  });
});

describe("two removals of one integration at once", () => {
  it("one is done, the other ends with a sentence", async () => {
    const words = ["remove", "harbourline", "--yes", "--force"];
    const alone = temporaryWorkspace();
    expect((await cli(words, { cwd: alone })).exitCode).toBe(0);
    const root = temporaryWorkspace();
    const results = await Promise.all([cli(words, { cwd: root }), cli(words, { cwd: root })]);
    expect(results.map(({ exitCode }) => exitCode).sort()).toEqual([0, 2]);
    const loser = results.find(({ exitCode }) => exitCode === 2);
    const complaint = loser?.stderr.split("\n").filter((line) => line.startsWith("✗"));
    expect(complaint).toHaveLength(1);
    expect(fingerprint(root)).toBe(fingerprint(alone));
  });
});

describe("a removal that was planned before something came", () => {
  it("writes nothing, and leaves no file behind in a folder that nothing uses", async () => {
    const root = temporaryWorkspace();
    const plan = await planRemove(await openCheckout(root), "harbourline", { force: true });
    writeFileSync(join(root, FOLDER, "fixtures/new.json"), "{}");
    const before = fingerprint(root);
    const work = applyChanges(root, plan.changes, plan.emptied, plan.stillHolds);
    await expect(work).rejects.toMatchObject({ code: "changed-meanwhile" });
    expect(fingerprint(root)).toBe(before);
  });
});
