import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, isAbsolute, join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { applyChanges, changedMeanwhile } from "../../src/host/changes.ts";
import { isInside } from "../../src/host/files.ts";
import type { Journal } from "../../src/host/journal.ts";
import { identityOf, recoverChanges } from "../../src/host/recover.ts";
import { openTreeState } from "../../src/host/state.ts";
import { fingerprint, temporaryDirectory } from "../support/tree.ts";

const bytes = (text: string): Uint8Array => Buffer.from(text);

function tree(): string {
  const root = temporaryDirectory();
  mkdirSync(join(root, "a"));
  writeFileSync(join(root, "a/one.txt"), "one\n");
  writeFileSync(join(root, "a/two.txt"), "two\n");
  return root;
}

describe("applyChanges", () => {
  it("creates, updates and removes, and leaves nothing else behind", async () => {
    const root = tree();
    chmodSync(join(root, "a/one.txt"), 0o640);
    await applyChanges(root, [
      { path: "b/c/new.txt", kind: "create", content: bytes("new\n") },
      { path: "a/one.txt", kind: "update", content: bytes("ONE\n"), expected: bytes("one\n") },
      { path: "a/two.txt", kind: "remove", expected: bytes("two\n") },
    ]);
    expect(readFileSync(join(root, "b/c/new.txt"), "utf8")).toBe("new\n");
    expect(readFileSync(join(root, "a/one.txt"), "utf8")).toBe("ONE\n");
    expect(statSync(join(root, "a/one.txt")).mode & 0o777).toBe(0o640);
    expect(existsSync(join(root, "a/two.txt"))).toBe(false);
    expect(readdirSync(root).sort()).toEqual(["a", "b"]);
    const { change, lock } = await openTreeState(root);
    expect([existsSync(change), existsSync(lock)]).toEqual([false, false]);
  });

  it.each([
    [
      "a file to create exists",
      { path: "a/one.txt", kind: "create" as const, content: bytes("x") },
      "file-exists",
    ],
    [
      "a file to update is not as planned",
      { path: "a/one.txt", kind: "update" as const, content: bytes("x"), expected: bytes("old") },
      "changed-meanwhile",
    ],
    [
      "a file to remove is not there",
      { path: "a/none.txt", kind: "remove" as const },
      "changed-meanwhile",
    ],
    [
      "a path leaves the root",
      { path: "../x.txt", kind: "create" as const, content: bytes("x") },
      "outside-root",
    ],
    [
      "a path leaves the root by a link",
      { path: "out/x.txt", kind: "create" as const, content: bytes("x") },
      "outside-root",
    ],
  ])("changes nothing when %s", async (_name, change, code) => {
    const root = tree();
    symlinkSync(temporaryDirectory(), join(root, "out"));
    const before = fingerprint(root);
    const good = { path: "b/new.txt", kind: "create" as const, content: bytes("new") };
    await expect(applyChanges(root, [good, change])).rejects.toMatchObject({ code });
    expect(fingerprint(root)).toBe(before);
  });

  it("undoes everything when a file can't be put in its place", async () => {
    const root = tree();
    const before = fingerprint(root);
    // A folder and a file of one name: the second rename fails after the first file is in place.
    const changes = [
      { path: "b", kind: "create" as const, content: bytes("a file") },
      { path: "b/inside.txt", kind: "create" as const, content: bytes("inside") },
    ];
    await expect(applyChanges(root, changes)).rejects.toThrow();
    expect(fingerprint(root)).toBe(before);
  });

  it("changes nothing when the plan does not hold any more", async () => {
    const root = tree();
    const before = fingerprint(root);
    const change = { path: "b/new.txt", kind: "create" as const, content: bytes("new\n") };
    const stale = () => Promise.reject(changedMeanwhile("a"));
    await expect(applyChanges(root, [change], [], stale)).rejects.toMatchObject({
      code: "changed-meanwhile",
    });
    expect(fingerprint(root)).toBe(before);
  });

  it.each([
    ["a file to create", "b/new.txt"],
    ["a file to update", "a/one.txt"],
    ["a file to remove", "a/two.txt"],
  ])("keeps what somebody without this lock writes meanwhile: %s", async (_what, path) => {
    const root = tree();
    const changes = [
      { path: "a/more.txt", kind: "create" as const, content: bytes("more\n") },
      { path: "b/new.txt", kind: "create" as const, content: bytes("new\n") },
      {
        path: "a/one.txt",
        kind: "update" as const,
        content: bytes("ONE\n"),
        expected: bytes("one\n"),
      },
      { path: "a/two.txt", kind: "remove" as const, expected: bytes("two\n") },
    ];
    // The last look is over by then.
    const meanwhile = async () => {
      mkdirSync(join(root, "b"), { recursive: true });
      writeFileSync(join(root, path), "theirs\n");
    };
    await expect(applyChanges(root, changes, [], meanwhile)).rejects.toMatchObject({
      code: "changed-meanwhile",
    });
    expect(readFileSync(join(root, path), "utf8")).toBe("theirs\n");
    expect(existsSync(join(root, "a/more.txt"))).toBe(false);
    expect(
      readFileSync(join(root, path === "a/one.txt" ? "a/two.txt" : "a/one.txt"), "utf8"),
    ).toMatch(/^(one|two)\n$/);
    expect(readdirSync(root).sort()).toEqual(["a", "b"]);
  });

  it("makes the tree's own folder, and takes it away again when the change fails", async () => {
    const root = join(temporaryDirectory(), "deep/down");
    const change = { path: "b/new.txt", kind: "create" as const, content: bytes("new\n") };
    const bad = { path: "../x.txt", kind: "create" as const, content: bytes("x") };
    await expect(applyChanges(root, [change, bad])).rejects.toMatchObject({ code: "outside-root" });
    expect(readdirSync(join(root, "../.."))).toEqual([]);
    await applyChanges(root, [change]);
    expect(readdirSync(root)).toEqual(["b"]);
  });

  it("changes the file that a link names, and keeps the link", async () => {
    const root = tree();
    symlinkSync("a/one.txt", join(root, "link.txt"));
    await applyChanges(root, [{ path: "link.txt", kind: "update", content: bytes("ONE\n") }]);
    expect(readFileSync(join(root, "a/one.txt"), "utf8")).toBe("ONE\n");
    expect(statSync(join(root, "link.txt")).isFile()).toBe(true);
  });
});

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const UNDONE = [
  "An earlier run was interrupted while it was writing; its incomplete change has been rolled back.",
];
const STAGING = ".connect-webhook-staging-0123456789abcdef";
const file = (text: string) => ({
  kind: "file" as const,
  hash: sha256(text),
  mode: 0o100644,
  uid: process.getuid?.() ?? 0,
  gid: process.getgid?.() ?? 0,
});

