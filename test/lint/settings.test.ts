/** Severities, exceptions and baselines. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { baselineOf, readBaseline, readSettings, settingsFile } from "../../src/lint/index.ts";
import { caseTree, cleanTree, lintTree } from "./trees.ts";

/** Lints a rejected logo under settings. */
async function withSettings(lint: object, { names = [] }: { names?: readonly string[] } = {}) {
  const root = caseTree("logo-square/rejected");
  writeFileSync(join(root, settingsFile), JSON.stringify({ lint }));
  return lintTree(root, { names, settings: await readSettings(root) });
}

const exception = { rule: "logo-square", reason: "The vendor wants it so." };

describe("severities", () => {
  it("are the tree's", async () => {
    const { summary } = await withSettings({ rules: { "logo-square": "error" } });
    expect(summary).toMatchObject({ errors: 1, warnings: 0 });
  });

  it("may be off, and then the rule does not run", async () => {
    const { summary, problems } = await withSettings({ rules: { "logo-square": "off" } });
    expect(problems).toEqual([]);
    expect(summary).toMatchObject({ warnings: 0, excepted: 0 });
  });
});

describe("exceptions", () => {
  it("cover one integration or one file, and are counted", async () => {
    const path = "static/images/integrations/logos/lanternpost.svg";
    for (const where of [{ integration: "lanternpost" }, { path }]) {
      const result = await withSettings({ exceptions: [{ ...exception, ...where }] });
      expect(result.problems).toEqual([]);
      expect(result.summary.excepted).toBe(1);
      expect(result.unusedExceptions).toEqual([]);
    }
  });

  it("are reported when they cover nothing", async () => {
    const unused = { ...exception, integration: "ferryboard" };
    const { summary, unusedExceptions } = await withSettings({ exceptions: [unused] });
    expect(summary).toMatchObject({ warnings: 1, excepted: 0 });
    expect(unusedExceptions).toEqual([unused]);
  });

  it("cover what they name, and are not called unused, when only a part of the tree is checked", async () => {
    const path = "static/images/integrations/logos/lanternpost.svg";
    const exceptions = [
      { ...exception, path },
      { ...exception, integration: "ferryboard" },
      { ...exception, path: "another.svg" },
    ];
    const result = await withSettings({ exceptions }, { names: ["lanternpost"] });
    expect(result.problems).toEqual([]);
    expect(result.summary.excepted).toBe(1);
    expect(result.unusedExceptions).toEqual([]);
  });

  it("are reported, whatever is checked, when the tree has no such integration", async () => {
    const astray = { ...exception, integration: "lantrenpost" };
    for (const names of [[], ["lanternpost"]]) {
      const { unusedExceptions } = await withSettings({ exceptions: [astray] }, { names });
      expect(unusedExceptions).toEqual([{ ...astray, unknown: true }]);
    }
  });
});

describe("a settings file that cannot be used", () => {
  it.each([
    ["no JSON", "{", "it is no JSON"],
    ["an unknown entry", '{"lints": {}}', 'the file has an unknown entry "lints"'],
    [
      "an unknown rule",
      '{"lint": {"rules": {"logo": "off"}}}',
      'lint.rules has an unknown entry "logo"',
    ],
    ["an unknown severity", '{"lint": {"rules": {"logo-square": "of"}}}', "none of error"],
    [
      "no reason",
      '{"lint": {"exceptions": [{"rule": "logo-square", "path": "x"}]}}',
      "reason is missing",
    ],
    ["no place", '{"lint": {"exceptions": [{"rule": "logo-square", "reason": "x"}]}}', "neither"],
    [
      "a blank reason",
      '{"lint": {"exceptions": [{"rule": "logo-square", "reason": " "}]}}',
      "no text",
    ],
    ["another rule", '{"lint": {"exceptions": [{"rule": "x", "reason": "y"}]}}', "names no rule"],
    ["no list", '{"lint": {"exceptions": {}}}', "is not a list"],
    ["a list", "[]", "the file is no object"],
  ])("is refused: %s", async (_what, text, message) => {
    const root = cleanTree();
    writeFileSync(join(root, settingsFile), text);
    await expect(readSettings(root)).rejects.toMatchObject({
      code: "invalid-config",
      message: expect.stringContaining(message),
    });
  });
});

describe("a baseline", () => {
  it("holds what was found, as often as it was found", async () => {
    const root = caseTree("registry-category/rejected");
    const before = await lintTree(root);
    const file = join(root, "baseline.json");
    writeFileSync(file, baselineOf(before.problems));
    const baseline = await readBaseline(file);
    const held = await lintTree(root, { names: [], baseline });
    expect(held.problems).toEqual([]);
    expect(held.summary).toMatchObject({ errors: 0, known: 1 });

    const worse = baselineOf([...before.problems, ...before.problems]);
    expect(worse).toContain('"count":2');
    writeFileSync(file, worse);
    const gone = await lintTree(root, { names: [], baseline: await readBaseline(file) });
    expect(gone.outdated).toBe(1);
  });

  it("does not hold what is new", async () => {
    const old = await lintTree(caseTree("registry-category/rejected"));
    const file = join(cleanTree(), "baseline.json");
    writeFileSync(file, baselineOf(old.problems));
    const baseline = await readBaseline(file);
    const { problems } = await lintTree(caseTree("avatar-file/rejected"), { names: [], baseline });
    expect(problems.map(({ rule }) => rule)).toEqual(["avatar-file"]);
  });

  it("is refused when it is missing or of another form", async () => {
    const root = cleanTree();
    await expect(readBaseline(join(root, "none.json"))).rejects.toMatchObject({
      code: "no-such-file",
    });
    const uncounted = { rule: "view-file", path: "a", message: "b" };
    for (const content of [[], { version: 1, findings: [uncounted] }]) {
      writeFileSync(join(root, "other.json"), JSON.stringify(content));
      await expect(readBaseline(join(root, "other.json"))).rejects.toMatchObject({
        code: "invalid-baseline",
      });
    }
  });
});
