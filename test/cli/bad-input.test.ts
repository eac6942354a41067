/** Bad input: one sentence, one hint, the exit code, the code of `--json`, and a tree that nobody touched. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cli } from "../support/cli.ts";
import { fingerprint, temporaryWorkspace } from "../support/tree.ts";

interface Case {
  what: string;
  args: string[];
  code: string;
  hint: string;
  exitCode?: number;
  env?: Record<string, string>;
  /** Spoils the workspace before the command runs. */
  setup?: (root: string) => void;
}

const registry = "zerver/lib/integrations.py";
const list = "connect-webhook list";
const help = "--help to see what is available";
const add = ["new", "acmedeploy", "--category", "misc", "--yes", "--no-screenshot"];

const write =
  (path: string, content: string | Buffer) =>
  (root: string): void =>
    writeFileSync(join(root, path), content);

const logo = (attributes: string, body = ""): ((root: string) => void) =>
  write("logo.svg", `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${body}</svg>`);

const usage: Case[] = [
  { what: "an argument too many", args: ["list", "extra"], code: "usage", hint: help },
  {
    what: "documentation that is no page",
    args: [...add, "--docs-url", "javascript:alert(1)"],
    code: "usage",
    hint: "--docs-url https://",
  },
  {
    what: "documentation with a password",
    args: [...add, "--docs-url", "https://ada:secret@acme.example/"],
    code: "usage",
    hint: "--docs-url https://",
  },
  { what: "a missing name", args: ["show"], code: "usage", hint: help },
  { what: "a switch with a value", args: ["list", "--quiet=no"], code: "usage", hint: "--quiet" },
  { what: "a reporter", args: ["test", "--reporter", "x"], code: "usage", hint: help },
  {
    what: "a theme without a page",
    args: ["preview", "harbourline", "--theme", "builtin"],
    code: "usage",
    hint: "--html",
  },
  { what: "a theme", args: ["screenshot", "--theme", "x"], code: "usage", hint: help },
  { what: "a format", args: ["lint", "--format", "xml"], code: "usage", hint: help },
  { what: "no time limit", args: ["test", "--timeout", "0"], code: "usage", hint: "such as 20" },
  {
    what: "a word as time limit",
    args: ["test", "--timeout", "x"],
    code: "usage",
    hint: "seconds",
  },
  { what: "no names", args: ["avatar"], code: "no-names", hint: "--all" },
  {
    what: "names with --all",
    args: ["lint", "harbourline", "--all"],
    code: "usage",
    hint: "Leave one of them out",
  },
  {
    what: "a dry run without --record",
    args: ["test", "--dry-run"],
    code: "usage",
    hint: "Add --record",
  },
  ...(["out", "diff"] as const).flatMap((flag) =>
    ["", "README.md"].map((dir) => ({
      what: `'${dir}' for --${flag}`,
      args: ["screenshot", "harbourline", `--${flag}=${dir}`],
      code: "not-a-folder",
      hint: `Give --${flag} the name of a folder`,
    })),
  ),
  {
    what: "a folder for pictures beside --check",
    args: ["screenshot", "harbourline", "--check", "--out", "x"],
    code: "usage",
    hint: "Leave one of them out",
  },
  {
    what: "a header without a value",
    args: ["preview", "harbourline", "--header", "x"],
    code: "bad-header",
    hint: "Name: value",
  },
];

const looks: Case[] = [
  {
    what: "the tree's look in a tree without one",
    args: ["screenshot", "--all", "--theme", "checkout"],
    code: "unreadable-theme",
    hint: "--theme builtin",
  },
  {
    what: "a look that is broken",
    args: ["preview", "harbourline", "--html", "page.html", "--theme", "checkout"],
    code: "unreadable-theme",
    hint: "--theme builtin",
    setup: (root) => {
      mkdirSync(join(root, "web/templates"), { recursive: true });
      write("web/templates/message_group.hbs", "{{#each x}}")(root);
    },
  },
];

