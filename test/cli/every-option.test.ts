/** Every option of every command has bad input that is tried: what its literal says by itself, the rest in a table. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type CommandSpec, flagOf, type OptionSpec } from "../../src/commands/define.ts";
import { commands } from "../../src/commands/index.ts";
import { packageRoot } from "../../src/host/assets.ts";
import { cli } from "../support/cli.ts";
import { git } from "../support/git.ts";
import { fingerprint, workspaceForFile } from "../support/tree.ts";

const KEY = "0123456789abcdef0123456789abcdef";
/** What a command needs besides the option that is tried. */
const USUAL: Record<string, string[]> = {
  new: ["acmedeploy", "--category", "misc", "--yes", "--no-screenshot"],
  extend: ["harbourline", "--yes"],
  remove: ["harbourline", "--yes"],
  capture: ["harbourline"],
  show: ["harbourline"],
  url: ["harbourline", "--site", "https://chat.example.com", "--api-key", KEY],
  send: ["harbourline", "ping", "--site", "http://localhost:9", "--api-key", KEY],
  preview: ["harbourline"],
  export: ["harbourline", "--yes"],
  completion: ["bash"],
};
const PICTURE = ["--integration", "harbourline", "--fixture", "ping.json"];
const TORN = "a\u001b[2Jb\nc";
const NUL = "a\0b";
const DEPLOY = join(packageRoot, "fixtures/payloads/acmedeploy/deploy_finished.json");

/** What an option cannot be, and what it needs beside it. The flag stands after the command's name. */
const values: Record<string, { bad: string[]; beside?: string[] }> = {
  "new --display-name": { bad: ["", " ", TORN, "x".repeat(61)] },
  "new --category": { bad: ["", " ", "gone", "__proto__"] },
  "new --stream": { bad: ["", " x", TORN, "x".repeat(61)] },
  "new --payload": { bad: ["", "gone.json", "zerver", "/dev/null"] },
  "new --event-header": { bad: ["", "X Y", "X:Y"], beside: ["--payload", "README.md"] },
  "new --event-name": { bad: ["", "x", "=", "gone.json=push"], beside: ["--event-header", "X-A"] },
  "new --event-key": { bad: ["", "a.b"] },
  "new --docs-url": { bad: ["", "x", "ftp://acme.example"] },
  "new --logo": { bad: ["", "gone.svg", "README.md"] },
  "new --show": {
    bad: ["", " ", "gone", "deployment", "no.such", "other=x"],
    beside: ["--payload", DEPLOY],
  },
  "new --hide": { bad: ["", " ", "gone", "other=x"], beside: ["--payload", DEPLOY] },
  "new --headline": {
    bad: ["", " ", "{gone}", "{deployment} b", "{x", "x}", NUL, "other=x"],
    beside: ["--payload", DEPLOY],
  },
  "new --topic": {
    bad: ["", " ", TORN, "{gone}", "a\nb", "{}", "other=x"],
    beside: ["--payload", DEPLOY],
  },
  "extend --show": {
    bad: ["", " ", "gone", "deployment", "no.such", "other=x"],
    beside: ["--payload", DEPLOY],
  },
  "extend --hide": { bad: ["", " ", "gone", "other=x"], beside: ["--payload", DEPLOY] },
  "extend --headline": {
    bad: ["", " ", "{gone}", "{deployment} b", "{x", "x}", NUL, "other=x"],
    beside: ["--payload", DEPLOY],
  },
  "extend --payload": { bad: ["", "gone.json", "zerver", "/dev/null"] },
  "extend --event-name": { bad: ["", "x", "gone.json=push"], beside: ["--payload", "gone.json"] },
  "capture --port": { bad: ["", "-1", "70000", "1.5", "0x10"] },
  "capture --host": { bad: ["", " ", "a b", TORN] },
  "capture --status": { bad: ["", "99", "600", "2e2"] },
  "capture --delay": { bad: ["", "-1", "61", "NaN"] },
  "capture --forward": { bad: ["", "x", "ftp://x", "http://a:b@x"] },
  "capture --secret": { bad: [""] },
  "capture --count": { bad: ["", "0", "-1", "1.5"] },
  "capture --from": { bad: ["", "gone.har", "zerver"] },
  "capture --event-header": { bad: ["", "X Y", TORN] },
  "capture --event-key": { bad: ["", ".", "a..b"] },
  "test --filter": { bad: ["", "no such test", "/(/"] },
  "test --changed": { bad: ["gone", "-x", TORN] },
  "test --coverage-min": { bad: ["", "-1", "101", "x"] },
  "test --fuzz-limit": { bad: ["", "-1", "x"], beside: ["--fuzz"] },
  "test --fuzz-case": { bad: ["", "x", "ping.json#/a"] },
  "test --seed": { bad: ["", "-1", "x", "1.5"], beside: ["--fuzz"] },
  "test --shard": { bad: ["", "0/1", "2/1", "1"] },
  "test --timeout": { bad: ["", "0", "-1", "x", "3601"] },
  "test --engine-prefix": { bad: ["", "sh"], beside: ["--engine", "checkout"] },
  "preview --html": { bad: ["", " ", "zerver", "gone/page.html", TORN, NUL] },
  "preview --header": { bad: ["", "x", "a b: c", "X: a\nY: b"] },
  "url --site": { bad: ["", " ", "../../etc", "ftp://x.example", "https://x.example/?a=1"] },
  "url --api-key": { bad: ["", "x", `${KEY}0`] },
  "url --stream": { bad: ["", " "] },
  "url --topic": { bad: ["", " "], beside: ["--stream", "x"] },
  "url --only-events": { bad: ["", "gone", "[z-a]"] },
  "url --exclude-events": { bad: ["", "gone"] },
  "send --site": { bad: ["", " ", "../../etc", "https://ada@x.example"] },
  "send --api-key": { bad: ["", "x"] },
  "send --stream": { bad: ["", " "] },
  "send --topic": { bad: ["", " "], beside: ["--stream", "x"] },
  "send --header": { bad: ["", "x", "a b: c"] },
  "send --sign-header": { bad: ["", "X Y"], beside: ["--sign", "hmac", "--secret", "x"] },
  "send --secret": { bad: [""], beside: ["--sign", "github"] },
  "send --bot-email": { bad: ["", " ", "bot", "a@b@c", "bot:x@y.example"] },
  "send --timeout": { bad: ["", "0", "x"] },
  "dev --port": { bad: ["", "-1", "65536", "x"] },
  "dev --stream": { bad: ["", " "] },
  "screenshot --integration": { bad: ["", "gone", "../x"] },
  "screenshot --diff": { bad: ["", " ", "README.md", TORN, NUL], beside: ["harbourline"] },
  "screenshot --out": { bad: ["", " ", "README.md", TORN, NUL], beside: ["harbourline"] },
  "screenshot --fixture": { bad: ["", "gone.json"], beside: ["harbourline"] },
  "screenshot --image-name": { bad: ["", ".png", "x.gif", "../x.png"], beside: PICTURE },
  "screenshot --image-dir": { bad: ["", " ", "..", "/etc"], beside: PICTURE },
  "screenshot --bot-name": { bad: ["", " "], beside: PICTURE },
  "screenshot --payload-param-name": { bad: ["", " "], beside: [...PICTURE, "-Q"] },
  "screenshot --custom-headers": {
    bad: ["", "x", "[]", '{"a":1}', '{"a b":"c"}', '{"a":"b\\nc: d"}'],
    beside: PICTURE,
  },
  "screenshot --changed": { bad: ["gone", "-x"], beside: ["--check"] },
  "lint --changed": { bad: ["gone", "-x"] },
  "lint --rule": { bad: ["", " ", "gone"], beside: ["--all"] },
  "lint --baseline": { bad: ["", "gone.json", "README.md", TORN, NUL], beside: ["--all"] },
  "review --base": { bad: ["", "gone", "-x"] },
  "review --out": { bad: ["", " ", "zerver", "gone/page.html", TORN, NUL] },
  "review --summary": { bad: ["", " ", "zerver", "gone/page.html", TORN, NUL] },
  "export --to": { bad: ["", "gone", "zerver", "."] },
  "export --patch": { bad: ["", "zerver", "gone/a.patch", TORN, NUL] },
};

