/** A workspace in git for reviews, edits of it, and what a review says of them. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { cli } from "./cli.ts";
import { git } from "./git.ts";
import { temporaryDirectory, temporaryWorkspace } from "./tree.ts";

/** The folder of the workspace's integration. */
export const FOLDER = "zerver/webhooks/harbourline";
export const VIEW = `${FOLDER}/view.py`;
export const REGISTRY = "zerver/lib/integrations.py";

/** A workspace in git, on a branch called main. */
export function repository(): string {
  const root = temporaryWorkspace();
  git(root, "init", "-q", "-b", "main");
  git(root, "add", "-A");
  git(root, "commit", "-qm", "start");
  return root;
}

/** Changes a file of a tree; it has to become another one. */
export function edit(root: string, path: string, change: (text: string) => string): void {
  const before = readFileSync(join(root, path), "utf8");
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(join(root, path), after);
}

/** Reviews a tree, with what it prints as JSON. */
export async function review(cwd: string, ...args: string[]) {
  const result = await cli(["review", "--base", "main", "--json", ...args], { cwd });
  return { ...result, json: result.stdout === "" ? undefined : JSON.parse(result.stdout) };
}

/** Reviews a tree, with its page and its summary as texts. */
export async function reviewTexts(cwd: string, ...args: string[]) {
  const folder = temporaryDirectory();
  const [page, summary] = [join(folder, "page.html"), join(folder, "comment.md")];
  const result = await review(cwd, "--out", page, "--summary", summary, ...args);
  const [html, markdown] = [page, summary].map((path) => readFileSync(path, "utf8"));
  return { ...result, page: html ?? "", summary: markdown ?? "" };
}
