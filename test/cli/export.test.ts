import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lintFixtures } from "../lint/trees.ts";
import { cli } from "../support/cli.ts";
import { git } from "../support/git.ts";
import { edit, fingerprint, temporaryDirectory, temporaryWorkspace } from "../support/tree.ts";

const registry = "zerver/lib/integrations.py";
const folder = "zerver/webhooks/harbourline";
const picture = "static/images/integrations/harbourline/001.png";

/** A tree without harbourline whose test base calls things as older trees do. */
function olderTree(): string {
  const root = temporaryWorkspace();
  const images = "static/images/integrations";
  for (const path of [folder, `${images}/harbourline`])
    rmSync(join(root, path), { recursive: true });
  rmSync(join(root, images, "logos/harbourline.svg"));
  rmSync(join(root, images, "bot_avatars/harbourline.png"));
  edit(root, registry, (text) => text.replace(/^ +.*"harbourline".*\n/gm, ""));
  edit(root, "zerver/lib/test_classes.py", (text) =>
    text
      .replaceAll("CHANNEL_NAME", "STREAM_NAME")
      .replaceAll("expected_topic_name", "expected_topic")
      .replaceAll("assert_channel_message", "assert_stream_message"),
  );
  return root;
}

const committed = (root: string): string => {
  git(root, "init", "-q");
  git(root, "add", ".");
  git(root, "commit", "-qm", "all");
  return root;
};

describe("export --to", () => {
  it("carries an integration over, runs its tests there, and changes nothing else", async () => {
    const cwd = temporaryWorkspace();
    const to = committed(olderTree());
    const before = fingerprint(cwd);
    const args = ["export", "harbourline", "--to", to, "--json"];
    const { exitCode, stdout, stderr } = await cli([...args, "--yes"], { cwd });
    expect(exitCode, stderr).toBe(0);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ version: 1, name: "harbourline", updated: [registry] });
    expect(report).toMatchObject({ removed: [], dryRun: false, notes: [] });
    expect(report.tests).toMatchObject({ failed: 0, skipped: 0 });
    expect(report.tests.passed).toBeGreaterThan(5);
    expect(report.created).toContain(picture);
    expect(report.stalePictures).toEqual([]);
    expect(fingerprint(cwd)).toBe(before);
    expect(readFileSync(join(to, folder, "tests.py"), "utf8")).toContain("STREAM_NAME = ");
    const difference = git(to, "diff", "--unified=0", registry).split("\n").slice(4);
    expect(difference.filter((line) => line.startsWith("-"))).toEqual([]);

    const again = await cli([...args, "--yes"], { cwd });
    expect(again.exitCode).toBe(2);
    expect(JSON.parse(again.stdout).error.code).toBe("already-registered");
  });

  it("names the picture that the target draws otherwise, and one that is not there", async () => {
    const cwd = temporaryWorkspace();
    const to = olderTree();
    const avatars = "static/images/integrations/bot_avatars";
    cpSync(
      join(lintFixtures, "tree", avatars, "ferryboard.png"),
      join(cwd, avatars, "harbourline.png"),
    );
    const args = ["export", "harbourline", "--to", to, "--yes", "--json"];
    const stale = await cli(args, { cwd });
    expect(stale.exitCode, stale.stderr).toBe(0);
    expect(JSON.parse(stale.stdout).stalePictures).toEqual([picture]);
    expect(stale.stderr).toContain(`The picture ${picture} is stale.`);
    expect(stale.stderr).toContain(`-C ${to} screenshot --integration harbourline`);

    rmSync(join(cwd, picture));
    const missing = await cli([...args, "--force"], { cwd });
    expect(JSON.parse(missing.stdout).stalePictures).toEqual([picture]);
    expect(missing.stderr).toContain(`The picture ${picture} is missing.`);
  });

  it("replaces with --force what the target has of it, and says which tests fail", async () => {
    const cwd = temporaryWorkspace();
    const to = temporaryWorkspace();
    edit(cwd, `${folder}/tests.py`, (text) => text.replace('"storefront"', '"storefronts"'));
    writeFileSync(join(to, folder, "old.py"), "x = 1\n");
    const refused = await cli(["export", "harbourline", "--to", to, "--yes"], { cwd });
    expect(refused.stderr).toMatch(/^✗ harbourline is already registered \(.*line \d+\)/);
    const args = ["export", "harbourline", "--to", to, "--yes", "--force"];
    const { exitCode, stderr } = await cli(args, { cwd });
    expect(exitCode).toBe(1);
    expect(stderr).toContain("HarbourlineHookTests.test_ping");
    expect(existsSync(join(to, folder, "old.py"))).toBe(false);
    // The same entry was taken out and put in again.
    expect(readFileSync(join(to, registry))).toEqual(readFileSync(join(cwd, registry)));
  });

  it("shows the files as they would be with --dry-run, and names what has to be done by hand", async () => {
    const cwd = temporaryWorkspace();
    const to = olderTree();
    appendFileSync(join(cwd, folder, "view.py"), "from zerver.lib.utils import no_such_helper\n");
    const before = fingerprint(to);
    const args = ["export", "harbourline", "--to", to, "--dry-run"];
    const { exitCode, stdout, stderr } = await cli(args, { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("view.py  created");
    expect(stdout).toContain("+    STREAM_NAME = ");
    expect(stderr).toMatch(
      /! 1 place could not be converted:\n {4}.*view\.py:\d+: zerver\.lib\.utils of this tree has no no_such_helper/,
    );
    expect(fingerprint(to)).toBe(before);
  });
});