const names: Case[] = [
  ...["../x", "/etc", "", "toString", "é", "x".repeat(5000)].map((name) => ({
    what: `the name '${name.slice(0, 10)}'`,
    args: ["show", name],
    code: "unknown-integration",
    hint: list,
  })),
  ...["show", "test", "lint", "avatar", "preview"].map((command) => ({
    what: `${command} with a slip of the pen`,
    args: [command, "harborline"],
    code: "unknown-integration",
    hint: "Did you mean harbourline?",
  })),
  ...["gone", "../view.py", "/etc/passwd", ""].map((fixture) => ({
    what: `the fixture '${fixture}'`,
    args: ["preview", "harbourline", fixture],
    code: "unknown-fixture",
    hint: "ping.json",
  })),
];

const trees: Case[] = [
  { what: "-C at nothing", args: ["list", "-C", "gone"], code: "no-such-folder", hint: "-C" },
  { what: "-C at a file", args: ["list", "-C", registry], code: "not-a-folder", hint: "-C" },
  {
    what: "a tree without a registry",
    args: ["list"],
    setup: (root) => rmSync(join(root, registry)),
    code: "incomplete-checkout",
    hint: "Restore it",
  },
  {
    what: "an empty registry",
    args: add,
    setup: write(registry, ""),
    code: "registry-not-understood",
    hint: "DEFAULT_FUNCTION_PATH",
  },
  {
    what: "a registry in UTF-16",
    args: add,
    setup: write(registry, Buffer.from("x = 1\n", "utf16le").fill(0xff, 0, 1)),
    code: "registry-not-understood",
    hint: "UTF-8",
  },
  {
    what: "an avatar's or a logo's place that is taken",
    args: add,
    setup: write("static/images/integrations/logos/acmedeploy.svg", "x"),
    code: "file-exists",
    hint: "Choose another name",
  },
  {
    what: "an integration's folder that is taken",
    args: add,
    setup: (root) => mkdirSync(join(root, "zerver/webhooks/acmedeploy")),
    code: "folder-exists",
    hint: "Choose another name",
  },
  {
    what: "a library that does not load",
    args: ["test", "harbourline"],
    setup: write("zerver/lib/webhooks/common.py", "def ("),
    code: "broken-library",
    hint: "Repair that file",
  },
  {
    what: "no browser",
    args: ["screenshot", "--all"],
    env: { PUPPETEER_EXECUTABLE_PATH: "/nonexistent" },
    exitCode: 3,
    code: "no-browser",
    hint: "Chrome or Chromium",
  },
];

const payloads: Case[] = [
  ["NaN", '{"a":NaN}'],
  ["a comma too many", '{"a":1,}'],
  ["two documents", '{"a":1}\n{"b":2}', "in a file of its own"],
  ["bytes that are no text", Buffer.from([0x22, 0xff, 0x22]), "iconv"],
  ["endless nesting", `${"[".repeat(100_000)}${"]".repeat(100_000)}`],
].map(([what, content, hint = "exact body"]) => ({
  what: `a payload with ${what}`,
  args: [...add, "--payload", "event.json"],
  setup: write("event.json", content as string | Buffer),
  code: "payload-not-json",
  hint: hint as string,
}));

const square = 'viewBox="0 0 9 9"';
const logos: Case[] = [
  ["an event handler", logo(`${square} onload="x()"`)],
  ["a file of the machine", logo(square, '<image href="file:///etc/passwd"/>')],
  ["an imported style", logo(square, "<style>@import url(http://x/a.css);</style>")],
  ["foreign content", logo(square, "<foreignObject/>")],
  ["an absurd size", logo('width="1e9" height="1e9"')],
  ["no size", logo("")],
  [
    "entities of its own",
    write("logo.svg", `<!DOCTYPE s [<!ENTITY x "y">]><svg ${square}>&x;</svg>`),
  ],
].map(([what, setup]) => ({
  what: `a logo with ${what}`,
  args: [...add, "--logo", "logo.svg"],
  setup: setup as (root: string) => void,
  code: "bad-logo",
  hint: "plain, square SVG",
}));

