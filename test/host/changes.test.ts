import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { applyChanges, recoverChanges } from "../../src/host/changes.ts";
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
    expect(existsSync(join(root, ".connect-webhook-transaction"))).toBe(false);
    expect(existsSync(join(root, ".connect-webhook-lock"))).toBe(false);
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

  it("changes the file that a link names, and keeps the link", async () => {
    const root = tree();
    symlinkSync("a/one.txt", join(root, "link.txt"));
    await applyChanges(root, [{ path: "link.txt", kind: "update", content: bytes("ONE\n") }]);
    expect(readFileSync(join(root, "a/one.txt"), "utf8")).toBe("ONE\n");
    expect(statSync(join(root, "link.txt")).isFile()).toBe(true);
  });
});

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Leaves a tree as a run leaves it that was killed after its first two files were in place. */
function killedHalfWay(root: string): void {
  const folder = join(root, ".connect-webhook-transaction");
  mkdirSync(folder);
  writeFileSync(join(folder, "old-1"), "one\n");
  writeFileSync(join(folder, "old-2"), "two\n");
  writeFileSync(join(folder, "new-3"), "never put in place");
  const entries = [
    { path: "b/new.txt", kind: "create", newHash: sha256("new\n") },
    { path: "a/one.txt", kind: "update", newHash: sha256("ONE\n") },
    { path: "a/two.txt", kind: "remove" },
    { path: "b/later.txt", kind: "create", newHash: sha256("never put in place") },
  ];
  writeFileSync(
    join(folder, "journal.json"),
    JSON.stringify({ version: 1, entries, folders: ["b"] }),
  );
  mkdirSync(join(root, "b"));
  writeFileSync(join(root, "b/new.txt"), "new\n");
  writeFileSync(join(root, "a/one.txt"), "ONE\n");
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
    const transaction = join(root, ".connect-webhook-transaction");
    mkdirSync(transaction);
    for (const [index, { path, expected }] of removals.entries()) {
      symlinkSync(Buffer.from(expected).toString(), join(transaction, `old-${index}`));
      unlinkSync(join(root, path));
    }
    rmSync(join(root, "own"), { recursive: true });
    const entries = removals.map(({ path, kind }) => ({ path, kind }));
    const emptied = [
      { path: "own", mode: 0o40750 },
      { path: "own/empty", mode: 0o40755 },
    ];
    const journal = { version: 1, entries, folders: [], emptied };
    writeFileSync(join(transaction, "journal.json"), JSON.stringify(journal));
    expect(await recoverChanges(root)).toBe(true);
    expect(fingerprint(root)).toBe(before);
  });
});

describe("recoverChanges", () => {
  it("does nothing in a clean tree", async () => {
    const root = tree();
    const before = fingerprint(root);
    expect(await recoverChanges(root)).toBe(false);
    expect(fingerprint(root)).toBe(before);
  });

  it("undoes a run that was killed between two files", async () => {
    const root = tree();
    const before = fingerprint(root);
    killedHalfWay(root);
    expect(await recoverChanges(root)).toBe(true);
    expect(fingerprint(root)).toBe(before);
  });

  it("removes what a run left that was killed before it touched the tree", async () => {
    const root = tree();
    const before = fingerprint(root);
    mkdirSync(join(root, ".connect-webhook-transaction"));
    writeFileSync(join(root, ".connect-webhook-transaction/new-0"), "half a fi");
    expect(await recoverChanges(root)).toBe(false);
    expect(fingerprint(root)).toBe(before);
  });

  it("takes over the lock of a run that was killed right after taking it", async () => {
    const root = tree();
    const before = fingerprint(root);
    mkdirSync(join(root, ".connect-webhook-lock"));
    await recoverChanges(root);
    expect(fingerprint(root)).toBe(before);
  });

  it("keeps what somebody wrote after the run was killed", async () => {
    const root = tree();
    killedHalfWay(root);
    writeFileSync(join(root, "a/one.txt"), "edited since\n");
    await recoverChanges(root);
    expect(readFileSync(join(root, "a/one.txt"), "utf8")).toBe("edited since\n");
    expect(existsSync(join(root, "b"))).toBe(false);
  });

  it("is done by the next change of the tree as well", async () => {
    const root = tree();
    killedHalfWay(root);
    await applyChanges(root, [{ path: "b/new.txt", kind: "create", content: bytes("again\n") }]);
    expect(readFileSync(join(root, "a/one.txt"), "utf8")).toBe("one\n");
    expect(readFileSync(join(root, "b/new.txt"), "utf8")).toBe("again\n");
  });
});