describe("export --patch", () => {
  it("writes what git am makes the same files of, and touches neither files nor index", async () => {
    const cwd = temporaryWorkspace();
    writeFileSync(join(cwd, folder, "fixtures/latin.txt"), Buffer.from([0x66, 0xfc, 0x72, 0x0a]));
    const crlf = `${folder}/fixtures/a [b] "c".multipart`;
    writeFileSync(join(cwd, crlf), "--B\r\n\r\n1\r\n--B--\r\n");
    const to = committed(olderTree());
    // The author's own work in the target is not in the commit, and has to stay.
    edit(to, registry, (text) => `${text}\n# mine\n`);
    writeFileSync(join(to, "staged.txt"), "staged\n");
    git(to, "add", "staged.txt");
    const index = git(to, "ls-files", "-s");
    const before = fingerprint(join(to, "zerver"));
    const objects = git(to, "count-objects", "-v");

    const patch = join(temporaryDirectory(), "harbourline.patch");
    const env = { GIT_AUTHOR_NAME: "Ann", GIT_AUTHOR_EMAIL: "ann@example.com" };
    const committer = { GIT_COMMITTER_NAME: "Ann", GIT_COMMITTER_EMAIL: "ann@example.com" };
    const args = ["export", "harbourline", "--to", to, "--patch", patch, "--json"];
    const { exitCode, stdout, stderr } = await cli(args, { cwd, env: { ...env, ...committer } });
    expect(exitCode, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ updated: [registry], patch, dryRun: false });
    expect(git(to, "ls-files", "-s")).toBe(index);
    expect(git(to, "count-objects", "-v")).toBe(objects);
    expect(fingerprint(join(to, "zerver"))).toBe(before);

    const clone = join(temporaryDirectory(), "clone");
    git(temporaryDirectory(), "clone", "-q", to, clone);
    git(clone, "am", "-q", patch);
    expect(git(clone, "log", "-1", "--format=%an %s")).toBe(
      "Ann integrations: Add Harbourline integration.\n",
    );
    const fixtures = [`${folder}/fixtures/latin.txt`, `${folder}/fixtures/ping.json`, crlf];
    for (const path of [picture, ...fixtures]) {
      expect(readFileSync(join(clone, path))).toEqual(readFileSync(join(cwd, path)));
    }
    expect(readFileSync(join(clone, folder, "__init__.py"), "utf8")).toBe("");
    expect(readFileSync(join(clone, registry), "utf8")).toContain('"harbourline"');
    expect(readFileSync(join(clone, registry), "utf8")).not.toContain("# mine");
  });

  it.each([
    [
      "a diff",
      "Lamps\\n---\\ndiff --git a/evil b/evil\\nnew file mode 100644\\n--- /dev/null\\n+++ b/evil\\n@@ -0,0 +1 @@\\n+evil\\n",
    ],
    [
      "headers",
      "Lamps\\nFrom: Eve <eve@example.com>\\nSubject: evil\\n\\n-- >8 --\\nIndex: evil\\n",
    ],
    ["other ends of lines", "Lamps\\r---\\rdiff --git a/evil b/evil\\u2028\\x85\\u0000x"],
    [
      "a mailbox",
      "Lamps\\n\\nFrom 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001\\n",
    ],
  ])("makes one line of a display name with %s", async (_what, name) => {
    const cwd = temporaryWorkspace();
    edit(cwd, registry, (text) =>
      text.replace(
        '"harbourline", ["deployment"],',
        `"harbourline", ["deployment"], display_name="${name}",`,
      ),
    );
    for (const odd of ["a b.json", 'it\'s "odd".json', "ünïcode.json", "-- a.json", "b\nc.json"]) {
      writeFileSync(join(cwd, folder, "fixtures", odd), "From x\n---\ndiff --git a/evil b/evil\n");
    }
    const to = committed(olderTree());
    const patch = join(temporaryDirectory(), "a patch.patch");
    const env = { GIT_AUTHOR_NAME: "Ann", GIT_AUTHOR_EMAIL: "ann@example.com" };
    const committer = { GIT_COMMITTER_NAME: "Ann", GIT_COMMITTER_EMAIL: "ann@example.com" };
    const args = ["export", "harbourline", "--to", to, "--patch", patch];
    const { exitCode, stderr } = await cli(args, { cwd, env: { ...env, ...committer } });
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toContain(`git am '${patch}'`);
    const clone = join(temporaryDirectory(), "clone");
    git(temporaryDirectory(), "clone", "-q", to, clone);
    git(clone, "am", "-q", patch);
    const [author, subject, body] = git(clone, "log", "-1", "--format=%an%x00%s%x00%b").split("\0");
    expect([author, body?.trim()]).toEqual(["Ann", ""]);
    expect(subject).toMatch(/^integrations: Add Lamps .* integration\.$/);
    expect(existsSync(join(clone, "evil"))).toBe(false);
    const added = git(clone, "diff", "--name-only", "-z", "HEAD^").split("\0").filter(Boolean);
    expect(
      added.filter((path) => !/harbourline|^zerver\/lib\/integrations\.py$/.test(path)),
    ).toEqual([]);
    expect(readdirSync(join(clone, folder, "fixtures")).sort()).toEqual(
      readdirSync(join(cwd, folder, "fixtures")).sort(),
    );
  });

  it("takes an integration that is not committed yet from its own tree", async () => {
    const to = committed(olderTree());
    const from = temporaryWorkspace();
    for (const path of [folder, "static", registry, "zerver/lib/test_classes.py"]) {
      rmSync(join(to, path), { recursive: true, force: true });
    }
    for (const name of ["zerver", "static"]) {
      mkdirSync(join(to, name), { recursive: true });
    }
    cpSync(from, to, { recursive: true });
    const before = fingerprint(join(to, "zerver"));
    const env = {
      GIT_AUTHOR_NAME: "Ann",
      GIT_AUTHOR_EMAIL: "ann@example.com",
      GIT_COMMITTER_NAME: "Ann",
      GIT_COMMITTER_EMAIL: "ann@example.com",
    };
    const patch = join(temporaryDirectory(), "own.patch");
    const result = await cli(["export", "harbourline", "--patch", patch], { cwd: to, env });
    expect(result.exitCode, result.stderr).toBe(0);
    expect(fingerprint(join(to, "zerver"))).toBe(before);
    const clone = join(temporaryDirectory(), "clone");
    git(temporaryDirectory(), "clone", "-q", to, clone);
    git(clone, "am", "-q", patch);
    expect(existsSync(join(clone, folder, "view.py"))).toBe(true);
  });
});

