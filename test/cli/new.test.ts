import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import { cli } from "../support/cli.ts";
import { git } from "../support/git.ts";
import { hasTerminals, inTerminal } from "../support/terminal.ts";
import { edit, fingerprint, temporaryDirectory, temporaryWorkspace } from "../support/tree.ts";

const payload = (name: string): string => join(packageRoot, "fixtures", "payloads", name);
const deploy = payload("acmedeploy/deploy_finished.json");
const basics = ["new", "acmedeploy", "--category", "deployment", "--payload", deploy];

/** A file of this content, to give on the command line. */
function given(name: string, content: string): string {
  const path = join(temporaryDirectory(), name);
  writeFileSync(path, content);
  return path;
}

describe("new", () => {
  it("makes an integration whose tests pass, and says what it wrote", async () => {
    const cwd = temporaryWorkspace();
    const { exitCode, stdout } = await cli(
      [...basics, "--display-name", "Acme Deploy", "--no-screenshot", "--json", "--yes"],
      { cwd },
    );
    expect({ exitCode, report: JSON.parse(stdout) }).toEqual({
      exitCode: 0,
      report: {
        version: 1,
        name: "acmedeploy",
        created: [
          "zerver/webhooks/acmedeploy/__init__.py",
          "zerver/webhooks/acmedeploy/view.py",
          "zerver/webhooks/acmedeploy/tests.py",
          "zerver/webhooks/acmedeploy/doc.md",
          "zerver/webhooks/acmedeploy/fixtures/deploy_finished.json",
          "static/images/integrations/logos/acmedeploy.svg",
          "static/images/integrations/bot_avatars/acmedeploy.png",
        ],
        updated: ["zerver/lib/integrations.py"],
        removed: [],
        todos: [],
        replaced: [],
        dryRun: false,
      },
    });
    const fixture = join(cwd, "zerver/webhooks/acmedeploy/fixtures/deploy_finished.json");
    expect(readFileSync(fixture)).toEqual(readFileSync(deploy));

    const before = fingerprint(cwd);
    const again = await cli([...basics, "--yes"], { cwd });
    expect(again.exitCode).toBe(2);
    expect(again.stderr).toMatch(
      /^✗ acmedeploy is already registered \(.*, line \d+\)\.\n {2}Choose/,
    );
    expect(fingerprint(cwd)).toBe(before);
  });

  it("draws the picture, and says what to do next", async () => {
    const cwd = temporaryWorkspace();
    git(cwd, "init", "--quiet");
    const { exitCode, stdout, stderr } = await cli([...basics, "--yes"], { cwd });
    expect(stderr).toContain("✓ acmedeploy is in the tree.");
    expect(stderr).toContain("✓ Its 2 tests pass.");
    expect(stderr).toContain("✓ The picture is static/images/integrations/acmedeploy/001.png.");
    expect(stderr).toContain("git add zerver/webhooks/acmedeploy ");
    expect(stdout).toContain("acmedeploy.svg  created");
    expect(stdout).toContain('+    "acmedeploy": [ScreenshotConfig("deploy_finished.json")],');
    expect(exitCode).toBe(0);
    const picture = readFileSync(join(cwd, "static/images/integrations/acmedeploy/001.png"));
    expect(picture.readUInt32BE(16)).toBe(1520);
  });

  it("warns of a payload that describes a request and is none", async () => {
    const cwd = temporaryWorkspace();
    const path = join(cwd, "from-the-docs.json");
    writeFileSync(path, '{"id":"<uuid>","event":"<dot.name>","author":"<string>"}');
    const args = ["new", "acmedeploy", "--category", "deployment", "--payload", path];
    const { exitCode, stderr } = await cli([...args, "--dry-run", "--yes"], { cwd });
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(
      /! .*from-the-docs\.json describes a request and is none: it holds <\w+> in the place of values\.\n {2}The draft is only as good/,
    );
  });

  it("says what the payloads leave to the author, until the view says it", async () => {
    const cwd = temporaryWorkspace();
    const berth = given("berth.json", '{"berth": {"name": "B7"}, "author": {"name": "Ada"}}');
    const words = ["new", "quayside", "--category", "misc", "--payload", berth];
    const view = "zerver/webhooks/quayside/view.py";
    const dry = await cli([...words, "--dry-run", "--json"], { cwd });
    const text = "The payloads do not say in a verb or a state what happened.";
    const { todos } = JSON.parse(dry.stdout);
    expect(todos).toEqual([{ path: view, line: expect.any(Number), text }]);
    const made = await cli([...words, "--no-screenshot", "--yes"], { cwd });
    expect(made.stderr).toContain(
      `! 1 TODO in the view needs an answer from the service's documentation:\n  ${view}:${todos[0].line}: ${text}\n`,
    );
    const checked = await cli(["lint", "quayside"], { cwd });
    expect(checked.stdout).toContain(`${view}:${todos[0].line}\n    ! Something is left to do`);
    edit(cwd, view, (source) => source.replace(/ +# TODO: .*\n/, ""));
    expect((await cli(["lint", "quayside"], { cwd })).stdout).not.toContain(`${view}:`);
  });

  it("makes everything else where there is no browser, and says how to get the picture", async () => {
    const { exitCode, stderr } = await cli([...basics, "--yes"], {
      cwd: temporaryWorkspace(),
      env: { PUPPETEER_EXECUTABLE_PATH: "/nonexistent" },
    });
    expect(stderr).toContain("✓ Its 2 tests pass.");
    expect(stderr).toContain("Next:");
    expect(stderr).not.toContain("git add");
    expect(stderr).toMatch(
      /! No picture was drawn: .*connect-webhook screenshot --integration acmedeploy/,
    );
    expect(exitCode).toBe(0);
  });

  it("shows a plan without writing", async () => {
    const cwd = temporaryWorkspace();
    const before = fingerprint(cwd);
    const { exitCode, stdout } = await cli([...basics, "--dry-run"], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("└── view.py  created");
    expect(stdout).toContain("+def api_acmedeploy_webhook(");
    expect(stdout).toContain("deploy_finished.json › checkout / main\n│ Deployment [Checkout");
    expect(stdout).toContain("Event types: deployment.finished\n");
    expect(stdout).toContain('+    "acmedeploy": [ScreenshotConfig("deploy_finished.json")],');
    expect(fingerprint(cwd)).toBe(before);
  });

  it("does not let a payload speak to the terminal", async () => {
    const path = given("esc.json", JSON.stringify({ title: "\u001b]0;owned\u0007 \u202etxt" }));
    const raw = given("raw.json", '{"a\u009b31m":1}');
    const { stdout, stderr } = await cli(
      ["new", "esc", "--category", "misc", "--payload", path, raw, "--dry-run"],
      { cwd: temporaryWorkspace() },
    );
    expect(stdout).toContain("raw.json");
    expect(stderr).toContain("! No key names the event in all of these payloads");
    expect(stdout).not.toMatch(/[^\P{C}\n]/u);
  });

  it("takes fifty payloads with odd names, of services that have nothing in common", async () => {
    const folder = temporaryDirectory();
    const payloads = Array.from({ length: 50 }, (_, at) => {
      const path = join(folder, `Ereignis №${at} "neu" & 'alt'.json`);
      const body =
        at % 2 === 0 ? { [`k${at}`]: { title: `T${at}` } } : [{ id: at, name: `N${at}` }];
      writeFileSync(path, JSON.stringify(body));
      return path;
    });
    const { exitCode, stdout, stderr } = await cli(
      ["new", "mixed", "--category", "misc", "--payload", ...payloads, "--dry-run", "--json"],
      { cwd: temporaryWorkspace() },
    );
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    const { created } = JSON.parse(stdout) as { created: string[] };
    const fixtures = created.filter((path) => path.includes("/fixtures/"));
    expect(fixtures).toHaveLength(50);
    expect(fixtures[0]).toBe("zerver/webhooks/mixed/fixtures/ereignis_no0_neu_alt.json");
    expect(stderr).toContain("No key names the event in all of these payloads");
  });

  it("lists every missing answer at once where nobody can be asked", async () => {
    const { exitCode, stderr } = await cli(["new"], { cwd: temporaryWorkspace() });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("these answers are missing: <name>, --category.");
  });

  it("wants a yes before it writes", async () => {
    const cwd = temporaryWorkspace();
    const before = fingerprint(cwd);
    const { exitCode, stderr } = await cli(basics, { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("these answers are missing: --yes.");
    expect(fingerprint(cwd)).toBe(before);
  });
});

describe.skipIf(!hasTerminals)("new asks whether the payloads that can be read will do", () => {
  const words = () => [...basics, given("x.json", '{"a": 1,\n "b" 2}'), "--no-screenshot"];

  it("and stops after a no", async () => {
    const cwd = temporaryWorkspace();
    const terminal = inTerminal([...words()], cwd);
    await terminal.shows("x.json is not JSON");
    await terminal.shows("Go on with the other payload?");
    terminal.press("n\r");
    const { exitCode } = await terminal.ended;
    expect(exitCode).toBe(130);
    expect(existsSync(join(cwd, "zerver/webhooks/acmedeploy"))).toBe(false);
  });
});

describe("new refuses, with one sentence, one hint, exit code 2 and nothing written,", () => {
  const name = (text: string) => ["new", text, "--category", "misc"];
  const svg = (text: string) => `<svg xmlns="http://www.w3.org/2000/svg" ${text}</svg>`;

  it.each<[string, () => string[], string | RegExp]>([
    ["a name in other letters", () => name("My-Hook"), '"My-Hook" cannot be an integration'],
    ["a name that leaves the folder", () => name("../x"), '"../x" cannot be'],
    ["a word of Python", () => name("class"), "it is a word of the Python language"],
    ["a name that starts with a digit", () => name("1abc"), "it starts with a digit"],
    ["an empty name", () => name(""), "it is empty"],
    ["an endless name", () => name("a".repeat(300)), "it is longer than 40 characters"],
    ["a name in Unicode", () => name("häkeln"), "only lower-case letters"],
    ["a registered name", () => name("harbourline"), "harbourline is already registered"],
    [
      "an unknown category",
      () => ["new", "a", "--category", "deploymet"],
      "Did you mean deployment?",
    ],
    [
      "an unknown way to sign in",
      () => [...basics, "--auth", "oauth"],
      "Allowed are api-key, basic.",
    ],
    ["a payload that is not there", () => [...basics, "gone.json"], "gone.json does not exist"],
    ["a folder as payload", () => [...basics, "."], "is a folder"],
    ["an empty payload", () => [...basics, given("e.json", "")], "e.json is empty"],
    ["a payload that is no JSON", () => [...basics, given("x.json", "a: b")], "x.json is not JSON"],
    [
      "a payload that is broken in its second line",
      () => [...basics, given("x.json", '{"a": 1,\n "b" 2}')],
      /x\.json is not JSON: .*line 2,? column \d/,
    ],
    [
      "two broken payloads, of which each is named",
      () => [...basics, given("x.json", '{"a": 1,\n "b" 2}'), given("e.json", "")],
      /2 payloads cannot be used: .*x\.json is not JSON: .*line 2,? column \d.*; .*e\.json is empty\.\n/,
    ],
    [
      "a payload of XML beside JSON",
      () => [...basics, given("x.json", "<a/>")],
      "x.json is XML, and",
    ],
    ["a form beside JSON", () => [...basics, given("x.txt", "a=b&c=d")], "x.txt is a form, and"],
    [
      "several payloads in a file",
      () => [...basics, given("x.ndjson", '{"a":1}\n{"a":2}')],
      "it holds 2 JSON values, one a line",
    ],
    [
      "a payload whose name says nothing",
      () => [...basics, given("💥.json", "{}")],
      "holds no letter or digit",
    ],
    [
      "two payloads for one fixture",
      () => [...basics, given("Deploy-Finished.json", "{}")],
      "would both become the fixture deploy_finished.json.",
    ],
    [
      "a logo that is not there",
      () => [...basics, "--logo", "gone.svg"],
      "gone.svg does not exist",
    ],
    [
      "a logo that is no picture",
      () => [...basics, "--logo", given("l.svg", "hi")],
      "cannot be used",
    ],
    [
      "a hostile logo",
      () => [...basics, "--logo", given("l.svg", svg('viewBox="0 0 9 9"><script/>'))],
      "cannot be used",
    ],
    [
      "an oblong logo",
      () => [...basics, "--logo", given("l.svg", svg('viewBox="0 0 20 10">'))],
      "is not square: it measures 20x10",
    ],
    ["a display name of two lines", () => [...basics, "--display-name", "a\nb"], "a line break"],
    ["an empty stream", () => [...basics, "--stream", ""], "it is empty"],
    ["an endless stream", () => [...basics, "--stream", "s".repeat(61)], "it is longer than 60"],
    ["an event key that is not there", () => [...basics, "--event-key", "no.key"], "no.key"],
    ["a strange header", () => [...basics, "--event-header", "a:b"], '"a:b" is not the name'],
    [
      "an event's name without a header",
      () => [...basics, "--event-name", "deploy_finished.json=a:b"],
      "--event-name is for --event-header.",
    ],
    [
      "an event's name for a file that is not given",
      () => [...basics, "--event-header", "X-A", "--event-name", "gone.json=a:b"],
      '"gone.json=a:b" names none of the payload files.',
    ],
    [
      "an event's name that is empty",
      () => [...basics, "--event-header", "X-A", "--event-name", "deploy_finished.json="],
      '"" cannot be an event\'s name',
    ],
    [
      "an event's name of two lines",
      () => [...basics, "--event-header", "X-A", "--event-name", "deploy_finished.json=a\nb"],
      "cannot be an event's name",
    ],
  ])("%s", async (_case, args, message) => {
    const cwd = temporaryWorkspace();
    await refuses(cwd, args(), message);
  });

  it("a folder that is there without being registered", async () => {
    const cwd = temporaryWorkspace();
    mkdirSync(join(cwd, "zerver/webhooks/acmedeploy"));
    await refuses(cwd, basics, "zerver/webhooks/acmedeploy exists already");
  });

  it("a folder that is no Connect tree", async () => {
    await refuses(temporaryDirectory(), basics, "Connect");
  });

  it("a registry that cannot be read", async () => {
    const cwd = temporaryWorkspace();
    const registry = join(cwd, "zerver/lib/integrations.py");
    writeFileSync(registry, "WEBHOOK_INTEGRATIONS = load()\n");
    await refuses(cwd, basics, "zerver/lib/integrations.py");
  });

  async function refuses(cwd: string, args: string[], message: string | RegExp): Promise<void> {
    const before = fingerprint(cwd);
    const { exitCode, stdout, stderr } = await cli([...args, "--yes"], { cwd });
    if (typeof message === "string") expect(stderr).toContain(message);
    else expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^✗ [^\n]+[.?]\n {2}[^\n]+[.?]\n$/);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(fingerprint(cwd)).toBe(before);
    expect(existsSync(join(cwd, ".connect-webhook-lock"))).toBe(false);
  }
});
