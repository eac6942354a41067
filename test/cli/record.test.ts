/** What `test --record` and `preview` say of what they show, and how the tests are written. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ECHO_VIEW, type Files, workspaceWith } from "../engine/tree.ts";
import { cli } from "../support/cli.ts";
import { hasTerminals, inTerminal } from "../support/terminal.ts";

const folder = "zerver/webhooks/lamp";
const TESTS = `${folder}/tests.py`;
const says = (name: string, topic: string, text: string): string =>
  `\n    def test_${name}(self) -> None:\n        self.check_webhook("${name}", "${topic}", "${text}")\n`;

const record = (root: string, ...more: string[]) =>
  cli(["test", "-C", root, "lamp", "--record", ...more]);
const read = (root: string, path: string): string => readFileSync(join(root, path), "utf8");

/** A view that puts a sign before each text, whose name it is handed. */
const signed = (emoji: string): string =>
  ECHO_VIEW.replace('"greetings", text)', `"greetings", sign("${emoji}", text))`).replace(
    "\n@webhook_view",
    '\ndef sign(emoji: str, text: str) -> str:\n    return f":{emoji}: {text}"\n\n\n@webhook_view',
  );

it("tells an emoji that Connect does not have, with Connect's name, where a message is shown", async () => {
  const view = signed("white_check_mark");
  const fixtures = { "on.json": '{"text": "lamp `:no_such_lamp:` on"}' };
  const root = workspaceWith({ lamp: { view, tests: says("on", "greetings", "old"), fixtures } });
  const warning =
    "The message shows :white_check_mark: as it is: Connect has no such emoji. Connect calls it `:check:`.";
  const shown = await cli(["preview", "-C", root, "lamp", "on"]);
  expect(shown.stderr).toContain(warning);
  expect(shown.stderr).not.toContain("no_such_lamp");
  expect((await record(root, "--yes")).stderr).toContain(warning);
  writeFileSync(join(root, folder, "view.py"), signed("check"));
  const mended = await record(root, "--yes");
  expect(mended.stderr).not.toContain("no such emoji");
});

it("says that a topic differs where it is the topic", async () => {
  const lamp: Files = {
    tests: says("on", "salutations", "lamp on"),
    fixtures: { "on.json": '{"text": "lamp on"}' },
  };
  const root = workspaceWith({ lamp });
  const { stdout } = await cli(["test", "-C", root, "lamp"]);
  expect(stdout).toContain("The topic differs: - expected, + sent");
  expect((await record(root, "--yes")).stderr).toContain("The topic differs");
  expect(read(root, TESTS)).toContain('"on", "greetings", "lamp on"');
});

/** Tests of two fixtures, each with two checks, of which all topics and messages are wrong. */
const allWrong: Files = {
  tests:
    says("on", "Old", "old") +
    '        self.check_webhook("off", "Older", "older and older")\n' +
    says("off", "No", "no"),
  fixtures: { "on.json": '{"text": "lamp on"}', "off.json": '{"text": "lamp off"}' },
};
const allRight = `${says("on", "greetings", "lamp on")}        self.check_webhook("off", "greetings", "lamp off")\n`;

it.skipIf(!hasTerminals)("asks once for each test, and keeps what was accepted", async () => {
  const root = workspaceWith({ lamp: allWrong });
  const before = read(root, TESTS);
  const terminal = inTerminal(["test", "lamp", "--record"], root);
  await terminal.shows("Accept, skip or quit?");
  terminal.press("s\r");
  await terminal.shows("older and older");
  terminal.press("a\r");
  const { exitCode, shown } = await terminal.ended;
  expect(shown).toContain("Recorded: 0 tests written, 4 expectations corrected.");
  expect(exitCode).toBe(1);
  const skipped = says("off", "No", "no");
  expect(read(root, TESTS)).toBe(
    before.slice(0, before.indexOf(says("on", "Old", "old"))) + allRight + skipped,
  );
});

it("plans all that it would write, and leaves what two tests share", async () => {
  const root = workspaceWith({ lamp: allWrong });
  const [before, planned] = [read(root, TESTS), await record(root, "--dry-run")];
  expect(planned.stdout).toContain("Would be recorded: 0 tests written, 6 expectations corrected.");
  expect(read(root, TESTS)).toBe(before);
  writeFileSync(
    join(root, TESTS),
    `${before.slice(0, before.indexOf("\n    def"))}
    def test_off(self) -> None:
        self.says("off")

    def test_on(self) -> None:
        self.says("on")

    def says(self, name: str) -> None:
        self.check_webhook(name, "greetings", "dim")
`,
  );
  const { stdout, exitCode } = await record(root, "--yes");
  expect([exitCode, stdout]).toEqual([1, expect.stringContaining("another test expects the same")]);
});

