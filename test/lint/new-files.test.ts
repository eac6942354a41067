/** What git says about files: which are new, and which it ignores. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { changedFiles } from "../../src/checkout/changed.ts";
import { knownFiles, openCheckout } from "../../src/checkout/index.ts";
import { applyChanges } from "../../src/host/changes.ts";
import { type LintOptions, lint, planRepairs } from "../../src/lint/index.ts";
import { TreeState } from "../../src/lint/tree-state.ts";
import { cli } from "../support/cli.ts";
import { git } from "../support/git.ts";
import { temporaryWorkspace } from "../support/tree.ts";
import { caseTree, cleanTree, lintTree } from "./trees.ts";

const view = (root: string): string => join(root, folder, "view.py");
const commit = (root: string): void => void git(root, "commit", "--quiet", "--message", "all");

const folder = "zerver/webhooks/lanternpost";
const bytecode = `${folder}/__pycache__/view.cpython-311.pyc`;

async function severitiesOf(root: string, rule: string): Promise<string[]> {
  const { problems } = await lintTree(root);
  return problems.filter((problem) => problem.rule === rule).map(({ severity }) => severity);
}

it("a file that no commit has is new, and held to more", async () => {
  const root = caseTree("ruff/rejected");
  expect(await severitiesOf(root, "ruff")).toEqual(["hint"]);
  git(root, "init", "--quiet");
  expect(await severitiesOf(root, "ruff")).toEqual(["warning"]);
  git(root, "add", ".");
  expect(await severitiesOf(root, "ruff")).toEqual(["warning"]);
  commit(root);
  expect(await severitiesOf(root, "ruff")).toEqual([]);
  writeFileSync(view(root), `${readFileSync(view(root), "utf8")}\n# Changed.\n`);
  expect(await severitiesOf(root, "ruff")).toEqual(["hint"]);
  writeFileSync(
    view(root),
    `${readFileSync(view(root), "utf8")}\n\ndef gone() -> None:\n    nobody()\n`,
  );
  expect((await severitiesOf(root, "ruff")).sort()).toEqual(["hint", "warning"]);
});

it("what ruff says of a test that a rule of ours tells is told once, and so is a conflict", async () => {
  const root = caseTree("ruff/rejected");
  git(root, "init", "--quiet");
  const tests = join(root, folder, "tests.py");
  const doc = join(root, folder, "doc.md");
  const method = "\n    def test_twice(self) -> None:\n        self.check_webhook";
  writeFileSync(
    tests,
    `${readFileSync(tests, "utf8")}${method}("lamp_out", "a", "b")\n${method}("lamp_out", "a", "c")\n`,
  );
  writeFileSync(
    doc,
    `${readFileSync(doc, "utf8")}\n<<<<<<< ours\n1. Do this\n=======\n1. Do that\n>>>>>>> theirs\n`,
  );
  const { problems } = await lintTree(root, { names: ["lanternpost"] });
  const told = (path: string) =>
    problems.filter((one) => one.path === path).map(({ rule }) => rule);
  expect(
    told(`${folder}/tests.py`).filter((rule) => rule === "ruff" || rule === "test-asserts"),
  ).toEqual(["test-asserts"]);
  expect(told(`${folder}/doc.md`)).toEqual(["conflict-markers"]);
});

it("a vendor's credential is an error for as long as no commit of the base has it", async () => {
  const root = cleanTree();
  const path = join(root, folder, "fixtures/lamp_out.json");
  const url = (secret: string) => `https://hooks.slack.com/services/T0Q1U2A3Y/B4L5A6M7P/${secret}`;
  const add = (file: string, text: string) =>
    writeFileSync(file, readFileSync(file, "utf8").replace(/(?=\n\}\n?$|$)/, text));
  const told = async () => {
    const rules = ["fixture-secrets", "source-secrets"];
    const { problems } = await lintTree(root);
    return problems.flatMap(({ rule, severity }) => (rules.includes(rule) ? severity : []));
  };
  git(root, "init", "--quiet");
  add(path, `,\n  "first": "${url("qUaYsTrEeTlAmPsOuT17aBcD")}"`);
  expect(await told()).toEqual(["error"]);
  git(root, "add", ".");
  commit(root);
  expect(await told()).toEqual(["warning"]);
  add(path, `,\n  "second": "${url("qUaYsTrEeTlAmPsLiT18eFgH")}"`);
  add(path, ',\n  "token": "q1u2a3y4-s5t6r7e8"');
  add(view(root), `\nHOOK = "${url("hArBoUrWaLlLaMp19iJkLmNo")}"\n`);
  expect((await told()).sort()).toEqual(["error", "error", "warning", "warning"]);
});

it("a file beside the folder of webhooks is new as well", async () => {
  const root = cleanTree();
  const picture = "static/images/integrations/lanternpost/001.png";
  const checkout = await openCheckout(root);
  git(root, "init", "--quiet");
  git(root, "add", ".");
  commit(root);
  writeFileSync(join(root, dirname(picture), "002.png"), readFileSync(join(root, picture)));
  const known = await knownFiles(root, "static/images");
  const state = new TreeState(checkout, known);
  expect(state.isNew(picture)).toBe(false);
  expect(state.isNew(`${dirname(picture)}/002.png`)).toBe(true);
});

it("a copied picture is told, committed or not, and of an old and a new one the new", async () => {
  const root = cleanTree();
  const pictures = ["lanternpost", "ferryboard"].map(
    (name) => `static/images/integrations/${name}/001.png`,
  );
  const [own = "", copy = ""] = pictures;
  const told = async (): Promise<string[]> => {
    const { problems } = await lintTree(root, { names: ["ferryboard", "lanternpost"] });
    return problems
      .filter(({ rule, message }) => rule === "pictures-used" && /copy/.test(message))
      .map(({ path }) => path);
  };
  git(root, "init", "--quiet");
  git(root, "add", ".");
  commit(root);
  expect(await told()).toEqual([]);
  mkdirSync(dirname(join(root, copy)), { recursive: true });
  writeFileSync(join(root, copy), readFileSync(join(root, own)));
  expect(await told()).toEqual([copy]);
  git(root, "add", ".");
  commit(root);
  expect(await told()).toContain(copy);
});

it("a file that got another name in its folder is not new, and who names the old one is told the new", async () => {
  const root = temporaryWorkspace();
  git(root, "init", "--quiet", "--initial-branch=main");
  git(root, "add", ".");
  commit(root);
  const picture = "zerver/webhooks/harbourline/fixtures/deployment_finished__failed.json";
  git(root, "mv", picture, join(dirname(picture), "deployment_finished__no.json"));
  const told = async (): Promise<string[]> => {
    const checkout = await openCheckout(root);
    const branch = await changedFiles(root, "main~0");
    const names = ["harbourline"];
    const results = [await lint(checkout, { names }), await lint(checkout, { names, branch })];
    const ids = ["fixture-exists", "screenshot-fixture"];
    const [staged = [], compared = []] = results.map(({ problems }) =>
      problems.filter(({ rule }) => ids.includes(rule)).map(({ message }) => message),
    );
    expect(staged).toEqual(compared);
    return staged;
  };
  const name = "deployment_finished__failed.json";
  expect(await told()).toEqual([
    `The fixture ${name}, which \`test_deployment_failed\` uses, was renamed to deployment_finished__no.json.`,
    `The screenshot entry names the fixture ${name}, which was renamed to deployment_finished__no.json.`,
  ]);
  const state = async (branch = {}) =>
    new TreeState(await openCheckout(root), await knownFiles(root, "zerver"), branch);
  const now = join(dirname(picture), "deployment_finished__no.json");
  expect((await state()).isNew(now)).toBe(false);
  expect((await state(await changedFiles(root, "main"))).isNew(now)).toBe(false);
  const { stdout } = await cli(["screenshot", "--all", "--check"], { cwd: root });
  expect(stdout).toContain(
    `The fixture ${name} was renamed to deployment_finished__no.json. Use the new name in`,
  );
  const [registry, tests] = ["zerver/lib/integrations.py", "zerver/webhooks/harbourline/tests.py"];
  for (const path of [registry, tests]) {
    const text = readFileSync(join(root, path), "utf8");
    writeFileSync(join(root, path), text.replaceAll(name.slice(0, -5), "deployment_finished__no"));
  }
  expect(await told()).toEqual([]);
});

const UNFORMATTED = "\nLAMPS  =  1\n";

describe("the format", () => {
  /** A tree whose linter runs `ruff format`, all of it committed. */
  function formattingTree(before = ""): string {
    const root = caseTree("ruff/accepted");
    mkdirSync(join(root, "tools"));
    writeFileSync(join(root, "tools/lint"), 'format = ["ruff", "format", "--quiet"]\n');
    writeFileSync(view(root), readFileSync(view(root), "utf8") + before);
    git(root, "init", "--quiet");
    git(root, "add", ".");
    commit(root);
    return root;
  }

  async function formatFindings(root: string, options: Partial<LintOptions> = {}) {
    const { problems } = await lintTree(root, { names: [], ...options });
    return problems.filter(({ rule, message }) => rule === "ruff" && /formatted/.test(message));
  }

  it("of a file that the change left unformatted is told, edited, staged and committed", async () => {
    const root = formattingTree();
    expect(await formatFindings(root)).toEqual([]);
    writeFileSync(view(root), readFileSync(view(root), "utf8") + UNFORMATTED);
    const told = [expect.objectContaining({ path: `${folder}/view.py`, severity: "warning" })];
    expect(await formatFindings(root)).toEqual(told);
    git(root, "add", ".");
    expect(await formatFindings(root)).toEqual(told);
    commit(root);
    expect(await formatFindings(root)).toEqual([]);
    const { base, added, touched } = await changedFiles(root, "HEAD~1");
    const branch = { added, touched, base };
    expect(await formatFindings(root, { branch })).toEqual(told);
  });

  it("of a file that was not formatted before is not", async () => {
    const root = formattingTree(UNFORMATTED);
    writeFileSync(view(root), `${readFileSync(view(root), "utf8")}\n# Changed.\n`);
    expect(await formatFindings(root)).toEqual([]);
  });

  it("is mended as the formatter writes it", async () => {
    const root = formattingTree();
    const before = readFileSync(view(root), "utf8");
    writeFileSync(view(root), before + UNFORMATTED);
    const { problems, repairs } = await lintTree(root);
    const chosen = problems.flatMap((problem) => repairs.get(problem) ?? []);
    await applyChanges(root, await planRepairs(root, chosen));
    expect(readFileSync(view(root), "utf8")).toMatch(/\nLAMPS = 1\n$/);
    expect(await formatFindings(root)).toEqual([]);
  });
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

