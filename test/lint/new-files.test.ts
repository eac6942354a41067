/** What git says about files: which are new, and which it ignores. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { git } from "../support/git.ts";
import { caseTree, cleanTree, lintTree } from "./trees.ts";

const folder = "zerver/webhooks/lanternpost";
const bytecode = `${folder}/__pycache__/view.cpython-311.pyc`;

async function severitiesOf(root: string, rule: string): Promise<string[]> {
  const { problems } = await lintTree(root);
  return problems.filter((problem) => problem.rule === rule).map(({ severity }) => severity);
}

it("a file that git does not know is new, and held to more", async () => {
  const root = caseTree("ruff/rejected");
  expect(await severitiesOf(root, "ruff")).toEqual(["hint"]);
  git(root, "init", "--quiet");
  expect(await severitiesOf(root, "ruff")).toEqual(["warning"]);
  git(root, "add", ".");
  expect(await severitiesOf(root, "ruff")).toEqual(["hint"]);
});

it("says the same of a text that was checked before", async () => {
  const [first, second] = [caseTree("ruff/rejected"), caseTree("ruff/rejected")];
  expect((await lintTree(second)).problems).toEqual((await lintTree(first)).problems);
});

it("a new view takes care of asterisks in what people write, and of those alone", async () => {
  const careless = async (line: string): Promise<string[]> => {
    const root = caseTree("message-care/accepted");
    git(root, "init", "--quiet");
    const path = `${folder}/view.py`;
    writeFileSync(join(root, path), readFileSync(join(root, path), "utf8") + line);
    const { problems } = await lintTree(root);
    return problems
      .filter(({ rule, message }) => rule === "message-care" && /asterisk/.test(message))
      .map(({ severity }) => severity);
  };
  expect(await careless('TITLE = "Lamp: **{lamp_title}** is out"\n')).toEqual(["hint"]);
  expect(await careless('TITLE = "Lamp: **{lamp_title!s}** is out"\n')).toEqual(["hint"]);
  expect(await careless('NAME = "Lamp: **{lamp}** is out"\n')).toEqual([]);
  expect(await careless('LINK = "**Lamp**: {lamp_title} **out**"\n')).toEqual([]);
  const cared =
    'def get_bold(title: str) -> str:\n    title = title.replace("**", "")\n    return f"**{title}**"\n';
  expect(await careless(cared)).toEqual([]);
});

it("a leftover that git ignores reaches nobody", async () => {
  const root = cleanTree();
  mkdirSync(dirname(join(root, bytecode)), { recursive: true });
  writeFileSync(join(root, bytecode), "");
  expect(await severitiesOf(root, "stray-files")).toEqual([]);
  git(root, "init", "--quiet");
  expect(await severitiesOf(root, "stray-files")).toEqual(["warning"]);
  writeFileSync(join(root, ".gitignore"), "__pycache__/\n");
  expect(await severitiesOf(root, "stray-files")).toEqual([]);
  git(root, "add", "--force", bytecode);
  expect(await severitiesOf(root, "stray-files")).toEqual(["warning"]);
});

it("settings that ruff does not understand are told, not passed over", async () => {
  const root = caseTree("ruff/rejected");
  writeFileSync(join(root, "pyproject.toml"), '[tool.ruff]\nline-length = "wide"\n');
  const { problems, skipped } = await lintTree(root);
  expect(problems.map(({ rule }) => rule)).not.toContain("ruff");
  expect(skipped).toContainEqual(
    expect.objectContaining({
      rule: "ruff",
      integrations: 2,
      reason: expect.stringContaining("ruff does not understand"),
    }),
  );
});
