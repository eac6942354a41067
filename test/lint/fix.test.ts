/** `--fix`: what can be repaired is repaired, and nothing is left to repair afterwards. */
import { cpSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { applyChanges } from "../../src/host/changes.ts";
import { type LintResult, planRepairs, rules } from "../../src/lint/index.ts";
import { git } from "../support/git.ts";
import { temporaryWorkspace } from "../support/tree.ts";
import { asText, caseTree, lintFixtures, lintTree } from "./trees.ts";

async function repair(root: string): Promise<{ before: LintResult; after: LintResult }> {
  const before = await lintTree(root);
  const repairs = before.problems.flatMap((problem) => before.repairs.get(problem) ?? []);
  await applyChanges(root, await planRepairs(root, repairs));
  return { before, after: await lintTree(root) };
}

const folder = "zerver/webhooks/harbourline";
const avatar = "static/images/integrations/bot_avatars/harbourline.png";
const lanternpost = "static/images/integrations/bot_avatars/lanternpost.png";
const change = (root: string, path: string, by: (text: string) => string): void =>
  writeFileSync(join(root, path), by(readFileSync(join(root, path), "utf8")));

const fixable: [rule: string, what: string, defect: (root: string) => void][] = [
  ["package-file", "no __init__.py", (root) => rmSync(join(root, folder, "__init__.py"))],
  [
    "fixture-encoding",
    "a byte order mark",
    (root) => change(root, `${folder}/fixtures/ping.json`, (text) => `\uFEFF${text}`),
  ],
  [
    "fixture-format",
    "blanks, and no line break at the end",
    (root) =>
      change(root, `${folder}/fixtures/ping.json`, (text) => text.trimEnd().replace("\n", " \n")),
  ],
  ["avatar-file", "no avatar", (root) => rmSync(join(root, avatar))],
  ["avatar-size", "a torn avatar", (root) => truncateSync(join(root, avatar), 60)],
  [
    "avatar-fresh",
    "the avatar of another logo",
    (root) => cpSync(join(lintFixtures, "avatar-fresh/rejected", lanternpost), join(root, avatar)),
  ],
  [
    "doc-format",
    "tabs, blanks and lines at both ends",
    (root) =>
      change(root, `${folder}/doc.md`, (text) => `\n${text.replace("   Click", "\tClick ")}\n\n`),
  ],
  [
    "doc-format",
    "no last line break",
    (root) => change(root, `${folder}/doc.md`, (text) => text.trimEnd()),
  ],
  [
    "doc-steps",
    "counted steps",
    (root) =>
      change(root, `${folder}/doc.md`, (text) => text.replace("1. In Harbour", "3. In Harbour")),
  ],
  [
    "ruff",
    "an edited file that is not formatted",
    (root) => {
      mkdirSync(join(root, "tools"), { recursive: true });
      writeFileSync(join(root, "tools/lint"), 'format = ["ruff", "format", "--quiet"]\n');
      writeFileSync(join(root, "ruff.toml"), "line-length = 100\n");
      git(root, "init", "--quiet");
      git(root, "add", ".");
      git(root, "commit", "--quiet", "--message", "all");
      change(root, `${folder}/tests.py`, (text) => `${text}\n\nLAMPS  =  1\n`);
    },
  ],
];

it.each(fixable)("%s: %s", async (rule, _what, defect) => {
  const root = temporaryWorkspace();
  defect(root);
  const { before, after } = await repair(root);
  const own = before.problems.filter((problem) => problem.rule === rule);
  expect(own.map((problem) => problem.fixable)).toContain(true);
  expect(asText(after.problems)).toBe("");
});

it("registry-order: the entry is moved as it stands", async () => {
  const root = caseTree("registry-order/rejected");
  const path = join(root, "zerver/lib/integrations.py");
  const text = readFileSync(path, "utf8");
  const { before, after } = await repair(root);
  expect(before.problems.map(({ rule }) => rule)).toContain("registry-order");
  expect(after.problems.map(({ rule }) => rule)).not.toContain("registry-order");
  const sorted = (source: string) => source.split("\n").sort();
  expect(sorted(readFileSync(path, "utf8"))).toEqual(sorted(text));
});

it("covers every rule that says it can repair", () => {
  const covered = new Set([...fixable.map(([rule]) => rule), "registry-order"]);
  expect(
    rules
      .filter((rule) => rule.fixable)
      .map(({ id }) => id)
      .sort(),
  ).toEqual([...covered].sort());
});

it("makes all repairs of one file", async () => {
  const root = temporaryWorkspace();
  change(root, `${folder}/doc.md`, (text) => `\n${text.replace("1. In Harbour", "3. In Harbour")}`);
  const { after } = await repair(root);
  expect(asText(after.problems)).toBe("");
});