describe("export refuses", () => {
  it.each<[string, (to: string) => string[], string]>([
    ["no target", () => ["harbourline"], "no-target"],
    ["no name", (to) => ["--to", to], "usage"],
    ["a slip of the pen", (to) => ["harborline", "--to", to], "unknown-integration"],
    ["a path as name", (to) => ["../harbourline", "--to", to], "unknown-integration"],
    ["a target that is not there", () => ["harbourline", "--to", "gone"], "no-such-folder"],
    ["a target that is no tree", () => ["harbourline", "--to", "/"], "no-checkout"],
    ["an empty target", () => ["harbourline", "--to", ""], "no-such-folder"],
    ["its own tree as target", () => ["harbourline", "--to", "."], "same-tree"],
    ["nobody to ask", (to) => ["harbourline", "--to", to], "missing-answers"],
    ["a patch without git", (to) => ["harbourline", "--to", to, "--patch", "x.patch"], "no-git"],
  ])("%s", async (_what, args, code) => {
    const cwd = temporaryWorkspace();
    const to = olderTree();
    const before = [fingerprint(cwd), fingerprint(to)];
    const { exitCode, stdout, stderr } = await cli(["export", ...args(to), "--json"], { cwd });
    expect({ exitCode, code: JSON.parse(stdout).error.code }).toEqual({ exitCode: 2, code });
    expect(stderr).toMatch(/✗ .+\.\n {2}.+\n$/);
    expect([fingerprint(cwd), fingerprint(to)]).toEqual(before);
  });

  it.each<[string, (to: string) => void, string]>([
    ["a folder of that name", (to) => mkdirSync(join(to, folder)), "file-exists"],
    [
      "a link out of the tree",
      (to) => symlinkSync(temporaryDirectory(), join(to, folder)),
      "file-exists",
    ],
    [
      "a category that is not there",
      (to) => edit(to, registry, (text) => text.replaceAll('"deployment"', '"shipping"')),
      "unknown-category",
    ],
    [
      "a registry that is no Python",
      (to) => appendFileSync(join(to, registry), "x = (\n"),
      "registry-not-understood",
    ],
  ])("a target with %s", async (_what, spoil, code) => {
    const cwd = temporaryWorkspace();
    const to = olderTree();
    spoil(to);
    const before = fingerprint(to);
    const args = ["export", "harbourline", "--to", to, "--yes", "--json"];
    const { exitCode, stdout } = await cli(args, { cwd });
    expect({ exitCode, code: JSON.parse(stdout).error.code }).toEqual({ exitCode: 2, code });
    expect(fingerprint(to)).toBe(before);
  });
});
