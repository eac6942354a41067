/** Temporary trees, and a fingerprint that shows whether one was touched. */
import { createHash } from "node:crypto";
import {
  cpSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, onTestFinished } from "vitest";
import { templatePath } from "../../src/host/assets.ts";

/** An empty folder that is removed when the test ends. */
export function temporaryDirectory(): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "connect-webhook-test-")));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A copy of the embedded workspace for all tests of a file; to be called outside of them. */
export function workspaceForFile(): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "connect-webhook-test-")));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  cpSync(templatePath("workspace"), path, { recursive: true });
  return path;
}

/** A copy of the embedded workspace that is removed when the test ends. */
export function temporaryWorkspace(): string {
  const path = temporaryDirectory();
  cpSync(templatePath("workspace"), path, { recursive: true });
  return path;
}

/** Every path below a folder with its kind, mode and content, as one hash. */
export function fingerprint(root: string): string {
  const hash = createHash("sha256");
  const visit = (path: string): void => {
    const stat = lstatSync(path);
    hash.update(`${path.slice(root.length)}\0${stat.mode}\0`);
    if (stat.isDirectory()) for (const name of readdirSync(path).sort()) visit(join(path, name));
    else if (stat.isSymbolicLink()) hash.update(readlinkSync(path));
    else hash.update(readFileSync(path));
  };
  visit(root);
  return hash.digest("hex");
}
