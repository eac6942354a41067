/** The runner: which integrations, what is counted, and what happens to a rule that cannot look. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openCheckout } from "../../src/checkout/index.ts";
import { checklist, type Rule } from "../../src/lint/index.ts";
import type { RuleResult } from "../../src/lint/rule.ts";
import { git } from "../support/git.ts";
import { caseTree, cleanTree, lintTree, replaceIn } from "./trees.ts";

const base = {
  part: "view",
  severity: "warning",
  summary: "",
  why: "",
  howToFix: "",
  needsEntry: false,
} as const;

describe("what is checked", () => {
  it("is the whole tree without names, folders without an entry included", async () => {
    const { summary, problems } = await lintTree(caseTree("registry-entry/rejected"));
    expect(summary).toMatchObject({ integrations: 2, unregistered: 1, errors: 1, warnings: 0 });
    expect(problems.map(({ integration }) => integration)).toEqual(["quaycrane"]);
  });

  it("is only what is named, once", async () => {
    const root = caseTree("registry-entry/rejected");
    const { summary } = await lintTree(root, { names: ["lanternpost", "lanternpost"] });
    expect(summary).toMatchObject({ integrations: 1, unregistered: 0, errors: 0 });
  });

  it("may be a folder without an entry, which is judged as an integration once it holds code", async () => {
    const root = caseTree("registry-entry/rejected");
    const before = await lintTree(root, { names: ["quaycrane"] });
    expect(before.problems.map(({ rule }) => rule)).toEqual(["registry-entry"]);
    writeFileSync(join(root, "zerver/webhooks/quaycrane/view.py"), "LIFTED = True\n");
    const after = await lintTree(root, { names: ["quaycrane"] });
    expect(after.problems.map(({ rule }) => rule)).toEqual([
      "registry-entry",
      "package-file",
      "view-function",
      "tests-file",
      "doc-file",
    ]);
    expect(after.problems[0]?.fix).toContain('"quaycrane"');
  });

  it("refuses a name that is nothing, with the nearest one", async () => {
    const unknown = lintTree(cleanTree(), { names: ["lanternpots"] });
    await expect(unknown).rejects.toMatchObject({
      code: "unknown-integration",
      hint: expect.stringContaining("lanternpost"),
    });
  });

  it("says a problem of a shared folder once", async () => {
    const root = caseTree("registry-entry/accepted");
    replaceIn(root, "zerver/webhooks/lanternpost/tests.py", '"lamp_out"', '"lamp_stolen"');
    const { problems } = await lintTree(root);
    expect(problems.map(({ rule }) => rule).filter((rule) => rule === "fixture-exists")).toEqual([
      "fixture-exists",
    ]);
  });
});

describe("a rule that cannot look", () => {
  it("counts as an error when it throws, whatever its severity", async () => {
    const broken: Rule = {
      ...base,
      id: "broken",
      check() {
        throw new Error("the moon was full");
      },
    };
    const { summary, problems } = await lintTree(cleanTree(), { names: [], rules: [broken] });
    expect(summary.errors).toBe(2);
    expect(problems[0]).toEqual({
      rule: "broken",
      severity: "error",
      integration: "ferryboard",
      path: "zerver/webhooks/ferryboard",
      message: "The rule could not run: the moon was full",
      fixable: false,
    });
  });

  it("is a bug of ours when it makes a mistake, and names itself and the integration", async () => {
    const mistaken: Rule = {
      ...base,
      id: "mistaken",
      check: () => (undefined as unknown as { findings: RuleResult }).findings,
    };
    const run = lintTree(cleanTree(), { names: ["lanternpost"], rules: [mistaken] });
    await expect(run).rejects.toMatchObject({
      name: "BugError",
      message: expect.stringMatching(/^The rule mistaken failed on lanternpost: /),
      cause: expect.any(TypeError),
    });
  });

  it("is told as not checked where a file exhausts the stack", async () => {
    const deep: Rule = {
      ...base,
      id: "deep",
      check(target) {
        return this.check(target);
      },
    };
    const { summary, problems } = await lintTree(cleanTree(), {
      names: ["lanternpost"],
      rules: [deep],
    });
    expect(summary).toMatchObject({ errors: 0, warnings: 1, notChecked: 1 });
    expect(problems[0]).toMatchObject({ rule: "deep", notChecked: true });
  });

  it("is named as skipped when it says so, with the number of integrations", async () => {
    const { summary, skipped } = await lintTree(cleanTree());
    expect(summary.errors).toBe(0);
    expect(skipped).toEqual([
      { rule: "package-tracked", reason: "the tree is not a git repository", integrations: 2 },
    ]);
  });

  it("looks once it can", async () => {
    const root = cleanTree();
    git(root, "init", "--quiet");
    expect((await lintTree(root)).skipped).toEqual([]);
  });
});

describe("checklist", () => {
  it("has a line for each part, with errors before warnings", async () => {
    const root = caseTree("logo-placeholder/rejected");
    replaceIn(root, "zerver/webhooks/lanternpost/tests.py", '"lamp_out"', '"lamp_stolen"');
    const items = await checklist(await openCheckout(root), "lanternpost");
    expect(items.map(({ part, done }) => [part, done])).toEqual([
      ["registry", true],
      ["package", true],
      ["view", true],
      ["tests", true],
      ["fixtures", false],
      ["logo", false],
      ["avatar", true],
      ["screenshot", true],
      ["documentation", true],
    ]);
    expect(items[4]?.problems[0]?.rule).toBe("fixture-exists");
    expect(items[5]?.problems.map(({ rule }) => rule)).toEqual(["logo-placeholder"]);
  });
});
