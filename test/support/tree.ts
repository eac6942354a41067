/** Temporary trees. */
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, onTestFinished } from "vitest";
import { templatePath } from "../../src/host/assets.ts";

/** An empty folder that is removed when the test ends. */
export function temporaryDirectory(): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "connect-webhook-test-")));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** An empty folder for all tests of a file; to be called outside of them. */
export function folderForFile(): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "connect-webhook-test-")));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A copy of the embedded workspace for all tests of a file; to be called outside of them. */
export function workspaceForFile(): string {
  const path = folderForFile();
  cpSync(templatePath("workspace"), path, { recursive: true });
  return path;
}

/** A copy of the embedded workspace that is removed when the test ends. */
export function temporaryWorkspace(): string {
  const path = temporaryDirectory();
  cpSync(templatePath("workspace"), path, { recursive: true });
  return path;
}

export { fingerprint } from "./fingerprint.ts";

/** Rewrites a file of a tree; a change that changes nothing is a mistake of the test. */
export function edit(root: string, path: string, change: (text: string) => string): void {
  const file = join(root, path);
  const before = readFileSync(file, "utf8");
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(file, after);
}
