/** docs/lint.md and docs/rules/ are made from the rules; run this file with `vitest run -u` to write them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import { rules, settingsFile } from "../../src/lint/index.ts";
import { withFoot } from "../support/site.ts";
import { rulePage, rulesPage } from "./rules-page.ts";
import { casesOf, lintFixtures } from "./trees.ts";

const docs = join(packageRoot, "docs");

it("docs/lint.md is current", async () => {
  await expect(withFoot(rulesPage(rules), "lint.md")).toMatchFileSnapshot(join(docs, "lint.md"));
});

it.each(
  rules.map((rule) => [rule.id, rule] as const),
)("has a current page for %s", async (id, rule) => {
  const rejected = casesOf(id).find((name) => name.startsWith("rejected")) ?? "";
  const example = readFileSync(join(lintFixtures, id, `${rejected}.txt`), "utf8");
  await expect(rulePage(rule, example)).toMatchFileSnapshot(join(docs, "rules", `${id}.md`));
});

it("has no page of a rule that is gone", () => {
  const known = rules.map(({ id }) => `${id}.md`);
  expect(readdirSync(join(docs, "rules")).filter((name) => !known.includes(name))).toEqual([]);
});

it("has a schema that knows every rule and severity", async () => {
  const path = join(docs, "config.schema.json");
  const schema = JSON.parse(readFileSync(path, "utf8"));
  const { rules: severities, exceptions } = schema.properties.lint.properties;
  const ids = rules.map(({ id }) => id);
  severities.propertyNames.enum = ids;
  exceptions.items.properties.rule.enum = ids;
  severities.additionalProperties.enum = ["error", "warning", "hint", "off"];
  await expect(`${JSON.stringify(schema, undefined, 2)}\n`).toMatchFileSnapshot(path);
  expect(exceptions.items.required).toEqual(["rule", "reason"]);
  expect(schema.title).toBe(settingsFile);
});