describe("files that an integration uses and git does not track", () => {
  const fixture = `${folder}/fixtures/lamp_out.json`;
  const logo = "static/images/integrations/logos/lanternpost.svg";
  const picture = "static/images/integrations/lanternpost/001.png";

  async function forgotten(root: string) {
    const { problems } = await lintTree(root);
    return problems
      .filter(({ rule }) => rule === "package-tracked")
      .map(({ path, severity, fix }) => ({ path, severity, fix }));
  }

  it("are told, unless nothing of the folder is tracked", async () => {
    const root = cleanTree();
    git(root, "init", "--quiet");
    expect(await forgotten(root)).toEqual([]);
    git(root, "add", ".");
    expect(await forgotten(root)).toEqual([]);
    git(root, "rm", "--quiet", "--cached", fixture, logo, picture);
    expect(await forgotten(root)).toEqual(
      [logo, fixture, picture].map((path) => {
        return { path, severity: "warning", fix: `Run \`git add ${path}\`.` };
      }),
    );
    git(root, "add", ".");
    expect(await forgotten(root)).toEqual([]);
  });

  it("are told where git ignores them, with the way to add them", async () => {
    const root = cleanTree();
    git(root, "init", "--quiet");
    writeFileSync(join(root, ".gitignore"), "*_out.json\n");
    git(root, "add", ".");
    expect(await forgotten(root)).toEqual([
      { path: fixture, severity: "warning", fix: `Run \`git add --force ${fixture}\`.` },
    ]);
  });

  it("are those alone that something uses", async () => {
    const root = cleanTree();
    writeFileSync(join(root, `${folder}/fixtures/spare.json`), "{}\n");
    git(root, "init", "--quiet");
    git(root, "add", ".");
    git(root, "rm", "--quiet", "--cached", `${folder}/fixtures/spare.json`);
    // Nothing uses it, which another rule says.
    expect(await forgotten(root)).toEqual([]);
  });
});
