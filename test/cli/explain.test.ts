/** `explain` as a user meets it. It needs no tree. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { listGuides } from "../../src/commands/guides.ts";
import { packageRoot } from "../../src/host/assets.ts";
import { rules } from "../../src/lint/index.ts";
import { cli } from "../support/cli.ts";
import { temporaryWorkspace } from "../support/tree.ts";

const guides = await listGuides();

describe("explain", () => {
  it("lists every rule and every guide", async () => {
    const { exitCode, stdout } = await cli(["explain"]);
    expect(exitCode).toBe(0);
    const names = stdout.match(/(?<=^ {2})[\w-]+/gm);
    expect(names).toEqual([...rules.map(({ id }) => id), ...guides.map(({ name }) => name)]);
    expect(guides.map(({ name }) => name)).toContain("getting-started");
  });

  it.each(guides)("prints the guide $name", async ({ name, title }) => {
    const { exitCode, stdout } = await cli(["explain", name]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringMatching(/^# \S/) });
    const { guides: printed } = JSON.parse((await cli(["explain", name, "--json"])).stdout);
    expect(printed).toEqual([
      { name, title, summary: expect.any(String), text: expect.any(String) },
    ]);
  });

  it("is what messages name instead of pages that are not at hand", () => {
    const named: string[] = [];
    for (const path of readdirSync(join(packageRoot, "src"), {
      recursive: true,
      encoding: "utf8",
    })) {
      if (!path.endsWith(".ts")) continue;
      const code = readFileSync(join(packageRoot, "src", path), "utf8")
        .replace(/\/\*[\s\S]*?\*\//g, "")
        .replace(/^\s*\/\/.*$/gm, "");
      if (/\bdocs\/[\w-]+\.md/.test(code)) named.push(`${path} names a page of docs/`);
      for (const [, topic = ""] of code.matchAll(/\bexplain ([a-z-]+)`/g)) {
        const known = [...rules.map(({ id }) => id), ...guides.map(({ name }) => name)];
        if (!known.includes(topic)) named.push(`${path} names ${topic}`);
      }
    }
    expect(named).toEqual([]);
  });

  it("prints what a rule asks for, why, and what to do", async () => {
    const { exitCode, stdout } = await cli(["explain", "package-file"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("package-file  error, package\n");
    expect(stdout).toContain("Why: Without it, the folder is not a Python package");
    expect(stdout).toContain("`lint --fix` repairs some or all of the findings.");
  });

  it.each([
    ["explain"],
    ["explain", "package-file"],
    ["explain", "capture"],
    ["completion", "bash"],
  ])("takes a tree that it does not need, as an alias gives one: %s %s", async (...words) => {
    const plain = await cli(words);
    const { exitCode, stdout } = await cli([...words, "--checkout", temporaryWorkspace()]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: plain.stdout });
  });

  it("prints the same as JSON", async () => {
    const { stdout } = await cli(["explain", "registry-order", "--json"]);
    const {
      version,
      rules: [rule],
    } = JSON.parse(stdout);
    expect(version).toBe(1);
    expect(rule).toMatchObject({ id: "registry-order", severity: "warning", fixable: true });
    expect(rule.dialects).toContain("in order");
  });

  it("refuses an unknown rule, and proposes the nearest", async () => {
    const { exitCode, stderr } = await cli(["explain", "logo-sqare"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("Did you mean logo-square");
  });
});
