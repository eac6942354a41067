/** `test --fuzz` as a user meets it. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ECHO_VIEW, workspaceWith } from "../engine/tree.ts";
import { cli } from "../support/cli.ts";
import { soak } from "../support/soak.ts";
import { temporaryWorkspace } from "../support/tree.ts";

/** How many deliveries are tried: enough for a finding. Values come after the states of fields. */
const FEW = soak ? "150" : "60";
const MANY = soak ? "600" : "400";

/** A workspace whose view looks a name up that a payload may not have. */
function brokenWorkspace(): string {
  const cwd = temporaryWorkspace();
  const path = join(cwd, "zerver/webhooks/harbourline/view.py");
  const source = readFileSync(path, "utf8");
  const broken = source.replace(
    /(?= {4}check_send_webhook_message\()/,
    '    {"known": 1}["unknown" if "zqone" in payload["project"]["name"].tame(check_string) else "known"]\n',
  );
  expect(broken).not.toBe(source);
  writeFileSync(path, broken);
  return cwd;
}

describe("test --fuzz", () => {
  it("finds nothing that fails the workspace's own integration, and says what it did", async () => {
    const cwd = temporaryWorkspace();
    const { exitCode, stdout } = await cli(
      ["test", "harbourline", "--fuzz", "--fuzz-limit", FEW, "--json"],
      { cwd },
    );
    expect(exitCode).toBe(0);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({
      version: 1,
      seed: 1,
      limit: Number(FEW),
      summary: { errors: 0 },
    });
    expect(report.summary.deliveries).toBeGreaterThan(50);
    expect(report.integrations[0].name).toBe("harbourline");
  });

  it("fails on an unhandled exception, and the command it prints shows it again", async () => {
    const cwd = brokenWorkspace();
    const { exitCode, stdout } = await cli(
      ["test", "harbourline", "--fuzz", "--fuzz-limit", MANY, "--json"],
      { cwd },
    );
    expect(exitCode).toBe(1);
    const { findings } = JSON.parse(stdout).integrations[0];
    const finding = findings.find(({ kind }: { kind: string }) => kind === "exception");
    expect(finding).toMatchObject({ severity: "error", type: "KeyError" });
    const [, name, fuzzCase] = /^connect-webhook test (\S+) --fuzz-case '(.+)'/.exec(
      finding.command,
    ) as unknown as [string, string, string];
    const again = await cli(["test", name, "--fuzz-case", fuzzCase], { cwd });
    expect(again.exitCode).toBe(1);
    expect(again.stdout).toContain("KeyError");
    expect(again.stdout).toContain(`line ${finding.line}`);
  });

  it("annotates, and writes JUnit", async () => {
    const cwd = brokenWorkspace();
    const run = (reporter: string) =>
      cli(["test", "--fuzz", "--fuzz-limit", MANY, "--reporter", reporter], { cwd });
    const github = await run("github");
    expect(github.stdout).toMatch(
      /^::error file=zerver\/webhooks\/harbourline\/view\.py,line=\d+,title=harbourline%3A fuzzing::KeyError/m,
    );
    const junit = await run("junit");
    expect(junit.stdout).toMatch(/<failure type="KeyError"/);
    expect(junit.exitCode).toBe(1);
  });

  it("never calls a server error right", async () => {
    const cwd = temporaryWorkspace();
    const again = ["--fuzz-case", "deployment_started.json#/deployment=null"];
    const { exitCode, stdout } = await cli(["test", "harbourline", ...again], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^! The server answers 500, and the message is lost, when this is null\./,
    );
    expect(stdout).not.toContain("✓");
  });

  it("counts what nothing speaks for in one line, lists it when asked, and fails for none of it", async () => {
    const cwd = temporaryWorkspace();
    const run = (...more: string[]) =>
      cli(["test", "harbourline", "--fuzz", "--fuzz-limit", FEW, ...more], { cwd });
    const short = await run();
    expect(short.exitCode).toBe(0);
    expect(short.stdout).toMatch(
      /^ {2}\d+ fields? in \d+ functions? (is|are) taken for granted: .*\(--verbose lists them\)\.$/m,
    );
    expect(short.stdout).not.toMatch(/^ +\/deployment /m);
    const { stdout: long } = await cli(["test", "harbourline", "--fuzz", "--verbose"], { cwd });
    expect(long).toMatch(/^ +\/deployment +(absent|null) /m);
    // A text that breaks a message is no state of a field, and has no line of the view that fails.
    const [states = "", texts = ""] = long.split(
      /^ {2}Odd texts in \d+ fields? would break messages;.*:$/m,
    );
    expect(states.split("taken for granted")[1]).not.toContain("A text");
    expect(long).not.toMatch(/ :$/m);
    expect(texts).toMatch(/^ +\/\S+ +A text .*\.$/m);
    const { summary, integrations } = JSON.parse((await run("--json")).stdout);
    expect(summary.assumptions).toBeGreaterThan(1);
    expect(integrations[0].findings).toContainEqual(
      expect.objectContaining({ severity: "assumption", kind: "server-error" }),
    );
    expect((await run("--reporter", "junit")).stdout).not.toContain("deployment=");
    expect((await run("--reporter", "github")).stdout).not.toContain("deployment=");
  });

  it.each([
    ["takes the first key for the event", 'text = f"{list(payload.keys())[0]} happened"', true],
    [
      "sends nothing for another first key",
      'text = "It happened"\n    if next(iter(payload.keys())) != "event":\n        return json_success(request)',
      true,
    ],
    ["lists all fields", 'text = ", ".join(payload.keys())', false],
    ["shows the time", "text = str(__import__('time').time_ns())", false],
  ])("warns of a view that goes by the order of keys: one that %s", async (_what, line, isTold) => {
    const view = ECHO_VIEW.replace('text = payload["text"].tame(check_string)', line);
    const fixtures = { "on.json": '{"event": "on", "lamp": {"name": "north", "id": 1}}' };
    const root = workspaceWith({ lamp: { view, fixtures } });
    const { stdout, exitCode } = await cli(["test", "-C", root, "lamp", "--fuzz", "--json"]);
    const { findings } = JSON.parse(stdout).integrations[0];
    const told = findings.filter(({ kind }: { kind: string }) => kind === "key-order");
    const expected = { severity: "warning", fixture: "on.json", pointer: "", mutation: "reversed" };
    expect([exitCode, told]).toMatchObject([0, isTold ? [expected] : []]);
    if (!isTold) return;
    // What differs is shown, and not the whole payload twice.
    expect(told[0].before).not.toBe(told[0].after);
    expect(told[0].before).not.toContain('"lamp"');
    const again = await cli(["test", "-C", root, "lamp", "--fuzz-case", "on.json#=reversed"]);
    expect(again.stdout).toContain("The view goes by the order of the payload's keys");
  });

  it("fails when no fixture could be tried, and names each fixture with its reason", async () => {
    const cwd = temporaryWorkspace();
    const fixtures = join(cwd, "zerver/webhooks/harbourline/fixtures");
    for (const file of readdirSync(fixtures)) rmSync(join(fixtures, file));
    writeFileSync(join(fixtures, "plain.txt"), "Hello, world\n");
    const { exitCode, stdout } = await cli(["test", "harbourline", "--fuzz"], { cwd });
    expect(exitCode).toBe(1);
    expect(stdout).toContain("no fixture could be tried");
    expect(stdout).toMatch(/harbourline\/plain\.txt +it is neither JSON nor XML nor a form/);
  });

  it.each([
    [["--seed", "1"], "--seed is for --fuzz or --fuzz-case."],
    [["--fuzz-limit", "5"], "--fuzz-limit is for --fuzz."],
    [["--fuzz", "--seed", "x"], "'x' is no value for --seed."],
    [["--fuzz", "--fuzz-limit", "0"], "--fuzz-limit 0 would try nothing."],
    [["--fuzz", "--fuzz-limit", "-3"], "'-3' is no value for --fuzz-limit."],
    [["--fuzz", "--watch"], "--fuzz and --watch exclude each other"],
    [["--fuzz", "--coverage"], "--fuzz and --coverage exclude each other"],
    [["--fuzz-case", "x"], "'x' is no case."],
    [["--fuzz-case", "a.json#/x=drop"], "--fuzz-case applies to one integration."],
  ])("refuses %j", async (args, message) => {
    const { exitCode, stderr } = await cli(["test", ...args], { cwd: temporaryWorkspace() });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });

  it.each([
    ["nothing.json#/x=drop", "has no fixture called nothing.json"],
    ["deployment_finished__failed.json#/nowhere=drop", "has no '/nowhere'"],
  ])("says what is wrong with the case %s", async (fuzzCase, message) => {
    const { exitCode, stderr } = await cli(["test", "harbourline", "--fuzz-case", fuzzCase], {
      cwd: temporaryWorkspace(),
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });
});
