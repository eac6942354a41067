/** Settings for ruff that a stranger wrote: whatever they hold, they end no run, and keep none busy. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { cli } from "../support/cli.ts";
import { temporaryWorkspace } from "../support/tree.ts";

const SETTINGS: Readonly<Record<string, string>> = {
  "a number for a list of packages": "[lint.isort]\nknown-first-party = 5\n",
  "tables for codes": '[lint]\nselect = ["E"]\n[lint.per-file-ignores]\n"*" = [[1], { a = 1 }]\n',
  "a number for what is ignored": "[lint]\nper-file-ignores = 5\n",
  "a pattern of stars": `[lint.per-file-ignores]\n"zerver/${"*e".repeat(30)}X" = ["E"]\n`,
  "a pattern of nothing but stars": `[lint.per-file-ignores]\n"${"*".repeat(3_000)}X" = ["E"]\n`,
};

it.each(Object.entries(SETTINGS))("%s", async (_name, text) => {
  const root = temporaryWorkspace();
  writeFileSync(join(root, "ruff.toml"), text);
  const { exitCode, stderr } = await cli(["lint", "harbourline"], { cwd: root });
  expect([0, 1], stderr).toContain(exitCode);
});

it.each([
  ["*.py", true],
  ["view.py", true],
  ["zerver/webhooks/*/view.py", true],
  ["zerver/**/view.py", true],
  ["**/view.py", true],
  ["zerver/**", true],
  ["./zerver/webhooks/harbourline/view.p?", true],
  ["zerver/*/view.py", false],
  ["zerver/webhooks/*", false],
  ["?iew.py", true],
  ["view.p", false],
  ["iew.py", false],
])("what %s says is ignored in a view: %s", async (glob, isIgnored) => {
  const root = temporaryWorkspace();
  const settings = `[lint]\nselect = ["F"]\n[lint.per-file-ignores]\n"${glob}" = ["F401"]\n`;
  writeFileSync(join(root, "ruff.toml"), settings);
  const view = "zerver/webhooks/harbourline/view.py";
  writeFileSync(join(root, view), "import os\n");
  const { stdout } = await cli(["lint", "harbourline", "--json"], { cwd: root });
  expect(stdout.includes("F401")).toBe(!isIgnored);
});
