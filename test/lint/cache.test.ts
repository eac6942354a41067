/** Kept findings: they are used as long as nothing that the rules read has changed, and not a moment longer. */
import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, it } from "vitest";
import { applyChanges } from "../../src/host/changes.ts";
import { digest } from "../../src/host/checksum.ts";
import { noteUnrepeatable } from "../../src/host/reads.ts";
import { type LintOptions, type LintResult, planRepairs, rules } from "../../src/lint/index.ts";
import { append, type Change, remove, write } from "../support/changes.ts";
import { cliProcess } from "../support/cli.ts";
import { git } from "../support/git.ts";
import { folderForFile, temporaryDirectory } from "../support/tree.ts";
import { caseTree, cleanTree, lintTree } from "./trees.ts";

const folder = "zerver/webhooks/lanternpost";
const images = "static/images/integrations";

/** One for all tests: what ruff and the avatars were found to be like is no part of them. */
const cache = folderForFile();
beforeEach(() => {
  process.env.CONNECT_WEBHOOK_CACHE = cache;
  for (const path of keptFiles()) rmSync(path);
});

function keptFiles(): string[] {
  const below = join(cache, "lint");
  const names = existsSync(below) ? readdirSync(below) : [];
  return names.filter((name) => name.startsWith("findings-")).map((name) => join(below, name));
}

function lintKept(root: string, options: Partial<LintOptions> = {}): Promise<LintResult> {
  return lintTree(root, { names: [], cache: { program: "this", repairs: false }, ...options });
}

interface Contents {
  entries: Record<string, { problems: object[]; groups: [number, string[]][] }>;
}

const KEPT = "This was kept.";
let marks = 0;

/** Has each rule say a word about each integration, in all that is kept, so that it shows where it is used. */
function mark(): void {
  for (const path of keptFiles()) {
    const kept = JSON.parse(readFileSync(path, "utf8").split("\n")[1] ?? "") as Contents;
    for (const { problems, groups } of Object.values(kept.entries)) {
      const said = { severity: "hint", integration: "-", path: `${marks++}`, message: KEPT };
      for (const rule of groups.flatMap(([, ids]) => ids)) {
        problems.push({ rule, ...said, fixable: false });
      }
    }
    const json = JSON.stringify(kept);
    writeFileSync(path, `${digest([json])}\n${json}`);
  }
}

const marksIn = ({ problems }: LintResult) => problems.filter(({ message }) => message === KEPT);

const withoutMarks = ({ problems }: LintResult) =>
  problems.filter(({ message }) => message !== KEPT);

/** Of how many integrations all that was kept is used. */
function usedIn(result: LintResult): number {
  const places = marksIn(result).map(({ path }) => path);
  const isWhole = (place: string): boolean =>
    places.filter((one) => one === place).length === rules.length;
  return [...new Set(places)].filter(isWhole).length;
}

/** The rules that looked at an integration again. */
function lookedAgain(result: LintResult): string[] {
  const used = marksIn(result).map(({ rule }) => rule);
  return rules.map(({ id }) => id).filter((id) => used.filter((one) => one === id).length < 2);
}

const ruffSettings = write("pyproject.toml", '[tool.ruff]\nselect = ["F"]\n');

function commit(root: string): void {
  git(root, "init", "--quiet");
  git(root, "add", ".");
  git(root, "commit", "--quiet", "--message", "All of it");
}

const ferryboard = "zerver/webhooks/ferryboard/view.py";

function mixedViews(root: string): void {
  write("zerver/lib/validator.py", "class WildValue: ...\n")(root);
  append(ferryboard, "# WildValue\n")(root);
  append(`${folder}/view.py`, "\n_TEXT = loads(request.body).get('text')\n")(root);
}