const capture = ["capture", "harbourline"];
const key = "0123456789abcdef0123456789abcdef";
const send = ["send", "harbourline", "--site", "http://localhost:9", "--api-key", key];
const live: Case[] = [
  { what: "an empty address", args: [...capture, "--host", ""], code: "usage", hint: "127.0.0.1" },
  { what: "a port", args: [...capture, "--port", "x"], code: "usage", hint: "65535" },
  { what: "a status", args: [...capture, "--status", "99"], code: "usage", hint: "200 to 599" },
  { what: "a delay", args: [...capture, "--delay", "-1"], code: "usage", hint: "up to 60" },
  { what: "a count", args: [...capture, "--count", "0"], code: "usage", hint: "1 or more" },
  {
    what: "a place to pass on to",
    args: [...capture, "--forward", "ftp://x"],
    code: "usage",
    hint: "full URL",
  },
  {
    what: "a name to capture for",
    args: ["capture", "../x"],
    code: "invalid-name",
    hint: "Use x",
  },
  {
    what: "an address of another machine",
    args: [...capture, "--host", "192.0.2.1"],
    code: "bad-address",
    hint: "127.0.0.1",
  },
  {
    what: "nothing to finish",
    args: [...capture, "--finish"],
    code: "nothing-captured",
    hint: "capture harbourline",
  },
  {
    what: "an option that the import does not have",
    args: [...capture, "--from", "x", "--port", "1"],
    code: "usage",
    hint: "Leave one",
  },
  {
    what: "an import that is gone",
    args: [...capture, "--from", "x"],
    code: "no-such-file",
    hint: "path",
  },
  {
    what: "an import of no format",
    args: [...capture, "--from", "x"],
    setup: write("x", "hello"),
    code: "unknown-import",
    hint: "HAR",
  },
  {
    what: "a curl command with an open quote",
    args: [...capture, "--from", "x"],
    setup: write("x", "curl http://x -d '{"),
    code: "bad-import",
    hint: "--data-raw",
  },
  {
    what: "a curl command that takes its body from a file",
    args: [...capture, "--from", "x"],
    setup: write("x", "curl http://x --data-binary @/etc/passwd"),
    code: "bad-import",
    hint: "--data-raw",
  },
  {
    what: "no key",
    args: ["url", "harbourline", "--site", "https://x.com"],
    code: "missing-answers",
    hint: "Give --api-key on the command line, or set CONNECT_WEBHOOK_API_KEY.",
  },
  {
    what: "no site",
    args: ["url", "harbourline", "--api-key", key],
    code: "missing-answers",
    hint: "--site",
  },
  {
    what: "a site with parameters",
    args: ["url", "harbourline", "--api-key", key, "--site", "https://x.com/?a=1"],
    code: "bad-site",
    hint: "only the server",
  },
  {
    what: "a key that is none",
    args: ["url", "harbourline", "--site", "x.com", "--api-key", "abc"],
    code: "bad-api-key",
    hint: "bot's card",
  },
  {
    what: "an event that the view does not know",
    args: ["url", "harbourline", "--site", "x.com", "--api-key", key, "--only-events", "pinng"],
    code: "unknown-event",
    hint: "ping",
  },
  {
    what: "a set of letters that is none",
    args: ["url", "harbourline", "--site", "x.com", "--api-key", key, "--only-events", "[z-a]"],
    code: "unknown-event",
    hint: "ping",
  },
  {
    what: "a fixture and --all",
    args: [...send, "ping", "--all"],
    code: "usage",
    hint: "Leave one",
  },
  {
    what: "no secret to sign with",
    args: [...send, "--sign", "github"],
    code: "usage",
    hint: "--secret",
  },
  {
    what: "a fixture that is not there",
    args: [...send, "gone"],
    code: "unknown-fixture",
    hint: "ping.json",
  },
  {
    what: "a server that does not answer",
    args: send,
    exitCode: 3,
    code: "no-answer",
    hint: "running",
  },
];

