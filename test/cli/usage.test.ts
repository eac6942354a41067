import { describe, expect, it } from "vitest";
import { commands } from "../../src/commands/index.ts";
import { packageVersion, templatePath } from "../../src/host/assets.ts";
import { cli } from "../support/cli.ts";
import { temporaryDirectory } from "../support/tree.ts";

describe("connect-webhook", () => {
  it("prints its version", async () => {
    expect(await cli(["--version"])).toEqual({
      exitCode: 0,
      stdout: `${packageVersion()}\n`,
      stderr: "",
    });
  });

  it("lists every command in its help", async () => {
    const { exitCode, stdout } = await cli(["--help"]);
    expect(exitCode).toBe(0);
    for (const { name } of commands) expect(stdout).toMatch(new RegExp(`^  ${name} +\\S`, "m"));
  });

  it.each(commands.map(({ name }) => name))("%s --help shows examples", async (name) => {
    const { exitCode, stdout } = await cli([name, "--help"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`Usage: connect-webhook ${name}`);
    expect(stdout).toMatch(/Examples:\n +\$ connect-webhook /);
  });

  it.each([
    ["no command", [], "No command was given."],
    ["an unknown command", ["nwe"], "Unknown command 'nwe'."],
    ["an unknown option", ["list", "--nope"], "Unknown option '--nope'."],
    [
      "an option without its value",
      ["list", "-C"],
      "Option '-C, --checkout <dir>' argument missing.",
    ],
  ])("answers %s with exit code 2, what is wrong and what to do", async (_case, args, message) => {
    const { exitCode, stdout, stderr } = await cli(args);
    expect(exitCode).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(`✗ ${message}`);
    expect(stderr).toMatch(/^ {2}[A-Z].*\.$/m);
  });

  it("says what to do first where no command is given", async () => {
    const { stderr } = await cli([]);
    for (const line of ["new <name> --payload <file>", "init <dir>", "explain getting-started"]) {
      expect(stderr).toContain(`connect-webhook ${line}`);
    }
  });

  it("proposes no command that takes something away", async () => {
    const { exitCode, stderr } = await cli(["remov", "github"]);
    expect(exitCode).toBe(2);
    expect(stderr).not.toContain("Did you mean");
  });

  it("reports an error as one JSON object with --json", async () => {
    const { exitCode, stdout } = await cli(["nwe", "--json"]);
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      error: {
        code: "usage",
        message: "Unknown command 'nwe'.",
        hint: "Did you mean new? Run connect-webhook --help to see what is available.",
      },
    });
  });

  it.each([
    "list",
    "test",
    "lint",
    "show github",
    "screenshot --all",
    "avatar --all",
    "preview github",
  ])("%s outside of a Connect tree names the way in", async (line) => {
    const { exitCode, stderr } = await cli(line.split(" "), { cwd: temporaryDirectory() });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("connect-webhook init");
  });

  it("refuses an empty folder, which an unset variable leads to", async () => {
    const { exitCode, stdout } = await cli(["list", "--json", "-C", ""]);
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout).error.code).toBe("no-such-folder");
  });

  it("shows control characters of what it quotes instead of sending them to the terminal", async () => {
    const { stderr } = await cli(["show", "\u001b[31mred", "-C", templatePath("workspace")]);
    expect(stderr).toContain("\\x1b[31mred");
    expect(stderr).not.toContain("\u001b");
  });

  it("takes global options before and after the command", async () => {
    const empty = temporaryDirectory();
    for (const args of [
      ["--json", "-C", empty, "list"],
      ["list", "--json", "-C", empty],
    ]) {
      const { stdout } = await cli(args);
      expect(JSON.parse(stdout)).toMatchObject({ version: 1, error: { code: "no-checkout" } });
    }
  });

  it("prints colour only where it is wanted", async () => {
    const esc = String.fromCharCode(27);
    expect((await cli(["nwe"])).stderr).not.toContain(esc);
    expect((await cli(["nwe"], { env: { FORCE_COLOR: "1" } })).stderr).toContain(esc);
    expect((await cli(["nwe", "--no-color"], { env: { FORCE_COLOR: "1" } })).stderr).not.toContain(
      esc,
    );
  });
});