/**
 * Leaves in the state folder what a killed run leaves there, and its folder in the tree.
 * @param olds The texts of the files that it replaced, by the numbers of their entries.
 * @returns The folder of the journal.
 */
async function leave(
  root: string,
  journal: Partial<Journal>,
  olds: Readonly<Record<number, string>> = {},
): Promise<string> {
  const { change } = await openTreeState(root);
  mkdirSync(change);
  onTestFinished(() => rmSync(change, { recursive: true, force: true }));
  for (const [index, text] of Object.entries(olds))
    writeFileSync(join(change, `old-${index}`), text);
  const whole: Journal = {
    version: 1,
    root,
    tree: await identityOf(root),
    staging: STAGING,
    entries: [],
    folders: [],
    emptied: [],
    ...journal,
  };
  writeFileSync(join(change, "journal.json"), JSON.stringify(whole));
  mkdirSync(join(root, STAGING));
  writeFileSync(join(root, STAGING, "new-3"), "never put in place");
  return change;
}

/** Leaves a tree as a run leaves it that was killed after its first two files were in place. */
async function killedHalfWay(root: string): Promise<string> {
  const entries: Journal["entries"] = [
    { path: "b/new.txt", kind: "create", newHash: sha256("new\n") },
    { path: "a/one.txt", kind: "update", newHash: sha256("ONE\n"), old: file("one\n") },
    { path: "a/two.txt", kind: "remove", old: file("two\n") },
    { path: "b/later.txt", kind: "create", newHash: sha256("never put in place") },
  ];
  const change = await leave(root, { entries, folders: ["b"] }, { 1: "one\n", 2: "two\n" });
  mkdirSync(join(root, "b"));
  writeFileSync(join(root, "b/new.txt"), "new\n");
  writeFileSync(join(root, "a/one.txt"), "ONE\n");
  return change;
}

