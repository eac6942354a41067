/** Every rule on its accepted and rejected cases in fixtures/lint/. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { rules } from "../../src/lint/index.ts";
import { BrokenTree } from "./broken-tree.ts";
import { defects } from "./defects.ts";
import { asText, casesOf, caseTree, cleanTree, lintFixtures, lintTree } from "./trees.ts";

const cases = rules.flatMap(({ id }) => casesOf(id).map((name) => [id, name] as const));
const only = (kind: string) => cases.filter(([, name]) => name.split("-")[0] === kind);

/** Rules without a rejected case: the clean tree with the first of their defects is one. */
const seeded = rules
  .map(({ id }) => id)
  .filter((id) => !casesOf(id).some((name) => name.split("-")[0] === "rejected"));

describe("the clean tree", () => {
  it("has no problems", async () => {
    const { summary, problems } = await lintTree(cleanTree());
    expect(asText(problems)).toBe("");
    expect(summary).toEqual({
      integrations: 2,
      unregistered: 0,
      errors: 0,
      warnings: 0,
      hints: 0,
      fixed: 0,
      excepted: 0,
      known: 0,
    });
  });
});

describe("accepted", () => {
  it.each(only("accepted"))("%s: %s", async (rule, name) => {
    const { problems } = await lintTree(caseTree(join(rule, name)));
    // Nothing here is wrong, so no other rule may find an error either.
    const unwanted = problems.filter(
      (problem) => problem.rule === rule || problem.severity === "error",
    );
    expect(asText(unwanted)).toBe("");
  });
});

describe("rejected", () => {
  it.each(only("rejected"))("%s: %s", async (rule, name) => {
    const { problems } = await lintTree(caseTree(join(rule, name)));
    expect(problems.map((problem) => problem.rule)).toContain(rule);
    await expect(asText(problems)).toMatchFileSnapshot(join(lintFixtures, rule, `${name}.txt`));
  });

  it.each(seeded)("%s: by its defect", async (rule) => {
    const root = cleanTree();
    const defect = defects.find((one) => one.rule === rule);
    expect(defect, "a rule has a rejected case or a line in defects.ts").toBeDefined();
    defect?.apply(await BrokenTree.open(root, "lanternpost"));
    const { problems } = await lintTree(root);
    expect(problems.map((problem) => problem.rule)).toContain(rule);
    await expect(asText(problems)).toMatchFileSnapshot(join(lintFixtures, rule, "rejected.txt"));
  });
});

describe("rules", () => {
  it("have each a file, an accepted case, and what is said of a rejected one", () => {
    const files = readdirSync(join(import.meta.dirname, "../../src/lint/rules"))
      .filter((name) => name !== "index.ts")
      .map((name) => name.replace(/\.ts$/, ""));
    expect(rules.map(({ id }) => id).sort()).toEqual(files.sort());
    for (const { id } of rules) {
      expect(
        casesOf(id).map((name) => name.split("-")[0]),
        id,
      ).toContain("accepted");
      expect(readdirSync(join(lintFixtures, id)).join(" "), id).toMatch(/\brejected(-\S+)?\.txt\b/);
    }
  });

  it("explain themselves in sentences", () => {
    for (const { id, summary, why, howToFix } of rules) {
      for (const text of [summary, why, howToFix]) expect(text, id).toMatch(/^[A-Z`].*\.$/);
    }
  });

  it("leave no case behind of a rule that is gone", () => {
    const known = new Set([...rules.map(({ id }) => id), "tree", "README.md"]);
    expect(readdirSync(lintFixtures).filter((name) => !known.has(name))).toEqual([]);
  });
});
