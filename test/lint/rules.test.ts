/** Every rule on its accepted and rejected cases in fixtures/lint/. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { rules } from "../../src/lint/index.ts";
import { asText, casesOf, caseTree, cleanTree, lintFixtures, lintTree } from "./trees.ts";

const cases = rules.flatMap(({ id }) => casesOf(id).map((name) => [id, name] as const));
const only = (kind: string) => cases.filter(([, name]) => name.split("-")[0] === kind);

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
});

describe("rules", () => {
  it("have each a file, an accepted and a rejected case", () => {
    const files = readdirSync(join(import.meta.dirname, "../../src/lint/rules"))
      .filter((name) => name !== "index.ts")
      .map((name) => name.replace(/\.ts$/, ""));
    expect(rules.map(({ id }) => id).sort()).toEqual(files.sort());
    for (const { id } of rules) {
      const kinds = casesOf(id).map((name) => name.split("-")[0]);
      expect(kinds, id).toContain("accepted");
      expect(kinds, id).toContain("rejected");
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