describe("removing links and folders", () => {
  /** A folder with a link to a file elsewhere, one to nothing, and an empty folder. */
  function linked(): string {
    const root = tree();
    mkdirSync(join(root, "own/empty"), { recursive: true });
    symlinkSync("../a/one.txt", join(root, "own/link.txt"));
    symlinkSync("gone.txt", join(root, "own/dangling.txt"));
    chmodSync(join(root, "own"), 0o750);
    return root;
  }
  const removals = [
    { path: "own/link.txt", kind: "remove" as const, expected: bytes("../a/one.txt") },
    { path: "own/dangling.txt", kind: "remove" as const, expected: bytes("gone.txt") },
  ];
  const folders = ["own/empty", "own"];

  it("takes the link away and leaves what it names, with the folders that are then empty", async () => {
    const root = linked();
    await applyChanges(root, removals, folders);
    expect(readFileSync(join(root, "a/one.txt"), "utf8")).toBe("one\n");
    expect(existsSync(join(root, "own"))).toBe(false);
  });

  it("leaves a folder that holds something else", async () => {
    const root = linked();
    writeFileSync(join(root, "own/theirs.txt"), "theirs\n");
    await applyChanges(root, removals, folders);
    expect(readFileSync(join(root, "own/theirs.txt"), "utf8")).toBe("theirs\n");
    expect(existsSync(join(root, "own/empty"))).toBe(false);
  });

  it("refuses when a link points elsewhere meanwhile", async () => {
    const root = linked();
    const before = fingerprint(root);
    const stale = { path: "own/link.txt", kind: "remove" as const, expected: bytes("elsewhere") };
    await expect(applyChanges(root, [stale])).rejects.toMatchObject({ code: "changed-meanwhile" });
    expect(fingerprint(root)).toBe(before);
  });

  it("makes them again when the run is killed at the end", async () => {
    const root = linked();
    const before = fingerprint(root);
    const entries: Journal["entries"] = removals.map(({ path, kind, expected }) => ({
      path,
      kind,
      old: { kind: "link", text: Buffer.from(expected).toString() },
    }));
    for (const { path } of removals) unlinkSync(join(root, path));
    rmSync(join(root, "own"), { recursive: true });
    const emptied = [
      { path: "own", mode: 0o40750 },
      { path: "own/empty", mode: 0o40755 },
    ];
    await leave(root, { entries, emptied });
    expect(await recoverChanges(root)).toEqual(UNDONE);
    expect(fingerprint(root)).toBe(before);
  });
});

describe("recoverChanges", () => {
  it("does nothing in a clean tree", async () => {
    const root = tree();
    const before = fingerprint(root);
    expect(await recoverChanges(root)).toEqual([]);
    expect(fingerprint(root)).toBe(before);
  });

  it("undoes a run that was killed between two files", async () => {
    const root = tree();
    const before = fingerprint(root);
    const change = await killedHalfWay(root);
    expect(await recoverChanges(root)).toEqual(UNDONE);
    expect(fingerprint(root)).toBe(before);
    expect(existsSync(change)).toBe(false);
  });

  it("gives a file that comes back its mode", async () => {
    const root = tree();
    chmodSync(join(root, "a/two.txt"), 0o640);
    const before = fingerprint(root);
    const old = { ...file("two\n"), mode: 0o100640 };
    await leave(root, { entries: [{ path: "a/two.txt", kind: "remove", old }] }, { 0: "two\n" });
    rmSync(join(root, "a/two.txt"));
    expect(await recoverChanges(root)).toEqual(UNDONE);
    expect(fingerprint(root)).toBe(before);
  });

  it("knows the tree by its own folder where the staging folder is gone", async () => {
    const root = tree();
    const before = fingerprint(root);
    await killedHalfWay(root);
    rmSync(join(root, STAGING), { recursive: true });
    expect(await recoverChanges(root)).toEqual(UNDONE);
    expect(fingerprint(root)).toBe(before);
  });

  it("removes what a run left that was killed before it touched the tree", async () => {
    const root = tree();
    const before = fingerprint(root);
    await leave(root, {});
    expect(await recoverChanges(root)).toEqual([]);
    expect(fingerprint(root)).toBe(before);
  });

  it("removes what a run left that was killed before it wrote its journal", async () => {
    const root = tree();
    const { change } = await openTreeState(root);
    mkdirSync(change);
    writeFileSync(join(change, "journal.json.01234567.part"), "half a jour");
    expect(await recoverChanges(root)).toEqual([]);
    expect(existsSync(change)).toBe(false);
  });

  it("takes over the lock of a run that was killed right after taking it", async () => {
    const root = tree();
    const before = fingerprint(root);
    mkdirSync((await openTreeState(root)).lock);
    await recoverChanges(root);
    await applyChanges(root, [{ path: "a/one.txt", kind: "update", content: bytes("one\n") }]);
    expect(fingerprint(root)).toBe(before);
    expect(existsSync((await openTreeState(root)).lock)).toBe(false);
  });

  it("keeps what somebody wrote after the run was killed", async () => {
    const root = tree();
    await killedHalfWay(root);
    writeFileSync(join(root, "a/one.txt"), "edited since\n");
    await recoverChanges(root);
    expect(readFileSync(join(root, "a/one.txt"), "utf8")).toBe("edited since\n");
    expect(existsSync(join(root, "b"))).toBe(false);
  });

  it("is done by the next change of the tree as well", async () => {
    const root = tree();
    await killedHalfWay(root);
    await applyChanges(root, [{ path: "b/new.txt", kind: "create", content: bytes("again\n") }]);
    expect(readFileSync(join(root, "a/one.txt"), "utf8")).toBe("one\n");
    expect(readFileSync(join(root, "b/new.txt"), "utf8")).toBe("again\n");
  });
});