/** What is changed, how many of two integrations still count, and what there has to be before. */
const changes: [what: string, left: 0 | 1, change: Change, before?: Change][] = [
  ["nothing but the time of a file", 2 as 1, (root) => touch(root, `${folder}/view.py`)],
  ["the view", 1, append(`${folder}/view.py`)],
  ["the tests", 1, append(`${folder}/tests.py`)],
  ["a fixture", 1, append(`${folder}/fixtures/lamp_out.json`, "\n")],
  ["a new fixture", 1, write(`${folder}/fixtures/lamp_lit.json`, "{}")],
  ["a fixture less", 1, remove(`${folder}/fixtures/lamp_out.json`)],
  ["the documentation", 1, append(`${folder}/doc.md`, "\n\n")],
  ["the package file", 1, append(`${folder}/__init__.py`, "x = 1\n")],
  ["a new module", 1, write(`${folder}/lamps.py`, "LIT = True\n")],
  ["a stray file", 1, write(`${folder}/view.py.orig`, "")],
  [
    "a file in a folder below",
    1,
    write(`${folder}/more/view.bak`, ""),
    write(`${folder}/more/a`, ""),
  ],
  ["the whole folder", 1, remove(folder)],
  // Each logo is compared with all others.
  ["the logo", 0, append(`${images}/logos/lanternpost.svg`, "<!-- new -->")],
  ["no logo", 0, remove(`${images}/logos/lanternpost.svg`)],
  ["the avatar", 1, append(`${images}/bot_avatars/lanternpost.png`, "more")],
  ["no avatar", 1, remove(`${images}/bot_avatars/lanternpost.png`)],
  ["the picture", 1, append(`${images}/lanternpost/001.png`, "more")],
  ["no picture", 1, remove(`${images}/lanternpost/001.png`)],
  [
    "a file of the size and time that it had",
    1,
    (root) => {
      const path = join(root, folder, "view.py");
      const { atime, mtime } = statSync(path);
      writeFileSync(path, readFileSync(path, "utf8").replace(/[a-z]/, "Z"));
      utimesSync(path, atime, mtime);
    },
  ],
  ["the registry", 0, append("zerver/lib/integrations.py")],
  ["a macro less", 0, remove("templates/zerver/integrations/include/congrats.md")],
  ["the webhook library", 0, append("zerver/lib/webhooks/common.py", "\nNEW = 1\n")],
  ["a new webhook folder", 0, write("zerver/webhooks/quaycrane/view.py", "LIFTED = True\n")],
  ["a validator for the first time", 0, write("zerver/lib/validator.py", "class WildValue: ...\n")],
  ["settings of ruff for the first time", 0, ruffSettings],
  ["other settings of ruff", 0, write("ruff.toml", 'select = ["E"]\n'), ruffSettings],
  [
    "another integration that does what ruff would not have",
    0,
    append("zerver/webhooks/ferryboard/view.py", "\nimport os\n"),
    (root) => {
      ruffSettings(root);
      append(`${folder}/view.py`, "\nimport os\n")(root);
    },
  ],
  // What ruff finds in a committed file is nobody's business, so that no other file has to be looked at.
  [
    "another view, where ruff finds something in a committed one",
    1,
    append("zerver/webhooks/ferryboard/view.py"),
    (root) => {
      ruffSettings(root);
      append(`${folder}/view.py`, "\nimport os\n")(root);
      commit(root);
    },
  ],
  [
    "a commit of a view in which ruff finds something",
    1,
    (root) => git(root, "commit", "--quiet", "--all", "--message", "Change"),
    (root) => {
      ruffSettings(root);
      commit(root);
      append(`${folder}/view.py`, "\nimport os\n")(root);
    },
  ],
  // A view that goes round the validators is judged by what most of the others do.
  ["another view that uses the validators as before", 1, append(ferryboard), mixedViews],
  [
    "no other view that uses the validators",
    0,
    write(ferryboard, "loads(request.body)\n"),
    mixedViews,
  ],
  [
    "a help page less",
    1,
    remove("help/format-your-message.md"),
    append(`${folder}/doc.md`, "\n[Format](/help/format-your-message)\n"),
  ],
  [
    "a server's test that uses a fixture",
    1,
    write("zerver/tests/test_webhooks.py", 'webhook("lamp_lit.json")\n'),
    write(`${folder}/fixtures/lamp_lit.json`, "{}"),
  ],
  [
    "where a link leads",
    1,
    (root) => {
      rmSync(join(root, folder, "fixtures/lamp_lit.json"));
      symlinkSync("lamp_repaired.json", join(root, folder, "fixtures/lamp_lit.json"));
    },
    (root) => symlinkSync("lamp_out.json", join(root, folder, "fixtures/lamp_lit.json")),
  ],
  ["a repository for the first time", 0, (root) => git(root, "init", "--quiet")],
  [
    "what git tracks",
    1,
    (root) => git(root, "add", folder),
    (root) => git(root, "init", "--quiet"),
  ],
];

