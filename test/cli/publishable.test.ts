/** `new` and `extend` hold back what `capture` does: nothing is written, and it is said where and what to do. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cli } from "../support/cli.ts";
import { git } from "../support/git.ts";
import { fingerprint, temporaryWorkspace } from "../support/tree.ts";

const token = `ghp_${"a1B2".repeat(9)}`;
const address = "jane.roe@harbour.io";
const moored = {
  event: "ship.moored",
  ship: { name: "Aurora", berth: "B7" },
  pilot: { name: "Jane Roe", email: address },
  hook: { config: { access_token: token } },
};
const left = { event: "ship.left", ship: { name: "Aurora" }, pilot: { email: address } };

function given(cwd: string, files: Record<string, object | string>): string[] {
  mkdirSync(join(cwd, "in"), { recursive: true });
  return Object.entries(files).map(([name, body]) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    writeFileSync(join(cwd, "in", name), text);
    return `in/${name}`;
  });
}

const start = ["new", "quayside", "--category", "deployment", "--yes", "--no-screenshot"];

describe("new", () => {
  it.each([[[]], [["--dry-run"]]])("stops at a secret, and shows none of it (%j)", async (more) => {
    const cwd = temporaryWorkspace();
    const files = given(cwd, { "moored.json": moored, "left.json": left });
    const before = fingerprint(cwd);
    const { exitCode, stdout, stderr } = await cli([...start, "--payload", ...files, ...more], {
      cwd,
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("! 2 payloads hold data that must not be published:");
    expect(stderr).toMatch(/in\/moored\.json\n {4}pilot\.email\s+a mail address\s+j…@harbour\.io/);
    expect(stderr).toMatch(/hook\.config\.access_token\s+a GitHub token\s+ghp_… \(40 characters\)/);
    expect(stderr).toMatch(/✗ Nothing was written, because in\/moored\.json holds .*2 more/);
    expect(stderr).toContain("--redact replaces");
    expect(stdout + stderr).not.toContain(token);
    expect(stdout + stderr).not.toContain(address);
    expect(fingerprint(cwd)).toBe(before);
  });

  it("replaces it alike in all payloads, and in what is drafted from them", async () => {
    const cwd = temporaryWorkspace();
    const files = given(cwd, { "moored.json": moored, "left.json": left });
    const args = [...start, "--payload", ...files, "--redact", "--json"];
    const { exitCode, stdout } = await cli(args, { cwd });
    expect(exitCode).toBe(0);
    const { replaced } = JSON.parse(stdout) as { replaced: unknown };
    expect(replaced).toEqual([
      {
        file: "in/moored.json",
        replaced: [
          { what: "a mail address", where: "pilot.email", by: "user1@example.com" },
          {
            what: "a GitHub token",
            where: "hook.config.access_token",
            by: expect.stringMatching(/^ghp_[xX]+1$/),
          },
        ],
      },
      {
        file: "in/left.json",
        replaced: [{ what: "a mail address", where: "pilot.email", by: "user1@example.com" }],
      },
    ]);
    const folder = join(cwd, "zerver/webhooks/quayside");
    const written = ["fixtures/moored.json", "fixtures/left.json", "tests.py", "view.py"].map(
      (path) => readFileSync(join(folder, path), "utf8"),
    );
    expect(written.join("")).not.toContain(token);
    expect(written.join("")).not.toContain(address);
    expect(written[1]).toContain("user1@example.com");
  });

  it.each([
    ["a form", "moored.txt", `ship=Aurora&pilot_email=${encodeURIComponent(address)}`, "line 1"],
    ["XML", "moored.xml", `<moored>\n<pilot>${address}</pilot><ship>x</ship></moored>`, "line 2"],
  ])("looks into %s", async (_what, name, body, where) => {
    const cwd = temporaryWorkspace();
    const files = given(cwd, { [name]: body });
    const { exitCode, stderr } = await cli([...start, "--payload", ...files], { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(where);
    expect((await cli([...start, "--payload", ...files, "--redact"], { cwd })).exitCode).toBe(0);
  });

  it("writes what the tree's settings allow", async () => {
    const cwd = temporaryWorkspace();
    const files = given(cwd, { "left.json": left });
    const exception = {
      rule: "fixture-people",
      integration: "quayside",
      reason: "The service's own example.",
    };
    const settings = JSON.stringify({ lint: { exceptions: [exception] } });
    writeFileSync(join(cwd, "connect-webhook.config.json"), settings);
    expect((await cli([...start, "--payload", ...files], { cwd })).exitCode).toBe(0);
  });
});

describe("extend", () => {
  const fixtures = "zerver/webhooks/harbourline/fixtures";
  const locked = {
    event: "environment.locked",
    actor: { name: "Ada", email: address },
    project: { name: "press" },
    environment: "production",
  };

  it("stops at a secret, and replaces it where it is asked to", async () => {
    const cwd = temporaryWorkspace();
    const [file = ""] = given(cwd, { "locked.json": locked });
    const before = fingerprint(cwd);
    const args = ["extend", "harbourline", "--payload", file, "--yes"];
    const named = ["--event-name", `${file}=environment.locked`];
    const stopped = await cli([...args, ...named], { cwd });
    expect(stopped.exitCode).toBe(2);
    expect(stopped.stderr).toMatch(/in\/locked\.json\n {4}actor\.email\s+a mail address/);
    expect(fingerprint(cwd)).toBe(before);
    const { exitCode, stdout } = await cli([...args, ...named, "--redact", "--json"], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('"by": "user1@example.com"');
    const { payloads } = JSON.parse(stdout) as { payloads: { fixture: string }[] };
    const fixture = readFileSync(join(cwd, fixtures, payloads[0]?.fixture ?? ""), "utf8");
    expect(JSON.parse(fixture)).toEqual({
      ...locked,
      actor: { name: "Ada", email: "user1@example.com" },
    });
  });

  it("leaves a fixture that git tracks to lint, and stops at one that it does not", async () => {
    const cwd = temporaryWorkspace();
    const file = `${fixtures}/environment_locked.json`;
    writeFileSync(join(cwd, file), JSON.stringify(locked));
    git(cwd, "init", "--quiet");
    const args = ["extend", "harbourline", "--payload", file, "--yes"];
    expect((await cli(args, { cwd })).stderr).toContain("✗ Nothing was written, because");
    expect((await cli([...args, "--redact", "--dry-run"], { cwd })).stdout).toContain(
      '"email":"user1@example.com"',
    );
    git(cwd, "add", "--all");
    const tracked = await cli([...args, "--dry-run"], { cwd });
    expect(tracked.stderr).not.toContain("must not be published");
  });
});