/** It would clear the screen, begin a line of its own, and turn the reading direction. */
const STEERING = "a\u001b[2Jb\nc\u202ed";
const SHOWN = "a\\x1b[2Jb\\nc\\u202ed";

const shown: Case[] = [
  ["an integration", ["show", STEERING], "unknown-integration", list],
  ["a fixture", ["preview", "harbourline", STEERING], "unknown-fixture", "ping.json"],
  ["a checkout", ["list", "-C", STEERING], "no-such-folder", "-C"],
  ["a folder", ["init", STEERING], "control-character", "Leave it out"],
  ["a topic", ["explain", STEERING], "unknown-topic", "explain"],
  ["a choice", ["test", "--reporter", STEERING], "usage", help],
  ["a command", [STEERING], "usage", "--help"],
].map(([what, args, code, hint]) => ({
  what: `${what} whose name could steer the terminal`,
  args: args as string[],
  code: code as string,
  hint: hint as string,
}));

const written: Case[] = [
  ...["__proto__", "constructor"].map((name) => ({
    what: `the name ${name}`,
    args: ["test", name],
    code: "unknown-integration",
    hint: list,
  })),
  ...[
    ["a device", "/dev/null", "not-a-file"],
    ["a folder", "zerver", "is-a-folder"],
    ["nothing", "", "is-a-folder"],
  ].map(([what, file, code]) => ({
    what: `${what} to write a page to`,
    args: ["preview", "harbourline", "--html", file as string],
    code: code as string,
    hint: "name of a file",
  })),
  {
    what: "an empty secret",
    args: [...capture, "--secret", ""],
    code: "usage",
    hint: "--secret",
  },
];

describe("bad input", () => {
  it.each([
    ...usage,
    ...names,
    ...trees,
    ...payloads,
    ...logos,
    ...looks,
    ...live,
    ...written,
  ])("$what", async (bad) => {
    const cwd = temporaryWorkspace();
    bad.setup?.(cwd);
    const before = fingerprint(cwd);
    const { exitCode, stdout, stderr } = await cli(["--json", ...bad.args], {
      cwd,
      ...(bad.env && { env: bad.env }),
    });
    const report = JSON.parse(stdout) as { error: { message: string; hint: string } };
    expect({ exitCode, report }).toMatchObject({
      exitCode: bad.exitCode ?? 2,
      report: { version: 1, error: { code: bad.code } },
    });
    expect(report.error.hint).toContain(bad.hint);
    // What a person reads is the same: one sentence, one hint, and no stack.
    expect(stderr).toBe(`✗ ${report.error.message}\n  ${report.error.hint}\n`);
    expect(stderr).toMatch(/^✗ [^\n]+[.?]\n {2}[^\n]+[.?]\n$/);
    expect(fingerprint(cwd)).toBe(before);
  });
});

describe("what is quoted of the input", () => {
  it.each(shown)("shows $what, and does not obey it", async ({ args, code, hint }) => {
    const cwd = temporaryWorkspace();
    const { exitCode, stderr } = await cli(args, { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(SHOWN);
    expect(stderr).toMatch(/^✗ [^\n]+\n {2}[^\n]+\n$/);
    expect(stderr).toContain(hint);
    const { stdout } = await cli([...args, "--json"], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({ error: { code } });
  });

  it("shows what the registry says in the same way", async () => {
    const cwd = temporaryWorkspace();
    const before = readFileSync(join(cwd, registry), "utf8");
    const after = before.replace('stream_name="deployments"', 'stream_name="a\\x1b[2Jb\\u202e"');
    expect(after).not.toBe(before);
    writeFileSync(join(cwd, registry), after);
    const { stdout } = await cli(["show", "harbourline"], { cwd });
    expect(stdout).toContain("a\\x1b[2Jb\\u202e");
  });
});