const pictures = ["avatar-fresh", "avatar-size", "logo-own", "logo-safe", "screenshot-size"];
const registered = ["registry-arguments", "registry-order", "registry-unique"];
const written = ["doc-links", "doc-steps", "package-empty", "fixture-secrets"];

/** What is changed, some rules that have to look at the integration again, and some that do not. */
const looks: [what: string, look: { again: string[]; not: string[] }, change: Change][] = [
  [
    "the view",
    {
      again: ["view-function", "python-syntax", "ruff", "message-care"],
      not: [...pictures, ...registered, ...written, "fixtures-valid", "test-asserts"],
    },
    append(`${folder}/view.py`),
  ],
  [
    "the tests",
    {
      again: ["test-asserts", "fixtures-used", "ruff"],
      not: [...pictures, ...registered, ...written, "message-care"],
    },
    append(`${folder}/tests.py`),
  ],
  [
    "the documentation",
    {
      again: ["doc-links", "doc-steps"],
      not: [...pictures, ...registered, "view-function", "ruff", "library-names", "test-asserts"],
    },
    append(`${folder}/doc.md`, "\n\n"),
  ],
  [
    "a fixture",
    {
      again: ["fixtures-valid", "fixture-secrets"],
      not: [...pictures, ...registered, "view-function", "ruff", "doc-steps"],
    },
    append(`${folder}/fixtures/lamp_out.json`, "\n"),
  ],
  [
    "the logo",
    {
      again: ["logo-own", "logo-safe", "avatar-fresh"],
      not: [...registered, ...written, "screenshot-size", "view-function", "ruff"],
    },
    append(`${images}/logos/lanternpost.svg`, "<!-- new -->"),
  ],
];

function touch(root: string, path: string): void {
  const soon = new Date(Date.now() + 5000);
  utimesSync(join(root, path), soon, soon);
}

