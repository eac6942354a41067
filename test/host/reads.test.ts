/** Written-down reads: whatever changes, asking again shows it. */
import {
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import * as files from "../../src/host/files.ts";
import * as links from "../../src/host/links.ts";
import { run } from "../../src/host/process.ts";
import * as now from "../../src/host/read-now.ts";
import { noteAnswer, type Read, Reads, Remembered, recordReads } from "../../src/host/reads.ts";
import { ReadsVerifier } from "../../src/host/verify-reads.ts";
import { temporaryDirectory } from "../support/tree.ts";

const LONG_AGO = new Date("2026-01-01");

/** A folder in which nothing has changed for a while. */
function folder(): string {
  const root = temporaryDirectory();
  mkdirSync(join(root, "below"));
  writeFileSync(join(root, "a.txt"), "first");
  writeFileSync(join(root, "b.txt"), "other");
  writeFileSync(join(root, "below/c.txt"), "third");
  symlinkSync("a.txt", join(root, "link.txt"));
  return root;
}

async function readsOf(work: () => unknown): Promise<readonly Read[] | undefined> {
  const reads = new Reads();
  await recordReads(reads, async () => work());
  return reads.all();
}

async function holds(reads: readonly Read[], factReaders = {}): Promise<boolean> {
  const again = new ReadsVerifier(factReaders);
  for (const read of reads) if ((await again.same(read)) === undefined) return false;
  return true;
}

type Change = (root: string) => void;

const edited: Change = (root) => writeFileSync(join(root, "a.txt"), "SECOND text");
const sameSize: Change = (root) => {
  const { atime, mtime } = statSync(join(root, "a.txt"));
  writeFileSync(join(root, "a.txt"), "FIRST");
  utimesSync(join(root, "a.txt"), atime, mtime);
};
const removed: Change = (root) => rmSync(join(root, "a.txt"));
const madeFolder: Change = (root) => {
  rmSync(join(root, "a.txt"));
  mkdirSync(join(root, "a.txt"));
};
const repointed: Change = (root) => {
  rmSync(join(root, "link.txt"));
  symlinkSync("b.txt", join(root, "link.txt"));
};
const appeared: Change = (root) => writeFileSync(join(root, "new.txt"), "");
const appearedBelow: Change = (root) => writeFileSync(join(root, "below/new.txt"), "");
const renamed: Change = (root) => renameSync(join(root, "a.txt"), join(root, "z.txt"));
const nothing: Change = () => undefined;

const at = (work: (path: string) => unknown, name: string) => (root: string) =>
  work(join(root, name));

/** Each function that reads, with changes that its answer does not survive. */
const table: [name: string, read: (root: string) => unknown, changes: Change[]][] = [
  ["readBytes", at(files.readBytes, "a.txt"), [edited, sameSize, removed]],
  ["readBytes of a link", at(files.readBytes, "link.txt"), [edited, repointed, removed]],
  ["readText", at(files.readText, "a.txt"), [edited, sameSize, removed]],
  ["readTextSync", at(files.readTextSync, "a.txt"), [edited, sameSize, removed]],
  ["readTextIfExists", at(files.readTextIfExists, "new.txt"), [appeared]],
  ["readBytesIfExists", at(files.readBytesIfExists, "a.txt"), [edited, sameSize, removed]],
  ["readBytesNow", at(now.readBytesNow, "a.txt"), [edited, sameSize, removed]],
  ["readBytesNow of nothing", at(now.readBytesNow, "new.txt"), [appeared]],
  ["exists", at(files.exists, "a.txt"), [removed, renamed]],
  ["isFile", at(files.isFile, "a.txt"), [removed, madeFolder]],
  ["isFile of nothing", at(files.isFile, "new.txt"), [appeared]],
  ["isDirectory", at(files.isDirectory, "a.txt"), [removed, madeFolder]],
  ["kindOfPath", at(files.kindOfPath, "a.txt"), [removed, madeFolder]],
  ["fileSize", at(files.fileSize, "a.txt"), [edited, removed]],
  ["fileStat", at(files.fileStat, "a.txt"), [edited, removed]],
  ["listDirectory", at(files.listDirectory, "."), [appeared, removed, madeFolder, renamed]],
  ["listFilesBelow", at(files.listFilesBelow, "."), [appeared, appearedBelow, removed]],
  ["listEverythingBelow", at(files.listEverythingBelow, "."), [appearedBelow, madeFolder]],
  ["linkTarget", at(links.linkTarget, "link.txt"), [repointed]],
  ["realPath", at(files.realPath, "link.txt"), [repointed]],
  ["pathInside", (root) => files.pathInside(root, "link.txt"), [repointed]],
  ["resolveInside", (root) => files.resolveInside(root, "link.txt"), [repointed]],
];

describe("reads", () => {
  it.each(table)("%s is as it was until something changes", async (_name, read, changes) => {
    for (const change of [nothing, ...changes]) {
      const root = folder();
      const reads = await readsOf(() => read(root));
      expect(reads?.length).toBeGreaterThan(0);
      change(root);
      expect([change.name, await holds(reads ?? [])]).toEqual([change.name, change === nothing]);
    }
  });

  it.each(table)("%s is as it was, by the marks of what rested", async (_name, read, changes) => {
    // All that the folder holds was changed long ago, as the clock has it.
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 60_000 });
    onTestFinished(() => void vi.useRealTimers());
    for (const change of [nothing, ...changes]) {
      const root = folder();
      const reads = await readsOf(() => read(root));
      change(root);
      expect([change.name, await holds(reads ?? [])]).toEqual([change.name, change === nothing]);
    }
  });

  it("covers every function that reads", () => {
    const known = new Set(table.map(([name]) => name.split(" ")[0]));
    const others = [
      // They read nothing, or through one of the others.
      ...["isInside", "removePath"],
      ...["copyEntry", "takeModeAndOwner"],
      // What they find cannot be asked again.
      ...["readBytesUpTo", "readEntry", "filesNow"],
    ];
    const exported = [files, links, now].flatMap((module) => Object.keys(module));
    expect(exported.filter((name) => !known.has(name)).sort()).toEqual(others.sort());
  });

  it("sees what the marks of a file that rested for long show, and only then trusts them", async () => {
    const root = folder();
    // Far enough back to be trusted, were it not for the time of the change itself, which nobody can set.
    utimesSync(join(root, "a.txt"), LONG_AGO, LONG_AGO);
    const [read] = (await readsOf(at(files.readBytes, "a.txt").bind(undefined, root))) ?? [];
    expect(read?.mark).toBeUndefined();
    const resting = join(packageRoot, "package.json");
    const [known] = (await readsOf(() => files.readBytes(resting))) ?? [];
    expect(known?.mark).toContain(`${statSync(resting).size} `);
    // With the same marks the content is not even read.
    const doctored = { ...(known as Read), answer: "something else" };
    expect(await new ReadsVerifier({}).same(doctored)).toBe(doctored);
    expect(await new ReadsVerifier({}).same({ ...doctored, mark: "1 2 3" })).toBeUndefined();
  });

  it("gives a file marks once it has rested", async () => {
    const resting = join(packageRoot, "package.json");
    const [known] = (await readsOf(() => files.readBytes(resting))) ?? [];
    const unmarked = { ...(known as Read), mark: undefined };
    expect(await new ReadsVerifier({}).same(unmarked)).toEqual(known);
  });
});

