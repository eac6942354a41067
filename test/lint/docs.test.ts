/** docs/lint.md and docs/rules/ are made from the rules; run this file with `vitest run -u` to write them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";
import { packageRoot } from "../../src/host/assets.ts";
import { rules, settingsFile } from "../../src/lint/index.ts";
import { settingsSchema } from "../../src/lint/settings-schema.ts";
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
  const rejected = casesOf(id).find((name) => name.startsWith("rejected")) ?? "rejected";
  const example = readFileSync(join(lintFixtures, id, `${rejected}.txt`), "utf8");
  await expect(rulePage(rule, example)).toMatchFileSnapshot(join(docs, "rules", `${id}.md`));
});

it("has no page of a rule that is gone", () => {
  const known = rules.map(({ id }) => `${id}.md`);
  expect(readdirSync(join(docs, "rules")).filter((name) => !known.includes(name))).toEqual([]);
});

it("has a current schema of the settings", async () => {
  const schema = z.toJSONSchema(settingsSchema(rules.map(({ id }) => id)), { io: "input" });
  const path = join(docs, settingsFile.replace("connect-webhook.config", "config.schema"));
  await expect(`${JSON.stringify(schema, undefined, 2)}\n`).toMatchFileSnapshot(path);
});
