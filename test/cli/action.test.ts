/** The shell of the composite action, the example workflow and the pre-commit hook, run as their runners do. */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import { cleanTree } from "../lint/trees.ts";
import { testCache } from "../support/cli.ts";
import { git } from "../support/git.ts";
import { temporaryDirectory, temporaryWorkspace } from "../support/tree.ts";

const read = (path: string): string => readFileSync(join(packageRoot, path), "utf8");

/** The `run: |` blocks of a YAML text, without their indentation. */
function runBlocks(yaml: string): string[] {
  return [...yaml.matchAll(/^( *)(?:- )?run: \|\n((?:\1 .*\n|\n)+)/gm)].map(([, , block = ""]) => {
    const indent = /^ */.exec(block)?.[0].length ?? 0;
    return block.replace(new RegExp(`^ {${indent}}`, "gm"), "");
  });
}

/** Runs a block as GitHub's runner runs `shell: bash`. */
function bash(block: string, cwd: string, env: Record<string, string>) {
  const script = join(temporaryDirectory(), "step.sh");
  writeFileSync(script, block);
  const { status, stdout, stderr } = spawnSync(
    "bash",
    ["--noprofile", "--norc", "-eo", "pipefail", script],
    {
      cwd,
      encoding: "utf8",
      env: { HOME: testCache, CONNECT_WEBHOOK_CACHE: testCache, CI: "true", ...env },
    },
  );
  return { status, stdout, stderr };
}

/** A folder for PATH in which a name starts the built program. */
function programAs(name: string, skipped: number): string {
  const folder = temporaryDirectory();
  const program = join(packageRoot, "bin/connect-webhook.js");
  const lines = ["#!/bin/sh", `shift ${skipped}`, `exec "${process.execPath}" "${program}" "$@"`];
  writeFileSync(join(folder, name), `${lines.join("\n")}\n`);
  chmodSync(join(folder, name), 0o755);
  return `${folder}:${process.env.PATH}`;
}

/** A repository with a branch that removes a file of an integration, or touches nothing. */
function branch(broken: boolean, root = cleanTree(), name = "lanternpost"): string {
  git(root, "init", "--quiet", "--initial-branch=main");
  git(root, "add", ".");
  git(root, "commit", "--quiet", "--message", "one");
  git(root, "switch", "--quiet", "--create", "change");
  if (broken) rmSync(join(root, "zerver/webhooks", name, "__init__.py"));
  return root;
}

describe("the action", () => {
  const [block = ""] = runBlocks(read(".github/actions/connect-webhook/action.yml"));

  function step(root: string, command: string) {
    const folder = temporaryDirectory();
    const summary = join(folder, "summary.md");
    const env = {
      PATH: programAs("npx", 2),
      COMMAND: command,
      VERSION: "0.1.0",
      SUMMARY: "Lint",
      RUNNER_TEMP: folder,
      GITHUB_STEP_SUMMARY: summary,
    };
    return { ...bash(block, root, env), summary: () => readFileSync(summary, "utf8") };
  }

  it("annotates what is wrong, fails, and adds it to the summary", () => {
    const { status, stdout, summary } = step(branch(true), "lint --changed main --format github");
    expect(stdout).toContain("title=connect-webhook package-file::");
    expect(summary()).toMatch(/^### Lint\n\n```\n::error file=/);
    expect(status).toBe(1);
  });

  it("passes on what is right", () => {
    const { status, summary } = step(branch(false), "lint --all --format github");
    expect(summary()).toContain("0 errors, 0 warnings, 0 hints.");
    expect(status).toBe(0);
  });

  it("runs nothing that stands in its inputs", () => {
    const root = branch(false);
    const { status } = step(root, "lint --all ; touch pwned $(touch pwned) `touch pwned`");
    expect(status).toBe(2);
    expect(existsSync(join(root, "pwned"))).toBe(false);
  });
});

describe("the example workflows", () => {
  const [sums = "", reviews = ""] = runBlocks(read("docs/ci.md"));

  it.each([
    ["success", "false", 0],
    ["failure", "true", 1],
  ])("sums up a %s", (result, failed, code) => {
    const script = sums
      .replace(/\$\{\{ needs\.\w+\.result \}\}/g, result)
      .replace(/\$\{\{ contains[^}]*\}\}/g, failed);
    expect(script).not.toContain("${{");
    const folder = temporaryDirectory();
    const summary = join(folder, "summary.md");
    const env = { PATH: process.env.PATH ?? "", GITHUB_STEP_SUMMARY: summary };
    expect(bash(script, folder, env).status).toBe(code);
    const line = `lint: ${result}, tests: ${result}, pictures: ${result}\n`;
    expect(readFileSync(summary, "utf8")).toBe(line);
  });

  it("keeps the review of a change that has something wrong, and goes on", () => {
    const root = branch(true, temporaryWorkspace(), "harbourline");
    git(root, "update-ref", "refs/remotes/origin/main", "main");
    const summary = join(temporaryDirectory(), "summary.md");
    const script = reviews.replace(/\$\{\{ github\.base_ref \}\}/, "main");
    const env = { PATH: programAs("connect-webhook", 0), GITHUB_STEP_SUMMARY: summary };
    const { status, stderr } = bash(script, root, env);
    expect(status, stderr).toBe(0);
    expect(readFileSync(summary, "utf8")).toContain("harbourline");
    expect(existsSync(join(root, "review.html"))).toBe(true);
  });
});

describe("the pre-commit hook", () => {
  const hook = read(".pre-commit-hooks.yaml");
  const entry = /^ +entry: (.*)$/m.exec(hook)?.[1] ?? "";
  const files = new RegExp(/^ +files: (.*)$/m.exec(hook)?.[1] ?? "", "");

  it.each([
    [true, 1],
    [false, 0],
  ])("checks the branch (broken: %s)", (broken, code) => {
    const env = { PATH: programAs("connect-webhook", 0) };
    expect(bash(entry, branch(broken), env).status).toBe(code);
  });

  it("runs when a file of an integration is committed, and else not", () => {
    const paths = [
      "zerver/webhooks/lanternpost/view.py",
      "zerver/lib/integrations.py",
      "static/images/integrations/logos/lanternpost.svg",
    ];
    expect(paths.filter((path) => files.test(path))).toEqual(paths);
    expect(files.test("zerver/lib/response.py")).toBe(false);
  });
});