describe("a journal that cannot be used", () => {
  const good = { path: "a/one.txt", kind: "update" as const, content: bytes("again\n") };
  const broken: [string, (change: string, root: string) => void][] = [
    ["is no JSON", (change) => writeFileSync(join(change, "journal.json"), "{")],
    ["is null", (change) => writeFileSync(join(change, "journal.json"), "null")],
    ["is a list", (change) => writeFileSync(join(change, "journal.json"), "[]")],
    ["is of another version", (change) => edit(change, { version: 2 })],
    ["is of another tree", (change) => edit(change, { root: "/elsewhere" })],
    ["names another folder", (change) => edit(change, { staging: "a" })],
    ["has entries that are no list", (change) => edit(change, { entries: {} })],
    ["has an entry that is no object", (change) => edit(change, { entries: ["a/one.txt"] })],
    [
      "has an entry without a hash",
      (change) => edit(change, { entries: [{ path: "x", kind: "create" }] }),
    ],
    ["removes a folder elsewhere", (change) => edit(change, { folders: ["../x"] })],
    ["makes a folder without a mode", (change) => edit(change, { emptied: [{ path: "x" }] })],
    [
      "cannot be read",
      (change) => {
        rmSync(join(change, "journal.json"));
        mkdirSync(join(change, "journal.json"));
      },
    ],
    ["lost the copies", (change) => rmSync(join(change, "old-1"))],
    ["has damaged copies", (change) => writeFileSync(join(change, "old-1"), "something else")],
    [
      "meets a link out of the tree",
      (_change, root) => {
        rmSync(join(root, "b"), { recursive: true });
        symlinkSync(temporaryDirectory(), join(root, "b"));
      },
    ],
    ...[
      "../x",
      "/etc/x",
      ".git/hooks/pre-commit",
      "a/.GIT/x",
      "git~1/x",
      "a/.git. /x",
      ".g\u200cit/x",
      ".",
    ].map((path): [string, (change: string) => void] => [
      `names ${JSON.stringify(path)}`,
      (change) => edit(change, { entries: [{ path, kind: "remove", old: file("two\n") }] }),
    ]),
  ];

  function edit(change: string, by: object): void {
    const path = join(change, "journal.json");
    writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, "utf8")), ...by }));
  }

  it.each(broken)("stops every run, and nothing is touched: %s", async (_what, spoil) => {
    const root = tree();
    const change = await killedHalfWay(root);
    spoil(change, root);
    const before = [fingerprint(root), fingerprint(change)];
    const named = { code: "broken-journal", message: expect.stringContaining(change), exitCode: 2 };
    await expect(recoverChanges(root)).rejects.toMatchObject(named);
    await expect(applyChanges(root, [good])).rejects.toMatchObject(named);
    expect([fingerprint(root), fingerprint(change)]).toEqual(before);
  });

  it("that is of a tree which was here before is put aside", async () => {
    const root = tree();
    const change = await killedHalfWay(root);
    renameSync(root, `${root}-moved`);
    onTestFinished(() => rmSync(`${root}-moved`, { recursive: true, force: true }));
    mkdirSync(join(root, "a"), { recursive: true });
    writeFileSync(join(root, "a/one.txt"), "ONE\n");
    const before = fingerprint(root);
    const [note = "", ...others] = await recoverChanges(root);
    const [, aside = ""] = /nothing was undone; .* are in (.*)\.$/.exec(note) ?? [];
    onTestFinished(() => rmSync(aside, { recursive: true, force: true }));
    expect(others).toEqual([]);
    expect(fingerprint(root)).toBe(before);
    expect(readFileSync(join(aside, "old-1"), "utf8")).toBe("one\n");
    expect(existsSync(change)).toBe(false);
    expect(await recoverChanges(root)).toEqual([]);
    // The tree that was moved says that something is wrong with it.
    expect(await recoverChanges(`${root}-moved`)).toEqual([expect.stringContaining(STAGING)]);
  });
});

