import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import { cli } from "../support/cli.ts";
import { fingerprint, temporaryDirectory, temporaryWorkspace } from "../support/tree.ts";

type Checks = { name: string; status: string; message: string; fix?: string }[];

describe("doctor", () => {
  it("starts Python on the tree and a browser, and says what it found", async () => {
    const cwd = temporaryWorkspace();
    const before = fingerprint(cwd);
    const { exitCode, stdout } = await cli(["doctor", "--json"], { cwd });
    const report = JSON.parse(stdout) as { ok: boolean; checks: Checks };
    expect({ exitCode, ok: report.ok }).toEqual({ exitCode: 0, ok: true });
    const checks = report.checks.map(({ name, message }) => `${name}: ${message}`).join("\n");
    expect(checks).toContain(`checkout: workspace with 1 integration in ${cwd}`);
    expect(checks).toContain("CHANNEL_NAME");
    expect(checks).toMatch(/python: embedded Python started in \d+ ms/);
    expect(checks).toContain("organization: the test base and the demo data name the same");
    expect(checks).toMatch(/browser: (bundled|installed|named) browser started in \d+ ms/);
    expect(checks).toMatch(/terminal: no colour, nobody to ask/);
    expect(fingerprint(cwd)).toBe(before);
  });

  it("names what is missing, how to get it, and ends with 3", async () => {
    const cwd = temporaryDirectory();
    const file = join(cwd, "file");
    writeFileSync(file, "");
    const { exitCode, stdout } = await cli(["doctor"], {
      cwd,
      env: { PUPPETEER_EXECUTABLE_PATH: "/nonexistent", CONNECT_WEBHOOK_CACHE: file, PATH: "" },
    });
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/^! {2}git +git was not found\n +Install git/m);
    expect(stdout).toMatch(
      /^! {2}checkout +this folder is not in a Connect tree\n +Change to a Connect tree/m,
    );
    expect(stdout).toMatch(/^✗ {2}cache +cannot write to .*\n +Set CONNECT_WEBHOOK_CACHE/m);
    expect(stdout).toMatch(/^✗ {2}browser .*not a program\n +Set it to the program/m);
  });

  it("blames no tree for a Python that does not start by itself", async () => {
    const cwd = temporaryWorkspace();
    const copy = temporaryDirectory();
    for (const part of ["bin", "dist", "package.json"])
      cpSync(join(packageRoot, part), join(copy, part), { recursive: true });
    for (const part of ["node_modules", "templates"])
      symlinkSync(join(packageRoot, part), join(copy, part), "junction");
    writeFileSync(
      join(copy, "dist/engine/child.mjs"),
      'throw new RangeError("Access has been restricted.");\n',
    );
    const program = join(copy, "bin/connect-webhook.js");
    for (const args of [["doctor"], ["test", "--verbose"]]) {
      const run = await execa(process.execPath, [program, ...args], { cwd, reject: false });
      expect(run.exitCode).toBe(3);
      expect(run.stdout + run.stderr).toMatch(
        /The embedded Python does not start on this machine \(Node [\d.]+\): Access has been restricted\.?\n +Try another version of Node/,
      );
      if (args.includes("--verbose")) expect(run.stderr).toContain("Caused by ChildDiedError: ");
    }
  });

  it("says where the test base and the demo data disagree", async () => {
    const cwd = temporaryWorkspace();
    const [base, populate] = [
      "zerver/lib/test_classes.py",
      "zilencer/management/commands/populate_db.py",
    ];
    const source = readFileSync(join(cwd, base), "utf8");
    expect(source).toContain("webhook-bot@");
    writeFileSync(
      join(cwd, base),
      source.replace(
        /TEST_USER_EMAIL = ".*"/,
        'TEST_USER_EMAIL = "webhook-bot@harborline.example"',
      ),
    );
    mkdirSync(dirname(join(cwd, populate)), { recursive: true });
    writeFileSync(
      join(cwd, populate),
      'bots = [("Webhook Bot", "webhook-bot@elsewhere.example")]\ncreate_users(realm, bots, bot_type=UserProfile.INCOMING_WEBHOOK_BOT)\n',
    );
    const message = `webhook-bot@harborline.example of ${base} is webhook-bot@elsewhere.example in ${populate}`;
    const { exitCode, stdout } = await cli(["doctor", "--json"], { cwd });
    const report = JSON.parse(stdout) as { ok: boolean; checks: Checks };
    expect(report.checks.find(({ name }) => name === "organization")).toEqual({
      name: "organization",
      status: "warn",
      message: expect.stringContaining(message),
      fix: expect.stringContaining("Rename them in both places."),
    });
    expect({ exitCode, ok: report.ok }).toEqual({ exitCode: 0, ok: true });
    expect((await cli(["doctor"], { cwd })).stdout).toMatch(/^! {2}organization .*harborline/m);
  });

  it("tells a broken tree from a broken machine", async () => {
    const cwd = temporaryWorkspace();
    writeFileSync(join(cwd, "zerver/lib/webhooks/common.py"), "def (");
    const env = { PUPPETEER_EXECUTABLE_PATH: "/nonexistent" };
    const { exitCode, stdout } = await cli(["doctor"], { cwd, env });
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/^✗ {2}python +Python works, but not with this tree: /m);
  });

  it.each<[string, string[], string]>([
    ["an argument", ["doctor", "x"], "usage"],
    ["a folder that is not there", ["doctor", "-C", "gone"], "no-such-folder"],
    ["a folder that is no tree", ["doctor", "-C", "/"], "no-checkout"],
  ])("refuses %s", async (_what, args, code) => {
    const { exitCode, stdout } = await cli([...args, "--json"]);
    expect({ exitCode, code: JSON.parse(stdout).error.code }).toEqual({ exitCode: 2, code });
  });
});