describe("kept findings", () => {
  it.each(
    changes,
  )("count until there is something else: %s", async (_what, left, change, before) => {
    const root = cleanTree();
    before?.(root);
    const found = await lintKept(root);
    expect(usedIn(found)).toBe(0);
    mark();
    expect(usedIn(await lintKept(root))).toBe(2);
    change(root);
    const changed = await lintKept(root);
    expect(usedIn(changed)).toBe(left);
    // Without the marks it is what an empty cache leads to, and so it stays.
    const anew = await lintTree(root);
    expect(withoutMarks(changed)).toEqual(anew.problems);
    expect(changed.skipped).toEqual(anew.skipped);
    expect(usedIn(await lintKept(root))).toBe(left);
  });

  it.each(
    looks,
  )("have only those rules look again that have to: %s", async (_what, look, change) => {
    const root = cleanTree();
    ruffSettings(root);
    await lintKept(root);
    mark();
    change(root);
    const again = lookedAgain(await lintKept(root));
    for (const rule of look.again) expect(again).toContain(rule);
    for (const rule of look.not) expect(again).not.toContain(rule);
  });

  it("are right after any changes, one after the other", async () => {
    const root = cleanTree();
    ruffSettings(root);
    commit(root);
    const possible = changes.filter(
      ([what, , , before]) => before === undefined && what !== "the whole folder",
    );
    for (const [what, , change] of possible) {
      change(root);
      expect([what, (await lintKept(root)).problems]).toEqual([
        what,
        (await lintTree(root)).problems,
      ]);
    }
  });

  it("say the same as an empty cache, in all that a result holds", async () => {
    const root = caseTree("registry-entry/rejected");
    const [first, second, anew] = [
      await lintKept(root),
      await lintKept(root),
      await lintTree(root),
    ];
    const { repairs: _, ...rest } = second;
    expect({ ...first, repairs: undefined }).toEqual({ ...rest, repairs: undefined });
    expect({ ...anew, repairs: undefined }).toEqual({ ...rest, repairs: undefined });
  });

  it("are not used for a file that was added by the branch meanwhile", async () => {
    const root = caseTree("ruff/rejected");
    await lintKept(root);
    mark();
    const added = new Set([`${folder}/view.py`, `${folder}/tests.py`]);
    const result = await lintKept(root, { branch: { added } });
    expect(usedIn(result)).toBe(1);
    expect(result.problems).toContainEqual(
      expect.objectContaining({ rule: "ruff", severity: "warning" }),
    );
  });

  it("are another program's own, and other settings'", async () => {
    const root = cleanTree();
    await lintKept(root);
    mark();
    const another = { program: "another", repairs: false };
    expect(usedIn(await lintKept(root, { cache: another }))).toBe(0);
    const settings = { severities: new Map([["ruff", "off"]] as const), exceptions: [] };
    expect(usedIn(await lintKept(root, { settings }))).toBe(0);
    expect(usedIn(await lintKept(root))).toBe(2);
  });

  it("of all rules are enough for some of them, and not the other way round", async () => {
    const root = caseTree("fixture-exists/rejected");
    const some = rules.filter(({ id }) => id === "fixture-exists");
    await lintKept(root, { rules: some });
    mark();
    expect(usedIn(await lintKept(root))).toBe(0);
    mark();
    const again = await lintKept(root, { rules: some });
    expect(withoutMarks(again)).toEqual(
      (await lintTree(root, { names: [], rules: some })).problems,
    );
    expect(usedIn(await lintKept(root))).toBe(2);
  });

  it("of one integration are enough for it alone", async () => {
    const root = cleanTree();
    await lintKept(root, { names: ["lanternpost"] });
    mark();
    expect(usedIn(await lintKept(root, { names: ["lanternpost"] }))).toBe(1);
    expect(usedIn(await lintKept(root))).toBe(1);
  });

  it("are not what a rule that failed has said", async () => {
    const root = cleanTree();
    let broken = true;
    const moody = {
      ...(rules.find(({ id }) => id === "view-file") as (typeof rules)[number]),
      check() {
        if (broken) throw new Error("the moon was full");
        return [];
      },
    };
    expect((await lintKept(root, { rules: [moody] })).summary.errors).toBe(2);
    broken = false;
    expect((await lintKept(root, { rules: [moody] })).summary.errors).toBe(0);
  });

  it("are kept of all rules but those that say that they may find something else next time", async () => {
    const root = cleanTree();
    let found = 0;
    const [first, second, ...rest] = rules as [(typeof rules)[number], (typeof rules)[number]];
    const moody = {
      ...first,
      check() {
        noteUnrepeatable("the weather");
        found += 1;
        return [];
      },
    };
    const some = [moody, second, ...rest];
    await lintKept(root, { rules: some });
    mark();
    const again = await lintKept(root, { rules: some });
    expect(found).toBe(4);
    expect(lookedAgain(again)).toEqual([first.id]);
  });

  it("are no base for repairs: what can be repaired is looked at again", async () => {
    const root = cleanTree();
    rmSync(join(root, folder, "__init__.py"));
    await lintKept(root);
    mark();
    const result = await lintKept(root, { cache: { program: "this", repairs: true } });
    expect(usedIn(result)).toBe(1);
    const repairs = [...result.repairs.values()];
    await applyChanges(root, await planRepairs(root, repairs));
    expect((await lintKept(root)).summary.errors).toBe(0);
  });
});