describe("git's own folder", () => {
  it.each([
    ".git/hooks/pre-commit",
    "a/.Git/config",
    "GIT~1/x",
    ".git./x",
    ".git /x",
    ".git::$INDEX_ALLOCATION/x",
    "sub/.git",
    "linked/pre-commit",
  ])("is never written to: %s", async (path) => {
    const root = tree();
    mkdirSync(join(root, ".git/hooks"), { recursive: true });
    symlinkSync(".git/hooks", join(root, "linked"));
    const before = fingerprint(root);
    const change = { path, kind: "create" as const, content: bytes("#!/bin/sh\n") };
    await expect(applyChanges(root, [change])).rejects.toMatchObject({ code: "inside-git" });
    await expect(applyChanges(root, [{ path, kind: "remove" }])).rejects.toMatchObject({
      code: "inside-git",
    });
    expect(fingerprint(root)).toBe(before);
  });
});

describe("the state folder", () => {
  const change = { path: "new.txt", kind: "create" as const, content: bytes("new\n") };

  it.each([
    ["inside of the tree", (root: string) => join(root, "state"), "state-in-tree", 2],
    [
      "that cannot be made",
      (root: string) => {
        const path = join(root, "..", `${basename(root)}-file`);
        writeFileSync(path, "");
        onTestFinished(() => rmSync(path));
        return path;
      },
      "not-a-folder",
      3,
    ],
    [
      "that others may write to",
      (root: string) => {
        const path = temporaryDirectory();
        mkdirSync(join(path, "connect-webhook/trees"), { recursive: true });
        chmodSync(join(path, "connect-webhook/trees"), 0o777);
        return join(root, "..", basename(path));
      },
      "unsafe-state",
      3,
    ],
  ])("stops a change: %s", async (_what, folder, code, exitCode) => {
    const root = tree();
    vi.stubEnv("XDG_STATE_HOME", folder(root));
    onTestFinished(() => void vi.unstubAllEnvs());
    const before = fingerprint(root);
    await expect(applyChanges(root, [change])).rejects.toMatchObject({ code, exitCode });
    expect(fingerprint(root)).toBe(before);
  });

  it("is not looked for where a relative XDG_STATE_HOME leads, which may be a tree", async () => {
    vi.stubEnv("XDG_STATE_HOME", "state");
    vi.stubEnv("HOME", temporaryDirectory());
    onTestFinished(() => void vi.unstubAllEnvs());
    const { folder } = await openTreeState(tree());
    expect(isAbsolute(folder)).toBe(true);
    expect(isInside(process.cwd(), folder)).toBe(false);
  });

  it("ends a change whose lock another one has taken, before anything is put into place", async () => {
    const root = tree();
    const { lock } = await openTreeState(root);
    const takeAway = async (): Promise<void> => {
      for (const claim of readdirSync(lock)) rmSync(join(lock, claim));
    };
    const changed = applyChanges(root, [change], [], takeAway);
    await expect(changed).rejects.toMatchObject({ code: "lost-lock" });
    expect(existsSync(join(root, change.path))).toBe(false);
  });
});
