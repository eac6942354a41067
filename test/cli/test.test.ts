/** `test` as it is used: choosing tests, reporting them, recording, and the checkout's own runner. */
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import type { TestRun } from "../../src/engine/index.ts";
import { ECHO_VIEW, type Files, workspaceWith } from "../engine/tree.ts";
import { cli } from "../support/cli.ts";
import { git } from "../support/git.ts";
import { hasTerminals, inTerminal } from "../support/terminal.ts";

const says = (name: string, text: string): string =>
  `\n    def test_${name}(self) -> None:\n        self.check_webhook("${name}", "greetings", ${text})\n`;
const lamp: Files = {
  tests: says("on", '"lamp on"') + says("off", '"lamp off"'),
  fixtures: { "on.json": '{"text": "lamp on"}', "off.json": '{"text": "lamp off"}' },
};

async function run(root: string, ...args: string[]): Promise<TestRun> {
  const { stdout, stderr } = await cli(["test", "-C", root, "--json", ...args]);
  expect(stdout, stderr).not.toBe("");
  return JSON.parse(stdout) as TestRun;
}

const namesOf = (result: TestRun): string[] =>
  result.integrations.flatMap(({ tests }) => tests.map(({ name }) => name));

describe("choosing tests", () => {
  it("runs those whose name fits, and says when none does", async () => {
    const root = workspaceWith({ lamp });
    expect(namesOf(await run(root, "lamp", "--filter", "OFF"))).toEqual(["test_off"]);
    expect(namesOf(await run(root, "lamp", "--filter", "/LampTests|_o[nx]$/"))).toEqual([
      "test_on",
    ]);
    const empty = await cli(["test", "-C", root, "lamp", "--filter", "nowhere"]);
    expect(empty).toMatchObject({ exitCode: 2, stdout: "" });
    expect(empty.stderr).toContain("No test's name fits the filter.");
  });

  it("stops at the first failure with --bail", async () => {
    const broken = { ...lamp, tests: says("off", '"no"') + says("on", '"no"') };
    const result = await run(workspaceWith({ lamp: broken }), "lamp", "--bail");
    expect(result.summary).toMatchObject({ total: 1, failed: 1 });
  });

  it("gives each shard its part, whole and without overlap", async () => {
    const root = workspaceWith({ lamp, bell: lamp, gate: lamp });
    const whole = await run(root, "--all");
    const parts = [
      await run(root, "--all", "--shard", "1/2"),
      await run(root, "--all", "--shard", "2/2"),
    ];
    const ids = (results: TestRun[]): string[] =>
      results
        .flatMap(({ integrations }) => integrations)
        .flatMap(({ tests }) => tests.map(({ id }) => id))
        .sort();
    expect(ids(parts)).toEqual(ids([whole]));
    for (const { summary } of parts) expect(summary.total).toBeGreaterThan(1);
  });

  it("takes what a branch touched, and what imports from it or links to it", async () => {
    const borrowing = ECHO_VIEW.replace(
      "\n@webhook_view",
      "\nimport zerver.webhooks.lamp.view\n\n@webhook_view",
    );
    const root = workspaceWith({
      lamp,
      bell: { ...lamp, view: borrowing },
      gate: lamp,
      door: lamp,
    });
    symlinkSync(
      "../../bell/fixtures/on.json",
      join(root, "zerver/webhooks/door/fixtures/more.json"),
    );
    git(root, "init", "-b", "main");
    git(root, "add", ".");
    git(root, "commit", "-m", "one");
    const changed = async (): Promise<string[]> =>
      (await run(root, "--changed")).integrations.map(({ name }) => name).sort();
    expect(await changed()).toEqual([]);
    appendFileSync(join(root, "zerver/webhooks/gate/doc.md"), "More.\n");
    expect(await changed()).toEqual([]);
    writeFileSync(join(root, "zerver/webhooks/gate/fixtures/new.json"), "{}");
    expect(await changed()).toEqual(["gate"]);
    git(root, "add", ".");
    git(root, "commit", "-m", "two");
    appendFileSync(join(root, "zerver/webhooks/lamp/view.py"), "# edited\n");
    expect(await changed()).toEqual(["bell", "door", "lamp"]);
    const unknown = await cli(["test", "-C", root, "--changed", "nowhere"]);
    expect(unknown.exitCode).toBe(2);
    expect(unknown.stderr).toContain("Git knows no commit called nowhere.");
  });

  it.skipIf(!hasTerminals)("says with --watch, too, that a filter fits nothing", async () => {
    const root = workspaceWith({ lamp });
    const terminal = inTerminal(["test", "--watch", "--filter", "nosuch"], root);
    await terminal.shows("No test's name fits the filter.");
    await terminal.shows("q quit");
    terminal.press("q");
    expect((await terminal.ended).shown).not.toContain("0 passed");
  });

  it.skipIf(!hasTerminals)("tells one mistake once with --watch, too", async () => {
    const misspelt = ECHO_VIEW.replace(/(?<=\n {4})check_send_webhook_message\(/, "check_send_it(");
    const terminal = inTerminal(
      ["test", "--watch"],
      workspaceWith({ lamp: { ...lamp, view: misspelt } }),
    );
    await terminal.shows("q quit");
    terminal.press("q");
    const { shown } = await terminal.ended;
    expect(shown).toContain("and 1 more test");
    expect(shown.match(/NameError: name 'check_send_it' is not defined/g)).toHaveLength(1);
  });

  it.skipIf(!hasTerminals)(
    "reads with --watch what is behind links, and all with `a`",
    async () => {
      const root = workspaceWith({ lamp, lights: { ...lamp, fixtures: {} } });
      const own = join(root, "zerver/webhooks/lamp/fixtures");
      const links = join(root, "zerver/webhooks/lights/fixtures");
      // Where nobody watches.
      const shared = join(root, "shared.json");
      writeFileSync(shared, '{"text": "lamp off"}');
      mkdirSync(links, { recursive: true });
      symlinkSync("../../lamp/fixtures/on.json", join(links, "on.json"));
      symlinkSync("../../../../shared.json", join(links, "off.json"));
      const terminal = inTerminal(["test", "--watch", "lights"], root);
      await terminal.shows("2 passed");
      await terminal.shows("q quit");
      writeFileSync(join(own, "on.json"), '{"text": "lamp blinks"}');
      await terminal.shows("1 passed, 1 failed");
      await terminal.shows("q quit");
      writeFileSync(shared, '{"text": "lamp out"}');
      terminal.press("a");
      await terminal.shows("2 failed");
      await terminal.shows("q quit");
      terminal.press("q");
      expect((await terminal.ended).exitCode).toBe(0);
    },
  );

  it("refuses --watch without a terminal", async () => {
    const { exitCode, stderr } = await cli(["test", "-C", workspaceWith({ lamp }), "--watch"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("--watch needs a terminal");
  });
});

describe("one cause of many failures", () => {
  const broken = ECHO_VIEW.replace('payload["text"]', 'payload["txt"]');
  const lights = ["red", "blue", "pink"];
  const files: Files = {
    view: broken.replaceAll("%name%", "lights"),
    tests: lights.map((light) => says(light, `"lamp ${light}"`)).join(""),
    fixtures: Object.fromEntries(lights.map((one) => [`${one}.json`, `{"text": "lamp ${one}"}`])),
  };
  const said = (text: string): string[] =>
    text.match(/\['txt'\]' is missing|txt.*is missing/g) ?? [];

  it("is told once, with the tests that it takes down", async () => {
    const root = workspaceWith({ lights: files });
    const { exitCode, stdout } = await cli(["test", "-C", root, "lights"]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("test_blue and 2 more tests\n  zerver/webhooks/lights/view.py:");
    expect(stdout).toMatch(/^ {2}The same in test_pink, test_red\.$/m);
    expect(stdout).toMatch(/^ {6}raised in zerver\/lib\/\S+, line \d+$/m);
    expect(stdout.match(/Traceback/g)).toHaveLength(1);
    const junit = (await cli(["test", "-C", root, "lights", "--reporter", "junit"])).stdout;
    expect(junit.match(/It fails as \S+test_blue does\./g)).toHaveLength(2);
    expect(said(junit).length).toBeGreaterThanOrEqual(3);
    const github = (await cli(["test", "-C", root, "lights", "--reporter", "github"])).stdout;
    expect(github.match(/^::error.*test_blue and 2 more tests/gm)).toHaveLength(1);
  });

  it("is what a library explains at length for many events, and told without saying it twice", async () => {
    const view = ECHO_VIEW.replaceAll("%name%", "lights").replace(
      /^ {4}(?=check_send)/m,
      (start) =>
        `${start}name = payload["text"].tame(check_string)\n${start}raise ValueError(f'The event "{name}" is not declared.\\nAdd "{name}" to the list.')\n${start}`,
    );
    const root = workspaceWith({ lights: { ...files, view } });
    const { stdout } = await cli(["test", "-C", root, "lights"]);
    expect(stdout).toContain("test_blue and 2 more tests\n");
    expect(stdout).toContain('  ValueError: The event "lamp blue" is not declared.\n');
    expect(stdout.match(/Add "lamp blue" to the list\./g)).toHaveLength(1);
  });

  it("is a fixture that is not there, with where its link leads", async () => {
    const root = workspaceWith({
      lamp: { ...lamp, fixtures: { "on.json": lamp.fixtures?.["on.json"] ?? "" } },
    });
    const fixtures = "zerver/webhooks/lamp/fixtures";
    const missing = `${fixtures} has no file off.json`;
    const outputs = async () => [
      (await cli(["test", "-C", root, "lamp"])).stdout,
      (await cli(["lint", "-C", root, "lamp", "--rule", "fixture-link"])).stdout,
    ];
    expect((await outputs())[0]).toContain(`  ${missing}\n`);
    symlinkSync("../../bell/fixtures/gone.json", join(root, fixtures, "off.json"));
    const leads = "link leads to zerver/webhooks/bell/fixtures/gone.json, which is not there";
    const [tested, linted] = await outputs();
    expect(tested).toContain(`  ${missing}: the ${leads}\n`);
    expect(linted).toContain(`The ${leads}.`);
    const { stderr } = await cli(["preview", "-C", root, "lamp", "off"]);
    expect(stderr).toContain(`${missing}: the ${leads}.`);
  });

  it("is a name that several functions of a view misspell, and a view that is no Python", async () => {
    const branches =
      '    if topic == "lamp blue":\n        fre(topic)\n    fre(topic)\n    check_send';
    const view = ECHO_VIEW.replaceAll("%name%", "lights")
      .replace(/^ {4}(?=check_send)/m, '    topic = payload["text"].tame(check_string)\n    $&')
      .replace(/^ +check_send/m, branches);
    const root = workspaceWith({ lights: { ...files, view } });
    const misspelt = (await cli(["test", "-C", root, "lights"])).stdout;
    expect(misspelt).toContain("name 'fre' is not defined");
    expect(misspelt.match(/Traceback/g)).toHaveLength(1);
    const open = workspaceWith({ lights: { ...files, view: `${view}\ndef after(\n` } });
    const { stdout } = await cli(["test", "-C", open, "lights"]);
    expect(stdout).toContain("SyntaxError");
    expect(stdout).not.toContain("<frozen");
    expect(stdout.trim().split("\n").length).toBeLessThan(19);
  });

  it("is the same difference in messages that are not the same, and no other", async () => {
    const view = ECHO_VIEW.replaceAll("%name%", "lights").replace(
      "tame(check_string)",
      'tame(check_string).replace("lamp", "lmp")',
    );
    const others = says("dark", '"lamp off"');
    const fixtures = { ...files.fixtures, "dark.json": '{"text": "lamp dark"}' };
    const root = workspaceWith({ lights: { view, fixtures, tests: `${files.tests}${others}` } });
    const { stdout } = await cli(["test", "-C", root, "lights"]);
    expect(stdout.match(/^✗ lights › \S+( and .*)?$/gm)).toEqual([
      expect.stringContaining("test_blue and 2 more tests"),
      expect.stringMatching(/test_dark$/),
    ]);
    expect(stdout.match(/The message differs/g)).toHaveLength(2);
  });

  it("is a fixture that is cut off, or in the middle of a merge, and not the tests that send it", async () => {
    const cut = '{\n  "text": "lamp';
    const merged =
      '{\n<<<<<<< HEAD\n  "text": "lamp off"\n=======\n  "text": "off"\n>>>>>>> lamp\n}';
    const root = workspaceWith({
      lamp: {
        tests: `${lamp.tests}${says("on", '"lamp on"').replace("test_on", "test_again")}
    def test_broken_on_purpose(self) -> None:
        with self.assertRaises(ValueError):
            self.check_webhook("broken")
`,
        fixtures: { "on.json": cut, "off.json": merged, "broken.json": "{" },
      },
    });
    const { stdout, exitCode } = await cli(["test", "-C", root, "lamp"]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(`test_again and 1 more test
  zerver/webhooks/lamp/fixtures/on.json:2:16
  on.json ends in the middle, at line 2, column 16
  The same in test_on.
`);
    expect(stdout).toContain(`test_off
  zerver/webhooks/lamp/fixtures/off.json:2:1
  off.json, line 2: a conflict marker of an unfinished merge

1 passed, 3 failed`);
    const { stdout: annotated } = await cli(["test", "-C", root, "lamp", "--reporter", "github"]);
    expect(annotated).toContain(
      "::error file=zerver/webhooks/lamp/fixtures/on.json,line=2,col=16,",
    );
  });

  it("is not a fixture that is broken on purpose, where the test expects another answer to it", async () => {
    const root = workspaceWith({
      lamp: {
        tests: `
    def test_broken(self) -> None:
        result = self.client_post(self.url, "{", content_type="application/json")
        self.assert_json_error(result, "Not what is said")
`,
        fixtures: { "broken.json": "{" },
      },
    });
    const [only] = (await run(root, "lamp")).integrations;
    expect(only?.tests[0]?.error).toMatchObject({ expected: "Not what is said" });
    expect(only?.tests[0]?.error).not.toHaveProperty("ofFixture");
  });

  it("in the library takes down several integrations, and is told once", async () => {
    const view = (name: string): string =>
      ECHO_VIEW.replaceAll("%name%", name).replace("check_send_webhook_message\n", "nowhere\n");
    const root = workspaceWith({
      lights: { ...files, view: view("lights") },
      lamp: { ...lamp, view: view("lamp") },
    });
    const { stdout } = await cli(["test", "-C", root, "lights", "lamp"]);
    expect(stdout.match(/cannot import name/g)).toHaveLength(1);
    expect(stdout).toMatch(/The same in .*(lamp|lights) › test_/);
    expect(stdout).not.toContain("/checkout/");
  });

  it("is linked to its line where the terminal shows links", async () => {
    const root = workspaceWith({ lights: files });
    const env = { FORCE_COLOR: "1", FORCE_HYPERLINK: "1" };
    const { stdout } = await cli(["test", "-C", root, "lights"], { env });
    const place = "zerver/webhooks/lights/view.py";
    expect(stdout).toMatch(new RegExp(`\\]8;;file://${root}/${place}#(\\d+)\\S+${place}:\\1`));
  });
});

describe("reports", () => {
  const nasty: Files = {
    tests: `${says("on", '"<lamp> & \\x1b[31m\\"on\\" ]]>"')}
    def test_raises(self) -> None:
        self.check_webhook("bad", "greetings", "x")
`,
    fixtures: { "on.json": '{"text": "lamp on"}', "bad.json": '{"text": "bad"}' },
    view: ECHO_VIEW.replace(
      "    check_send",
      '    assert text != "bad", "50%\\n::error::x"\n    check_send',
    ),
  };

  it("writes JUnit that XML readers take, whatever the texts hold", async () => {
    const { stdout, exitCode } = await cli([
      "test",
      "-C",
      workspaceWith({ lamp: nasty }),
      "lamp",
      "--reporter",
      "junit",
    ]);
    expect(exitCode).toBe(1);
    expect(XMLValidator.validate(stdout)).toBe(true);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML does not allow them
    expect(stdout).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
    const { testsuites } = new XMLParser({ ignoreAttributes: false }).parse(stdout);
    expect(testsuites.testsuite).toMatchObject({
      "@_name": "lamp",
      "@_tests": "2",
      "@_failures": "2",
    });
    expect(testsuites.testsuite.testcase[0].failure["#text"]).toContain(
      '<lamp> & \\u001b[31m"on" ]]>',
    );
  });

  it("annotates the view's line where the view raised, else the test's", async () => {
    const root = workspaceWith({ lamp: nasty });
    const { stdout } = await cli(["test", "-C", root, "lamp", "--reporter", "github"]);
    const annotations = stdout.split("\n").filter((line) => line.startsWith("::"));
    const line = readFileSync(join(root, "zerver/webhooks/lamp/view.py"), "utf8")
      .split("\n")
      .findIndex((text) => text.includes("assert text"));
    expect(annotations).toHaveLength(2);
    expect(annotations[0]).toMatch(
      /^::error file=zerver\/webhooks\/lamp\/tests\.py,line=\d+,title=lamp%3A test_on::/,
    );
    expect(annotations[1]).toContain(`file=zerver/webhooks/lamp/view.py,line=${line + 1},`);
    expect(annotations[1]).toContain("50%25%0A::error::x");
    expect(stdout).toContain("0 passed, 2 failed");
  });

  it("never lets a control character of a test reach the terminal", async () => {
    const { stdout } = await cli(["test", "-C", workspaceWith({ lamp: nasty }), "lamp"]);
    expect(stdout).toContain("\\x1b[31m");
    expect(stdout).not.toContain("\u001b");
  });

  it("shows which lines of the view do not run, and fails below a limit", async () => {
    const view = `${ECHO_VIEW}\n\ndef unused() -> int:\n    """Says nothing."""\n    return 1\n\n\ndef left_out() -> int:\n    return 2  # nocoverage\n`;
    const root = workspaceWith({ lamp: { ...lamp, view } });
    const lines = readFileSync(join(root, "zerver/webhooks/lamp/view.py"), "utf8").split("\n");
    const [result] = (await run(root, "lamp", "--coverage")).integrations;
    expect(result?.coverage?.missing).toEqual([lines.indexOf("    return 1") + 1]);
    expect(result?.coverage).toMatchObject({ lines: 14, covered: 13 });
    const low = await cli(["test", "-C", root, "lamp", "--coverage-min", "95"]);
    expect(low.exitCode).toBe(1);
    expect(low.stdout).toMatch(
      / 92\.8 % {2}zerver\/webhooks\/lamp\/view\.py {2}13 of 14 lines {2}not run: \d+/,
    );
    expect(low.stderr).toContain("lamp is covered by 92.8 %, less than 95 %.");
    expect((await cli(["test", "-C", root, "lamp", "--coverage-min", "90"])).exitCode).toBe(0);
  });
});

describe("--record", () => {
  const stale: Files = {
    tests: `${says("on", '"old"')}
    def test_formatted(self) -> None:
        word = "old"
        self.check_webhook("off", "greetings", f"{word} text")
`,
    fixtures: { ...lamp.fixtures, "left-open.json": '{"text": "two\\nlines"}', "bad.json": "{}" },
  };

  it("writes tests, corrects what is expected, says what is left, and proves it", async () => {
    const root = workspaceWith({ lamp: stale });
    const { exitCode, stdout, stderr } = await cli([
      "test",
      "-C",
      root,
      "lamp",
      "--record",
      "--yes",
    ]);
    const tests = readFileSync(join(root, "zerver/webhooks/lamp/tests.py"), "utf8");
    expect(tests).toContain(says("on", '"lamp on"'));
    expect(tests).toContain('expected_message = """two\nlines"""\n');
    expect(tests).toContain("    def test_left_open(self) -> None:\n");
    expect(stderr).toContain("- old\n  + lamp on");
    expect(stdout).toContain("2 passed, 1 failed");
    expect(stdout).toContain("Recorded: 1 test written, 1 expectation corrected.");
    expect(stdout).toContain(
      "test_formatted (zerver/webhooks/lamp/tests.py:13): the expectation is an f-string.",
    );
    expect(stdout).toContain("fixture bad.json (zerver/webhooks/lamp/fixtures/bad.json): the view");
    expect(exitCode).toBe(1);
  });

  it.each([
    ["in CI", ["--yes"], { CI: "1" }, 1],
    ["where nobody can answer", [], {}, 2],
  ] as const)("writes nothing %s", async (_case, flags, env, code) => {
    const root = workspaceWith({ lamp: stale });
    const file = join(root, "zerver/webhooks/lamp/tests.py");
    const before = readFileSync(file, "utf8");
    expect((await cli(["test", "-C", root, "lamp", "--record", ...flags], { env })).exitCode).toBe(
      code,
    );
    expect(readFileSync(file, "utf8")).toBe(before);
  });
});

describe("--engine checkout", () => {
  /** A tree whose own runner says this, and ends with this exit code. */
  function treeWithRunner(lines: string, exitCode: number): string {
    const root = workspaceWith({ lamp });
    mkdirSync(join(root, "tools"), { recursive: true });
    const script = `#!/bin/sh\necho "$@" > asked\ncat <<'END'\n${lines}\nEND\nexit ${exitCode}\n`;
    writeFileSync(join(root, "tools/test-backend"), script);
    chmodSync(join(root, "tools/test-backend"), 0o755);
    return root;
  }
  const ids = ["on", "off"].map((name) => `zerver.webhooks.lamp.tests.LampTests.test_${name}`);
  const running = ids.map((id) => `Running ${id}`).join("\n");
  const failed = `${running}

======================================================================
FAIL: test_off (zerver.webhooks.lamp.tests.LampTests)
----------------------------------------------------------------------
Traceback (most recent call last):
  File "/srv/zulip/zerver/webhooks/lamp/tests.py", line 12, in test_off
    self.check_webhook("off", "greetings", "no")
  File "/srv/zulip/zerver/lib/test_classes.py", line 2183, in check_webhook
    self.assertEqual(message.content, content)
AssertionError: 'lamp off' != 'no'
- lamp off
+ no

----------------------------------------------------------------------
Ran 2 tests in 1.234s

FAILED (failures=1)`;

  it("reports what the runner says in the same shape", async () => {
    const root = treeWithRunner(failed, 1);
    const result = await run(root, "lamp", "--engine", "checkout", "--bail");
    expect(readFileSync(join(root, "asked"), "utf8")).toBe("--stop zerver/webhooks/lamp\n");
    expect(result).toMatchObject({
      engine: "checkout",
      summary: { total: 2, passed: 1, failed: 1 },
    });
    const [, off] = result.integrations[0]?.tests ?? [];
    expect(off).toMatchObject({
      id: ids[1],
      name: "test_off",
      status: "failed",
      error: { type: "AssertionError", path: "zerver/webhooks/lamp/tests.py", line: 12 },
    });
    expect(off?.error?.message).toBe("'lamp off' != 'no'\n- lamp off\n+ no");
    const ours = await run(root, "lamp");
    const keys = ({ integrations: [first] }: TestRun): string[] => Object.keys(first ?? {});
    expect(keys(result)).toEqual(keys(ours));
  });

  it("passes when all pass, also through a prefix", async () => {
    const root = treeWithRunner(`${running}\n\nRan 2 tests in 0.1s\n\nOK`, 0);
    for (const prefix of ["env A=b", "sh -c", "sh -c 'cd . && {}'"]) {
      const { exitCode, stdout } = await cli([
        "test",
        "-C",
        root,
        "lamp",
        "--engine",
        "checkout",
        "--engine-prefix",
        prefix,
      ]);
      expect(stdout).toContain("2 passed, 0 failed");
      expect(exitCode).toBe(0);
    }
  });

  it.each([
    ["not provisioned", "You need to run tools/provision.", 1, "You need to run tools/provision."],
    ["killed on the way", running, 137, "ended with exit code 137"],
    ["done, and yet unhappy", `${running}\nRan 2 tests in 0.1s\n`, 1, "ended with exit code 1"],
  ])("ends with 3 when the environment is %s", async (_case, lines, code, sentence) => {
    const root = treeWithRunner(lines, code);
    const { exitCode, stderr, stdout } = await cli([
      "test",
      "-C",
      root,
      "lamp",
      "--engine",
      "checkout",
    ]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: "" });
    expect(stderr).toContain(sentence);
    expect(stderr).toContain("tools/provision");
  });

  it.each([
    ["a tree without a runner", [], 2, "has no tools/test-backend"],
    [
      "a prefix that does not exist",
      ["--engine-prefix", "no-such-program"],
      3,
      "could not be started",
    ],
    ["a prefix with an open quote", ["--engine-prefix", "ssh 'x"], 2, "is not a command"],
  ])("refuses %s", async (what, flags, code, sentence) => {
    const root = what.startsWith("a tree") ? workspaceWith({ lamp }) : treeWithRunner("", 0);
    const { exitCode, stderr } = await cli([
      "test",
      "-C",
      root,
      "lamp",
      "--engine",
      "checkout",
      ...flags,
    ]);
    expect(stderr).toContain(sentence);
    expect(exitCode).toBe(code);
  });
});