describe("the kept file", () => {
  it.each<[string, (text: string) => string]>([
    ["cut off", (text) => text.slice(0, -20)],
    ["empty", () => ""],
    ["no JSON", () => "\u0000\u0001"],
    ["changed in one place", (text) => text.replace("lanternpost", "lanternposT")],
  ])("is made again when it is %s", async (_what, damage) => {
    const root = caseTree("fixture-exists/rejected");
    const { problems } = await lintKept(root);
    const [path = ""] = keptFiles();
    writeFileSync(path, damage(readFileSync(path, "utf8")));
    expect((await lintKept(root)).problems).toEqual(problems);
    mark();
    expect(usedIn(await lintKept(root))).toBe(2);
  });

  it("may be written by two runs at once", async () => {
    const root = caseTree("fixture-exists/rejected");
    const runs = await Promise.all(Array.from({ length: 4 }, () => lintKept(root)));
    for (const run of runs) expect(run.problems).toEqual(runs[0]?.problems);
    mark();
    expect(usedIn(await lintKept(root))).toBe(2);
  });

  it("costs only time where it cannot be written", async () => {
    const root = caseTree("fixture-exists/rejected");
    const path = join(temporaryDirectory(), "no-folder");
    writeFileSync(path, "");
    process.env.CONNECT_WEBHOOK_CACHE = path;
    expect((await lintKept(root)).problems).toEqual((await lintTree(root)).problems);
  });

  it("does not lie about with what is left of others", async () => {
    const root = cleanTree();
    await lintKept(root);
    const below = join(cache, "lint");
    const old = new Date("2026-01-01");
    const leave = (name: string, when: Date): void => {
      writeFileSync(join(below, name), "");
      utimesSync(join(below, name), when, when);
    };
    leave(".findings-1.json.5.partial", old);
    leave(".findings-2.json.6.partial", new Date());
    for (let number = 0; number < 80; number += 1) leave(`findings-old${number}.json`, old);
    append(`${folder}/view.py`)(root);
    await lintKept(root);
    const left = readdirSync(below);
    expect(left.length).toBeLessThanOrEqual(60);
    expect(left).toContain(".findings-2.json.6.partial");
    expect(left).not.toContain(".findings-1.json.5.partial");
    for (const path of keptFiles()) if (statSync(path).size === 0) rmSync(path);
    mark();
    expect(usedIn(await lintKept(root))).toBe(2);
  });
});

/** The rules among the modules that a run of the program loads. */
async function rulesLoadedBy(root: string): Promise<string[]> {
  const folder = temporaryDirectory();
  const env = { CONNECT_WEBHOOK_CACHE: cache, NODE_V8_COVERAGE: folder };
  await cliProcess(["lint", "--all", "-C", root], { env });
  // Node writes down every script that it has loaded.
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
  const urls = texts.flatMap((text) => (JSON.parse(text) as Scripts).result.map(({ url }) => url));
  const files = urls.filter((url) => url.startsWith("file:")).map((url) => fileURLToPath(url));
  expect(files.length).toBeGreaterThan(5);
  const sources = files
    .filter((path) => path.endsWith(".js"))
    .map((path) => readFileSync(path, "utf8"));
  return rules
    .map(({ id }) => id)
    .filter((id) => sources.some((text) => text.includes(`id: "${id}"`)));
}

interface Scripts {
  result: { url: string }[];
}

describe("the rules", () => {
  it("are not loaded for a tree that has not changed", async () => {
    const root = cleanTree();
    expect(await rulesLoadedBy(root)).toHaveLength(rules.length);
    expect(await rulesLoadedBy(root)).toEqual([]);
    append(`${folder}/view.py`)(root);
    expect(await rulesLoadedBy(root)).toHaveLength(rules.length);
  });
});