describe("what cannot be relied on", () => {
  it.each<[string, (root: string) => unknown]>([
    ["a program", () => run("git", ["--version"])],
    ["a listing that is not asked again", at(now.filesNow, ".")],
    ["a file that may be a pipe", (root) => files.readBytesUpTo(join(root, "a.txt"), 100)],
    ["a read that failed", (root) => files.readBytes(root).catch(() => undefined)],
    [
      "a file that changed meanwhile",
      async (root) => {
        await files.readBytes(join(root, "a.txt"));
        edited(root);
        await files.readBytes(join(root, "a.txt"));
      },
    ],
  ])("%s", async (_what, work) => {
    const root = folder();
    expect(await readsOf(() => work(root))).toBeUndefined();
  });

  it("is an answer that was found while nobody wrote down its reads", async () => {
    const root = folder();
    const shared = new Remembered();
    const find = (): Buffer | undefined =>
      shared.once("a", () => now.readBytesNow(join(root, "a.txt")));
    find();
    expect(await readsOf(find)).toBeUndefined();
  });
});

describe("shared answers", () => {
  it("count as read by everybody who takes them, whoever was first", async () => {
    const root = folder();
    const shared = new Remembered();
    const inner = () => shared.once("inner", () => files.readText(join(root, "a.txt")));
    const outer = () => shared.once("outer", async () => `${await inner()}!`);
    const [first, second] = await Promise.all([readsOf(outer), readsOf(outer)]);
    expect(first?.map(({ about }) => about)).toEqual([join(root, "a.txt")]);
    expect(second).toEqual(first);
  });

  it("are nobody's business who does not take them", async () => {
    const root = folder();
    const [a, b] = await Promise.all(
      ["a.txt", "b.txt"].map((name) => readsOf(at(files.readText, name).bind(undefined, root))),
    );
    expect(a?.map(({ about }) => about)).toEqual([join(root, "a.txt")]);
    expect(b?.map(({ about }) => about)).toEqual([join(root, "b.txt")]);
  });
});

it("questions of another kind are asked of who knows", async () => {
  const reads = (await readsOf(() => noteAnswer("tracked", "a.py", "yes"))) ?? [];
  expect(await holds(reads, { tracked: () => "yes" })).toBe(true);
  expect(await holds(reads, { tracked: () => "no" })).toBe(false);
  expect(await holds(reads)).toBe(false);
});
