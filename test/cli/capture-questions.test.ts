/** What `capture` asks, and what comes of each answer. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { spooled } from "../support/capturing.ts";
import { cli } from "../support/cli.ts";
import { CTRL_C, hasTerminals, inTerminal, type Terminal } from "../support/terminal.ts";
import { temporaryWorkspace } from "../support/tree.ts";

const name = "harbourline";
const token = `ghp_${"aB3d".repeat(9)}`;
const REDACT = "Replace these values with made-up ones, and write it?";
const RECORD = "Record tests for the new fixtures now?";

/** A workspace, and `capture` in a terminal there that imports this body. */
function importing(body: object): { root: string; fixture: string; terminal: Terminal } {
  const root = temporaryWorkspace();
  const text = JSON.stringify(body);
  const command = `curl https://h.example/ -H 'X-Harbourline-Event: ping' --data-raw '${text}'\n`;
  writeFileSync(join(root, "request.txt"), command);
  const fixture = join(root, "zerver/webhooks", name, "fixtures/ping__secret.json");
  return { root, fixture, terminal: inTerminal(["capture", name, "--from", "request.txt"], root) };
}

const secret = { action: "secret", project: { name: "storefront" }, token };
const plain = { action: "secret", project: { name: "storefront" }, actor: { name: "Ines Okafor" } };

describe.skipIf(!hasTerminals)("capture asks before it replaces secrets", () => {
  it("and writes the fixture without them after a yes", async () => {
    const { fixture, terminal } = importing(secret);
    await terminal.shows("1 fixture holds data that must not be published:");
    await terminal.shows(REDACT);
    terminal.press("y\r");
    await terminal.shows("1 value replaced");
    await terminal.shows(RECORD);
    terminal.press("n\r");
    const { exitCode, shown } = await terminal.ended;
    expect(exitCode).toBe(0);
    expect(shown).toContain(`connect-webhook test ${name} --record`);
    expect(shown).not.toContain(token);
    expect(readFileSync(fixture, "utf8")).toBe(
      `${JSON.stringify(secret)}\n`.replace(token, `ghp_${"xXxx".repeat(9)}`.replace(/.$/, "1")),
    );
  });

  it("and holds the fixture back after a no", async () => {
    const { root, fixture, terminal } = importing(secret);
    await terminal.shows(REDACT);
    terminal.press("n\r");
    const { exitCode, shown } = await terminal.ended;
    expect([exitCode, existsSync(fixture)]).toEqual([1, false]);
    expect(shown).toContain("1 fixture not written.");
    expect(shown).toContain(`connect-webhook capture ${name} --finish --redact replaces it`);
    expect(spooled(root, name)[0]?.outcome).toBeUndefined();
  });

  it("and keeps the request when it is left with Ctrl-C", async () => {
    const { root, fixture, terminal } = importing(secret);
    await terminal.shows(REDACT);
    terminal.press(CTRL_C);
    const { exitCode, shown } = await terminal.ended;
    expect([exitCode, existsSync(fixture)]).toEqual([130, false]);
    expect(shown).toContain("Cancelled. No fixture was written; the requests are saved, and");
    expect(spooled(root, name)[0]?.outcome).toBeUndefined();
    const later = await cli(["capture", name, "--finish", "--redact"], { cwd: root });
    expect([later.exitCode, existsSync(fixture)]).toEqual([0, true]);
  });
});

describe.skipIf(!hasTerminals)("capture offers to record tests", () => {
  it("and records them after a yes", async () => {
    const { root, terminal } = importing(plain);
    await terminal.shows(RECORD);
    terminal.press("y\r");
    await terminal.shows("Accept, skip or quit?");
    terminal.press("a\r");
    const { exitCode, shown } = await terminal.ended;
    expect(shown).toContain("test_ping__secret");
    expect(exitCode).toBe(0);
    const tests = readFileSync(join(root, "zerver/webhooks", name, "tests.py"), "utf8");
    expect(tests).toContain('self.check_webhook("ping__secret", expected_topic_name');
  });

  it("and has written the fixture when that is left with Ctrl-C", async () => {
    const { root, fixture, terminal } = importing(plain);
    await terminal.shows(RECORD);
    terminal.press(CTRL_C);
    const { exitCode, shown } = await terminal.ended;
    expect([exitCode, existsSync(fixture)]).toEqual([130, true]);
    expect(shown).toContain("Cancelled. The fixtures are written; ");
    expect(spooled(root, name)[0]?.outcome).toMatchObject({ kind: "fixture" });
  });
});