it("tells what changes alike once, and what changes otherwise with its place", async () => {
  const names = ["on", "off", "dim", "red"];
  const fixtures = Object.fromEntries(
    names.map((name) => [`${name}.json`, JSON.stringify({ text: `lamp ${name}` })]),
  );
  const tests = [
    ...names.map((name) => says(name, "greetings", `lamp ${name}`)),
    '\n    def test_made(self) -> None:\n        self.check_webhook("on", "greetings", f"lamp {1}")\n',
  ];
  const view = ECHO_VIEW.replace(
    '"greetings", text)',
    '"greetings", text.replace("lamp", "**lamp**").replace("red", "red!"))',
  );
  const root = workspaceWith({ lamp: { view, tests: tests.join(""), fixtures } });
  const { stdout, stderr } = await record(root, "--dry-run");
  const lineOf = (text: string): number =>
    read(root, TESTS)
      .split("\n")
      .findIndex((line) => line.includes(text)) + 1;
  const lines = stdout.slice(stdout.indexOf("Would be recorded")).trim().split("\n");
  expect(lines).toEqual([
    "Would be recorded: 0 tests written, 4 expectations corrected.",
    '3 of them in the same way: "**" was added.',
    "1 otherwise:",
    `  lamp › test_red  ${TESTS}:${lineOf('"lamp red"')}: "!" was added, "**" was added`,
    `Left to you: lamp, test_made (${TESTS}:${lineOf("def test_made")}): the expectation is an f-string.`,
  ]);
  expect(stderr.match(/The message differs/g)).toHaveLength(2);
  expect(stderr).toContain("changes as test_");
  expect((await record(root, "--yes")).stdout).toContain("1 otherwise:");
});

it("writes tests as the tree's formatter does, if they were formatted before", async () => {
  const long = `lamp ${"on and ".repeat(11)}on`;
  const recorded = async (before: (tests: string) => string): Promise<string> => {
    const fixtures = { "on.json": JSON.stringify({ text: long }) };
    const root = workspaceWith({ lamp: { tests: says("on", "greetings", "old"), fixtures } });
    mkdirSync(join(root, "tools"), { recursive: true });
    writeFileSync(join(root, "tools/lint"), 'format = ["ruff", "format", "--quiet"]\n');
    writeFileSync(join(root, TESTS), before(read(root, TESTS)));
    expect((await record(root, "--yes")).exitCode).toBe(0);
    return read(root, TESTS);
  };
  expect(await recorded((tests) => tests.replace("\n\n\n    def", "\n\n    def"))).toMatch(
    /self\.check_webhook\(\n {12}"on",\n/,
  );
  expect(await recorded((tests) => tests)).toContain('self.check_webhook("on", "greetings", ');
});

it("names a fixture that is no JSON, with the place, in preview and lint", async () => {
  const fixtures = { "on.json": '{\n  "text": "lamp on"\n  "more": 1\n}\n' };
  const root = workspaceWith({ lamp: { tests: says("on", "greetings", "lamp on"), fixtures } });
  const shown = await cli(["preview", "-C", root, "lamp", "on"]);
  expect(shown.stderr).toContain("on.json is not JSON from line 3, column 3 on.");
  const { stdout } = await cli(["lint", "-C", root, "lamp", "--rule", "fixtures-valid", "--json"]);
  expect(JSON.parse(stdout).problems).toMatchObject([
    {
      path: `${folder}/fixtures/on.json`,
      line: 3,
      column: 3,
      message: "The fixture is not JSON from line 3, column 3 on.",
    },
  ]);
});

it.each([
  '{\n  "text": "lamp on",\n  "mo',
  '{\n  "text": "lamp on",',
  '{\n  "text": {\n    "a": 1\n  }\n',
  "[1",
])("says of a fixture that is cut off that it ends in the middle, once and with the same words: %j", async (text) => {
  const root = workspaceWith({
    lamp: { tests: says("on", "greetings", "lamp on"), fixtures: { "on.json": text } },
  });
  const lines = text.trimEnd().split("\n");
  const [line, column] = [lines.length, (lines.at(-1)?.length ?? 0) + 1];
  const words = `ends in the middle, at line ${line}, column ${column}`;
  const shown = await cli(["preview", "-C", root, "lamp", "on"]);
  expect(shown.stderr).toContain(`on.json ${words}.`);
  expect((await cli(["test", "-C", root, "lamp"])).stdout).toContain(`on.json ${words}\n`);
  const rules = ["--rule", "fixtures-valid", "fixture-format"];
  const { stdout } = await cli(["lint", "-C", root, "lamp", ...rules, "--fix", "--json"]);
  expect(JSON.parse(stdout).problems).toMatchObject([
    { rule: "fixtures-valid", line, column, message: `The fixture ${words}.`, fixable: false },
  ]);
  expect(readFileSync(join(root, folder, "fixtures/on.json"), "utf8")).toBe(text);
});
