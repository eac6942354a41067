/** What is kept of a tree between two commands, and when it is not used any more. */
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { cleanTree } from "../lint/trees.ts";
import { cliProcess as cli } from "../support/cli.ts";

const REGISTRY = "zerver/lib/integrations.py";
const cache = mkdtempSync(join(tmpdir(), "connect-webhook-kept-"));
const kept = join(cache, "checkout");
let root: string;

/** What the tree is said to hold. */
async function listed(): Promise<unknown> {
  const options = { cwd: root, env: { CONNECT_WEBHOOK_CACHE: cache } };
  const { exitCode, stdout, stderr } = await cli(["list", "--json"], options);
  expect(exitCode, stderr).toBe(0);
  return JSON.parse(stdout);
}

/** Edits a file of the tree, and leaves its size and its time as they were. */
function editUnseen(path: string, from: string, to: string): void {
  const file = join(root, path);
  const { atime, mtime } = statSync(file);
  const text = readFileSync(file, "utf8");
  expect(text).toContain(from);
  writeFileSync(file, text.replaceAll(from, to));
  utimesSync(file, atime, mtime);
}

beforeEach(() => {
  root = cleanTree();
});
afterAll(() => rmSync(cache, { recursive: true, force: true }));

describe("what is kept of a tree", () => {
  it("is what is read", async () => {
    const first = await listed();
    expect(readdirSync(kept)).not.toEqual([]);
    expect(await listed()).toEqual(first);
  });

  it("ends with an edit of the registry that leaves its size and time", async () => {
    expect(JSON.stringify(await listed())).toContain("LanternPost");
    editUnseen(REGISTRY, "LanternPost", "LanternHost");
    expect(JSON.stringify(await listed())).toContain("LanternHost");
  });

  it("ends with what the tree's customs were read from", async () => {
    const words = ["new", "acmedeploy", "--category", "deployment", "--dry-run", "--yes"];
    const shown = async (): Promise<string> => (await cli(words, { cwd: root })).stdout;
    const before = await shown();
    editUnseen("zerver/lib/test_classes.py", "STREAM_NAME", "STREAM_NOTE");
    expect(await shown()).not.toBe(before);
  });

  it("is not believed when it is damaged", async () => {
    const first = await listed();
    for (const name of readdirSync(kept)) {
      const text = readFileSync(join(kept, name), "utf8");
      writeFileSync(join(kept, name), text.slice(0, -20));
    }
    expect(await listed()).toEqual(first);
    for (const name of readdirSync(kept)) writeFileSync(join(kept, name), "rubbish");
    expect(await listed()).toEqual(first);
  });
});