const specs = await Promise.all(commands.map(({ load }) => load()));
const optionsOf = ({ options }: CommandSpec): [string, OptionSpec][] => Object.entries(options);

/** An option as it is typed, with a value where it takes one. */
function typed(key: string, { value, choices, valueOptional }: OptionSpec): string[] {
  if (value === undefined || valueOptional) return [flagOf(key)];
  return [flagOf(key), choices?.[0] ?? "1"];
}

/** Command lines that an option's own literal says are wrong. */
function wrongByLiteral(spec: CommandSpec, [key, option]: [string, OptionSpec]): string[][] {
  const flag = flagOf(key);
  const usual = USUAL[spec.name] ?? [];
  const lines: string[][] = [];
  if (option.value === undefined) lines.push([spec.name, ...usual, `${flag}=x`]);
  else if (!option.valueOptional) lines.push([spec.name, ...usual, flag]);
  if (option.choices) for (const bad of ["", "gone"]) lines.push([spec.name, `${flag}=${bad}`]);
  if (option.requires) lines.push([spec.name, ...usual, ...typed(key, option)]);
  return lines;
}

describe("bad input of every option", () => {
  const root = workspaceForFile();
  git(root, "init", "--quiet");
  git(root, "add", "--all");
  git(root, "commit", "--quiet", "--message", "A tree");

  async function isRefused(args: readonly string[]): Promise<void> {
    const before = fingerprint(root);
    const { exitCode, stdout, stderr } = await cli(args, { cwd: root });
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 2,
      stdout: "",
      // One sentence of what is wrong, one of what to do.
      stderr: expect.stringMatching(/^✗ [^\n]+[^.\n][.?]\n {2}[^\n]+[^.\n][.?]\n$/),
    });
    expect(fingerprint(root)).toBe(before);
  }

  const literal = specs.flatMap((spec) =>
    optionsOf(spec).flatMap((option) => wrongByLiteral(spec, option)),
  );
  it.each(literal.map((args) => ({ line: args.join(" "), args })))("by its literal: $line", async ({
    args,
  }) => isRefused(args));

  const rows = Object.entries(values).flatMap(([option, { bad, beside = [] }]) =>
    bad.map((value) => ({ option, value, beside })),
  );
  it.each(rows)("$option $value", async ({ option, value, beside }) => {
    const [name = "", flag = ""] = option.split(" ");
    const usual = USUAL[name] ?? [];
    const at = usual.indexOf(flag);
    const others = at < 0 ? usual : usual.toSpliced(at, 2);
    await isRefused([name, ...others, ...beside, `${flag}=${value}`]);
  });

  it("is in the table for each one whose value is not a choice", () => {
    const free = specs.flatMap((spec) =>
      optionsOf(spec)
        .filter(([, { value, choices }]) => value !== undefined && choices === undefined)
        .map(([key]) => `${spec.name} ${flagOf(key)}`),
    );
    expect(Object.keys(values).sort()).toEqual(free.sort());
  });
});
